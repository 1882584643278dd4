/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Firmware tables, EDID and texts may be anything: the redaction stays within them. */
#include "harness/base/arena.h"
#include "harness/model/redact.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const path[] = {
		"sys/firmware/dmi/tables/DMI", "sys/class/drm/card0/edid",
		"sys/devices/pci0000:00/0000:01:00.0/config", "dev/kmsg", "proc/cmdline",
		"proc/cpuinfo", "etc/.kyinfo", "etc/passwd", "etc/hosts", "sys/block/sda/wwid",
		"etc/NetworkManager/system-connections/a", "sys/a/local-mac-address",
		"sys/devices/i2c-0/0-0050/eeprom",
	};
	static const uint8_t seed[REDACT_SEED_SIZE] = { 1 };
	struct redact_map *map = redact_map_new(seed, NULL);
	struct arena arena = ARENA_INIT;
	const char *chosen = path[size ? data[0] % (sizeof(path) / sizeof(path[0])) : 0];
	char *copy = arena_strndup(&arena, (const char *)data + (size > 0), size - (size > 0));

	redact_learn(map, chosen, copy, size - (size > 0));
	redact_apply(map, chosen, copy, size - (size > 0));
	arena_release(&arena);
	redact_map_free(map);
	return 0;
}
