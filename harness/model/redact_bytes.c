/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets that are numbers in binary files: PCI serial numbers, MAC addresses in device trees. */
#include "harness/base/auto.h"
#include "harness/base/digest.h"
#include "harness/model/placeholder.h"
#include "harness/model/redact_parts.h"

#include <stdio.h>
#include <string.h>

enum {
	MAC_SIZE = 6,
	EXTENDED = 0x100,	/* of the configuration space: PCI Express Base, 7.5.3 */
	CAPABILITIES_MAX = 256,
	SERIAL_NUMBER = 0x0003,
	SERIAL_SIZE = 8,
};

static void mac_text(const uint8_t mac[MAC_SIZE], char out[18])
{
	snprintf(out, 18, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
		 mac[5]);
}

static bool substitute_mac(struct redact_map *map, uint8_t mac[MAC_SIZE])
{
	char text[18];
	const char *substitute;
	size_t i;

	mac_text(mac, text);
	if (text_is_placeholder(text, strlen(text)))
		return false;
	substitute = redact_substitute(map, text, strlen(text), REDACT_EVERYWHERE);
	for (i = 0; i < MAC_SIZE; i++) {
		const char pair[3] = { substitute[3 * i], substitute[3 * i + 1], 0 };

		hex_decode(pair, mac + i, 1);
	}
	return true;
}

void redact_mac_bytes(struct redact_target *target)
{
	uint8_t mac[MAC_SIZE];

	if (target->size != MAC_SIZE)
		return;
	memcpy(mac, target->data, MAC_SIZE);
	if (substitute_mac(target->map, mac))
		redact_put(target, 0, mac, MAC_SIZE);
}

/*
 * The EUI-64 of a device, least byte first. Network cards make it of their MAC address, with ff ff
 * or ff fe in the middle. Otherwise the maker's three bytes stay.
 */
static void serial_number(struct redact_target *target, size_t at)
{
	uint8_t eui[SERIAL_SIZE];
	uint8_t mac[MAC_SIZE];
	size_t i;

	for (i = 0; i < SERIAL_SIZE; i++)
		eui[i] = (uint8_t)target->data[at + SERIAL_SIZE - 1 - i];
	if (eui[3] != 0xff || eui[4] < 0xfe) {
		redact_bytes(target, at, SERIAL_SIZE - 3);
		return;
	}
	memcpy(mac, eui, 3);
	memcpy(mac + 3, eui + 5, 3);
	if (!substitute_mac(target->map, mac))
		return;
	memcpy(eui, mac, 3);
	memcpy(eui + 5, mac + 3, 3);
	for (i = 0; i < SERIAL_SIZE; i++)
		redact_put(target, at + SERIAL_SIZE - 1 - i, eui + i, 1);
}

static uint32_t word_at(const struct redact_target *target, size_t at)
{
	const uint8_t *data = (const uint8_t *)target->data + at;

	return (uint32_t)data[3] << 24 | (uint32_t)data[2] << 16 | (uint32_t)data[1] << 8 | data[0];
}

void redact_pci_config(struct redact_target *target)
{
	size_t at = EXTENDED;
	size_t i;

	for (i = 0; i < CAPABILITIES_MAX && at >= EXTENDED && at + 4 <= target->size; i++) {
		uint32_t header = word_at(target, at);

		if ((header & 0xffff) == SERIAL_NUMBER && at + 4 + SERIAL_SIZE <= target->size)
			serial_number(target, at + 4);
		at = header >> 20 & ~3U;
	}
}

/* Page 80h of a disk's vital product data: four bytes of head, then the serial number as text. */
void redact_serial_page(struct redact_target *target)
{
	size_t at = 4;

	while (at < target->size && target->data[at] == ' ')
		at++;
	if (at < target->size)
		redact_value_span(target, at, target->size - at);
}

/* Nothing is known of the content but that it is secret. */
void redact_opaque(struct redact_target *target)
{
	redact_bytes(target, 0, target->size);
}
