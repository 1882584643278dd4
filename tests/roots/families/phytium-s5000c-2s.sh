# shellcheck shell=bash
# A server with two S5000C of 64 cores: the id of D3000, so that the count of processors or SMBIOS decides.
facts 'page-size 65536' 'uname.machine aarch64' 'uname.release 5.10.0-136.ky10.aarch64' 'uname.sysname Linux'
arm_cpus 128 0x70 0x862 0x0 0 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid sha3 sm3 sm4'
cpuinfo
cpus 128 64 1
dmi_firmware 'PHYTIUM LTD' 'KunLun BIOS V4.0' '05/01/2024'
dmi_names 'GreatWall' 'GF7280 V6' 'GW-620F2'
for socket in 0 1; do dmi_socket "CPU $socket" 'PHYTIUM LTD' 'S5000C-64' 2f86000000000000 64 64 2100; done
dmi 127 0xfeff
dmi_write 3 2
