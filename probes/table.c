/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/probe.h"

#include "harness/base/auto.h"

extern const struct probe probe_cpu, probe_topology, probe_memory, probe_board, probe_chassis,
	probe_firmware, probe_pci, probe_usb, probe_block, probe_net, probe_display, probe_audio,
	probe_input, probe_power, probe_tpm, probe_bmc, probe_sensors, probe_kernel, probe_os;

const struct probe *const probe_table[] = {
	&probe_cpu,   &probe_topology, &probe_memory, &probe_board, &probe_chassis,
	&probe_firmware, &probe_pci,   &probe_usb,    &probe_block, &probe_net,
	&probe_display, &probe_audio,  &probe_input,  &probe_power, &probe_tpm,	  &probe_bmc,
	&probe_sensors, &probe_kernel, &probe_os,
};

const size_t probe_count = ARRAY_SIZE(probe_table);
