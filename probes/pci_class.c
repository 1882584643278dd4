/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/pci.h"

#include "harness/base/auto.h"

/* Of the class alone, for subclasses without a word of their own. */
static const char *const base_word[] = {
	"unclassified", "other storage", "other network", "other display", "other multimedia",
	"other memory", "other bridge", "other communication", "other system peripheral",
	"input", "docking station", "processor", "other serial bus", "other wireless",
	"intelligent controller", "satellite communication", "other encryption",
	"other signal processing", "other accelerator", "instrumentation",
};

bool pci_class_needs_driver(uint16_t class_id)
{
	switch (class_id >> 8) {
	case 0x01:	/* storage */
	case 0x02:	/* network */
	case 0x03:	/* display */
	case 0x04:	/* multimedia */
	case 0x0d:	/* wireless */
	case 0x10:	/* encryption */
	case 0x12:	/* accelerator */
		return true;
	default:
		return class_id == 0x0c03;	/* USB */
	}
}

const char *pci_class_word(uint16_t class_id)
{
	static const struct {
		uint16_t id;
		const char *word;
	} table[] = {
		{ 0x0100, "SCSI controller" }, { 0x0101, "IDE controller" },
		{ 0x0104, "RAID controller" }, { 0x0105, "ATA controller" },
		{ 0x0106, "SATA controller" }, { 0x0107, "SAS controller" },
		{ 0x0108, "NVMe disk" },       { 0x0180, "storage" },
		{ 0x0200, "Ethernet" },	       { 0x0207, "InfiniBand" },
		{ 0x0280, "network" },	       { 0x0300, "display (VGA)" },
		{ 0x0302, "display (3D)" },    { 0x0380, "display" },
		{ 0x0400, "video" },	       { 0x0401, "audio" },
		{ 0x0403, "HD audio" },	       { 0x0480, "multimedia" },
		{ 0x0500, "memory" },	       { 0x0580, "memory controller" },
		{ 0x0600, "host bridge" },     { 0x0601, "ISA bridge" },
		{ 0x0604, "PCI bridge" },      { 0x0680, "bridge" },
		{ 0x0700, "serial port" },     { 0x0780, "communication" },
		{ 0x0800, "interrupt controller" }, { 0x0801, "DMA controller" },
		{ 0x0805, "SD host" },	       { 0x0806, "IOMMU" },
		{ 0x0880, "system peripheral" }, { 0x0c03, "USB controller" },
		{ 0x0c04, "Fibre Channel" },   { 0x0c05, "SMBus" },
		{ 0x0c06, "InfiniBand" },      { 0x0c07, "IPMI" },
		{ 0x0d80, "wireless" },	       { 0x1000, "encryption" },
		{ 0x1080, "encryption" },      { 0x1180, "signal processing" },
		{ 0x1200, "accelerator" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (table[i].id == class_id)
			return table[i].word;
	}
	return class_id >> 8 < (int)ARRAY_SIZE(base_word) ? base_word[class_id >> 8] : NULL;
}
