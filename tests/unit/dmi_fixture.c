/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/dmi_fixture.h"

#include "harness/base/auto.h"
#include "harness/base/le.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

static void put_head(struct dmi_fixture *dmi, uint8_t type, const void *fixed, size_t size)
{
	uint8_t head[4] = { type, (uint8_t)(sizeof(head) + size) };

	le_put16(head + 2, ++dmi->handle);
	buf_add(&dmi->table, head, sizeof(head));
	buf_add(&dmi->table, fixed, size);
}

void dmi_fixture_add(struct dmi_fixture *dmi, uint8_t type, const void *fixed, size_t size,
		     const char *text, ...)
{
	va_list args;
	bool any = false;

	put_head(dmi, type, fixed, size);
	va_start(args, text);
	for (; text; text = va_arg(args, const char *)) {
		buf_add(&dmi->table, text, strlen(text) + 1);
		any = true;
	}
	va_end(args);
	buf_add(&dmi->table, "\0", any ? 1 : 2);
}

static uint8_t put_text(struct buf *texts, uint8_t *count, const char *text)
{
	if (!text)
		return 0;
	buf_add(texts, text, strlen(text) + 1);
	return ++*count;
}

void dmi_fixture_module(struct dmi_fixture *dmi, const struct dmi_fixture_module *module)
{
	AUTO(buf_release) struct buf texts = BUF_INIT;
	uint8_t fixed[0x30] = { 0 };	/* offsets are those of the structure, header included */
	uint8_t count = 0;

	le_put16(fixed + 0x08, 64);
	le_put16(fixed + 0x0a, 64);
	le_put16(fixed + 0x0c, module->mib);
	fixed[0x0e] = 0x09;
	fixed[0x10] = put_text(&texts, &count, module->locator);
	fixed[0x11] = put_text(&texts, &count, module->bank);
	fixed[0x12] = module->type ? module->type : 0x1a;
	le_put16(fixed + 0x15, module->mts);
	fixed[0x17] = put_text(&texts, &count, module->manufacturer);
	fixed[0x18] = put_text(&texts, &count, module->serial);
	fixed[0x1a] = put_text(&texts, &count, module->part_number);
	le_put16(fixed + 0x20, module->configured_mts);
	memcpy(fixed + 0x2c, module->jedec_id, sizeof(module->jedec_id));
	put_head(dmi, 17, fixed + 4, sizeof(fixed) - 4);
	buf_add(&dmi->table, texts.data, texts.size);
	buf_add(&dmi->table, "\0", count ? 1 : 2);
}

void dmi_fixture_write(struct dmi_fixture *dmi, struct tree *tree, const char *name)
{
	AUTO(buf_release) struct buf path = BUF_INIT;

	put_head(dmi, 127, "", 0);
	buf_add(&dmi->table, "\0", 2);
	buf_addf(&path, "%s/sys/firmware/dmi/tables/DMI", name);
	tree_bytes(tree, path.data, dmi->table.data, dmi->table.size);
	buf_release(&dmi->table);
}
