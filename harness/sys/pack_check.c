/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/pack.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"

struct makers {
	struct ids ids;
	bool *named;		/* by a row of another table; as many as ids has rows */
};

static void makers_release(struct makers *makers)
{
	ids_release(&makers->ids);
	free(makers->named);
}

static bool find_maker_column(const struct ids_table *table, size_t *ret_column)
{
	size_t column;

	for (column = 0; table->column[column].name; column++) {
		if (table->column[column].match == IDS_VALUE_MAKER) {
			*ret_column = column;
			return true;
		}
	}
	return false;
}

/* A maker without a row would have no country, as if it were contested. */
static int check_makers(const struct ids *ids, struct makers *makers, const char *where,
			struct err *err)
{
	size_t column, row;

	if (!find_maker_column(ids->table, &column))
		return 0;
	for (row = 0; row < ids->count; row++) {
		const char *maker = ids_at(ids, row, column);
		long found = *maker ? ids_find(&makers->ids, &maker) : -1;

		if (*maker && found < 0)
			return err_set(err, ERR_INPUT, "%s:%u: the maker '%s' has no row in %s",
				       where, ids->line[row], maker, makers->ids.table->file);
		if (found >= 0)
			makers->named[found] = true;
	}
	return 0;
}

static int check_tables(const char *folder, struct makers *makers, struct err *err)
{
	int code = pack_read(&makers->ids, folder, &pack_makers, err);
	size_t i;

	makers->named = mem_zalloc((makers->ids.count + 1) * sizeof(*makers->named));
	for (i = 0; code >= 0 && i < pack_table_count; i++) {
		AUTO(buf_release) struct buf path = BUF_INIT;
		AUTO(ids_release) struct ids ids = IDS_INIT;

		buf_addf(&path, "%s/%s", folder ? folder : "", pack_table[i]->file);
		code = pack_read(&ids, folder, pack_table[i], err);
		if (code >= 0)
			code = ids_check(&ids, path.data, err);
		if (code >= 0)
			code = check_makers(&ids, makers, path.data, err);
	}
	return code;
}

int pack_check(const char *folder, struct err *err)
{
	AUTO(makers_release) struct makers makers = { .ids = IDS_INIT };

	return check_tables(folder, &makers, err);
}

int pack_check_shipped(const char *folder, struct err *err)
{
	AUTO(makers_release) struct makers makers = { .ids = IDS_INIT };
	int code = check_tables(folder, &makers, err);
	size_t row;

	for (row = 0; code >= 0 && row < makers.ids.count; row++) {
		if (!makers.named[row])
			code = err_set(err, ERR_INPUT,
				       "%s/%s:%u: no other table names the maker '%s'", folder,
				       makers.ids.table->file, makers.ids.line[row],
				       ids_at(&makers.ids, row, 0));
	}
	return code;
}
