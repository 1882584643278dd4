/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check-ids FOLDER: whether the tables of names that are shipped are good (sys/pack.h), and no file
 * lies among them that nothing reads. Says which pack it is. Run by make, before tests and
 * installation.
 */
#include "harness/base/auto.h"
#include "harness/sys/pack.h"

#include <dirent.h>
#include <string.h>

static bool is_known(const char *file)
{
	size_t i;

	for (i = 0; i < pack_table_count; i++) {
		if (!strcmp(pack_table[i]->file, file))
			return true;
	}
	return false;
}

static int find_strangers(const char *folder, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int code = 0;

	while (dir && !code && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] != '.' && !is_known(entry->d_name))
			code = err_set(err, ERR_INPUT, "%s/%s: no table of harness/sys/pack.c",
				       folder, entry->d_name);
	}
	if (dir)
		closedir(dir);
	return code;
}

int main(int argc, char *argv[])
{
	struct err err = ERR_INIT;
	struct pack pack;

	if (argc != 2) {
		fputs("check-ids FOLDER\n", stderr);
		return 2;
	}
	if (pack_check_shipped(argv[1], &err) < 0 || find_strangers(argv[1], &err) < 0 ||
	    pack_describe(argv[1], &pack, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	printf("%s: %s, sm3 %s\n", argv[1], pack.version, pack.digest);
	return 0;
}
