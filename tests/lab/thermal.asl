// SPDX-License-Identifier: GPL-3.0-or-later
// Three thermal zones and a fan of the lab. Their readings are 32-bit words in the memory of an ivshmem
// device in slot 30 of the root bus, which is a file of the host: 0, 2 and 3: tenths of a kelvin, or
// 0xFFFFFFFF for a zone that answers with an error, 0xFFFFFFFE for one that does not answer; 1: rpm.
// ROOT_BUS is put in before compilation: it differs between the machines.
DefinitionBlock ("", "SSDT", 2, "LAB   ", "LABTHERM", 1)
{
	External (ROOT_BUS, DeviceObj)

	Scope (ROOT_BUS)
	{
		Device (SHM)
		{
			Name (_ADR, 0x001E0000)
			OperationRegion (CONF, PCI_Config, 0, 0x40)
			Field (CONF, DWordAcc, NoLock, Preserve)
			{
				IDNT, 32,
				CMND, 32,
				Offset (0x18),
				BAR2, 32,
				BAR3, 32
			}

			Method (WORD, 1, Serialized)
			{
				If (IDNT != 0x11101AF4) { Return (2982) }
				CMND |= 2	// memory decoding
				Local0 = (BAR2 & 0xFFFFFFF0) + (BAR3 << 32) + Arg0 * 4
				OperationRegion (MEMO, SystemMemory, Local0, 4)
				Field (MEMO, DWordAcc, NoLock, Preserve) { READ, 32 }
				Return (READ)
			}

			Method (NONE) { Return (Package () { 0 }) }

			Method (TEMP, 1)
			{
				Local0 = WORD (Arg0)
				While (Local0 == 0xFFFFFFFE)
				{
					Sleep (100)
					Local0 = WORD (Arg0)
				}
				If (Local0 == 0xFFFFFFFF) { Return (NONE ()) }
				Return (Local0)
			}
		}
	}

	Scope (\_SB)
	{
		Device (FAN0)
		{
			Name (_HID, EisaId ("PNP0C0B"))
			Name (_FIF, Package () { 0, 1, 1, 0 })
			Name (_FPS, Package ()
			{
				0,
				Package () { 0, 0xFFFFFFFF, 1000, 0xFFFFFFFF, 0xFFFFFFFF },
				Package () { 100, 0xFFFFFFFF, 3000, 0xFFFFFFFF, 0xFFFFFFFF }
			})
			Method (_FSL, 1) { }
			Method (_FST, 0, Serialized)
			{
				Name (STAT, Package () { 0, 50, 0 })
				STAT [2] = ROOT_BUS.SHM.WORD (1)
				Return (STAT)
			}
		}

		ThermalZone (TZ0)
		{
			Method (_TMP) { Return (ROOT_BUS.SHM.TEMP (0)) }
			Name (_CRT, 3782)	// 105 C
			Name (_HOT, 3732)	// 100 C
			Name (_TZP, 10)
		}

		ThermalZone (TZ1)
		{
			Method (_TMP) { Return (ROOT_BUS.SHM.TEMP (2)) }
			Name (_CRT, 3782)
			Name (_TZP, 10)
		}

		// May say anything: the kernel powers nothing off for it.
		ThermalZone (TZ2)
		{
			Method (_TMP) { Return (ROOT_BUS.SHM.TEMP (3)) }
			Name (_HOT, 3832)	// 110 C
			Name (_TZP, 10)
		}
	}
}
