/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cuihuo key make|show|trust: the keys that sign certificates, and the files that say whom to
 * trust.
 */
#include "harness/cmd/command.h"

#include "harness/base/auto.h"
#include "harness/base/json.h"
#include "harness/base/key.h"
#include "harness/cmd/password.h"
#include "harness/model/trust.h"
#include "harness/sys/disk.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { KEY_FILE_MAX = 65536 };

static int print_key(const struct cmd *cmd, const struct key *key)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	if (!cmd_option(cmd, "json")) {
		buf_addf(&out, _("key %s, algorithm %s, use %s\nSM3 of the public key: %s\n"),
			 key_id(key), key_algorithm_name(key_algorithm(key)),
			 key_use_name(key_use(key)), key_digest(key));
		return cmd_put(cmd, out.data, out.size);
	}
	json_start(&w, json_buf_sink, &out);
	json_begin_object(&w, NULL);
	json_text(&w, "algorithm", key_algorithm_name(key_algorithm(key)));
	json_text(&w, "key", key_id(key));
	json_text(&w, "sm3", key_digest(key));
	json_text(&w, "use", key_use_name(key_use(key)));
	json_end(&w);
	if (json_finish(&w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(&out, '\n');
	return cmd_put(cmd, out.data, out.size);
}

/* --stage a,b into the entry; a bench key needs none said. */
static int take_stages(const struct cmd *cmd, enum key_use use, struct trust_key *entry,
		       struct err *err)
{
	const char *list = cmd_option(cmd, "stage");
	char name[32];

	if (!list && use == KEY_USE_BENCH)
		list = "bench";
	if (!list)
		return err_set(err, ERR_USAGE, "say with --stage which stages the key may sign");
	while (*list) {
		size_t length = strcspn(list, ",");
		enum stage stage;

		snprintf(name, sizeof(name), "%.*s", (int)length, list);
		stage = stage_from_name(name);
		if (stage == STAGE_UNKNOWN || length >= sizeof(name))
			return err_set(err, ERR_USAGE, "--stage: there is no stage '%.*s'",
				       (int)length, list);
		entry->stage[stage] = true;
		list += length + (list[length] == ',');
	}
	return 0;
}

static int take_time(const struct cmd *cmd, const char *name, bool *ret_has, int64_t *ret_seconds,
		     struct err *err)
{
	const char *text = cmd_option(cmd, name);

	*ret_has = text != NULL;
	if (text && trust_scan_time(text, ret_seconds) < 0)
		return err_set(err, ERR_USAGE, "--%s takes a time such as %s", name,
			       "2026-11-23T00:00:00Z");
	return 0;
}

/* What the options say of the entry: read before a key is made or a file changed. */
static int take_entry(const struct cmd *cmd, enum key_use use, struct trust_key *entry,
		      struct err *err)
{
	entry->name = cmd_option(cmd, "name");
	if (!entry->name && use == KEY_USE_BENCH)
		entry->name = "bench";
	if (!entry->name || !entry->name[0])
		return err_set(err, ERR_USAGE, "say with --name who holds the key");
	if (take_stages(cmd, use, entry, err) < 0 ||
	    take_time(cmd, "from", &entry->has_from, &entry->from_s, err) < 0 ||
	    take_time(cmd, "until", &entry->has_until, &entry->until_s, err) < 0)
		return ERR_USAGE;
	return 0;
}

/* Put the entry into the trust file of --trust, made when it is not there; takes the key. */
static int list_key(const struct cmd *cmd, const struct trust_key *entry, struct err *err)
{
	AUTO(trust_release) struct trust trust = TRUST_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;
	AUTO(key_free_at) struct key *key = entry->key;
	const char *path = cmd_option(cmd, "trust");
	int code = 0;

	if (access(path, F_OK) == 0)
		code = disk_read_file(path, TRUST_SIZE_MAX, &text, err);
	if (code >= 0 && text.size)
		code = trust_read(text.data, text.size, path, &trust, err);
	if (code < 0)
		return code;
	key = NULL;
	code = trust_add(&trust, entry, err);
	if (code < 0) {
		err_prefix(err, "%s", path);
		return code;
	}
	buf_reset(&text);
	code = trust_write(&trust, &text, err);
	return code < 0 ? code : disk_replace(path, text.data, text.size, 0, err);
}

/* The private file first: a public half alone would be of no use, and none is overwritten. */
static int store(const struct key *key, const char *path, const struct password *password,
		 struct buf *ret_pem, struct err *err)
{
	AUTO(buf_release) struct buf private = BUF_INIT;
	AUTO(buf_release) struct buf public_path = BUF_INIT;
	int code = key_write_private(key, password->text, &private, err);

	if (code >= 0)
		code = key_write_public(key, ret_pem, err);
	if (code >= 0)
		code = disk_replace(path, private.data, private.size, DISK_PRIVATE | DISK_NEW, err);
	if (code < 0)
		return code;
	buf_addf(&public_path, "%s.pub", path);
	code = disk_replace(public_path.data, ret_pem->data, ret_pem->size, DISK_NEW, err);
	if (code < 0)
		unlink(path);
	return code;
}

/* The folder of a trust file may fail to be synced when the file is in its place already. */
static bool is_listed(const char *path, const struct key *key)
{
	AUTO(trust_release) struct trust trust = TRUST_INIT;
	AUTO(buf_release) struct buf text = BUF_INIT;

	return disk_read_file(path, TRUST_SIZE_MAX, &text, NULL) >= 0 &&
	       trust_read(text.data, text.size, path, &trust, NULL) >= 0 &&
	       trust_find(&trust, key_id(key));
}

/* Made a moment ago and not listed as asked: the same command can be given again. */
static void remove_pair(const char *path)
{
	AUTO(buf_release) struct buf public_path = BUF_INIT;

	buf_addf(&public_path, "%s.pub", path);
	unlink(public_path.data);
	unlink(path);
}

static int make(const struct cmd *cmd, const char *path)
{
	AUTO(password_release) struct password password = { "" };
	AUTO(key_free_at) struct key *key = NULL;
	AUTO(buf_release) struct buf pem = BUF_INIT;
	const char *name = cmd_option(cmd, "algorithm");
	enum key_algorithm algorithm = name ? key_algorithm_from_name(name) : KEY_SM2;
	enum key_use use = cmd_option(cmd, "bench") ? KEY_USE_BENCH : KEY_USE_PRODUCT;
	struct trust_key entry = { .key = NULL };
	struct err err = ERR_INIT;

	if (algorithm == KEY_UNKNOWN)
		return cmd_usage(cmd, _("--algorithm takes sm2 or ed25519"));
	if (access(path, F_OK) == 0)
		return cmd_usage(cmd, _("'%s' is already there; a key is never overwritten"), path);
	if (cmd_option(cmd, "trust") && take_entry(cmd, use, &entry, &err) < 0)
		return cmd_fail(cmd, &err);
	if (password_get(cmd, path, PASSWORD_NEW, &password, &err) < 0)
		return cmd_fail(cmd, &err);
	key = key_make(algorithm, use, &err);
	if (!key || store(key, path, &password, &pem, &err) < 0)
		return cmd_fail(cmd, &err);
	if (cmd_option(cmd, "trust")) {
		entry.key = key_read_public(pem.data, pem.size, path, &err);
		if (!entry.key || list_key(cmd, &entry, &err) < 0) {
			if (!is_listed(cmd_option(cmd, "trust"), key))
				remove_pair(path);
			return cmd_fail(cmd, &err);
		}
	}
	return print_key(cmd, key);
}

static int show(const struct cmd *cmd, const char *path)
{
	AUTO(password_release) struct password password = { "" };
	AUTO(key_free_at) struct key *key = NULL;
	AUTO(buf_release) struct buf pem = BUF_INIT;
	struct err err = ERR_INIT;

	if (disk_read_file(path, KEY_FILE_MAX, &pem, &err) < 0)
		return cmd_fail(cmd, &err);
	if (strstr(pem.data, "PRIVATE KEY-----")) {
		if (password_get(cmd, path, PASSWORD_OLD, &password, &err) < 0)
			return cmd_fail(cmd, &err);
		key = key_read_private(pem.data, pem.size, password.text, path, &err);
	} else {
		key = key_read_public(pem.data, pem.size, path, &err);
	}
	return key ? print_key(cmd, key) : cmd_fail(cmd, &err);
}

static int trust(const struct cmd *cmd, const char *path)
{
	AUTO(buf_release) struct buf pem = BUF_INIT;
	AUTO(key_free_at) struct key *key = NULL;
	struct trust_key entry = { .key = NULL };
	struct err err = ERR_INIT;

	if (!cmd_option(cmd, "trust"))
		return cmd_usage(cmd, _("say with --trust which trust file the key goes into"));
	if (disk_read_file(path, KEY_FILE_MAX, &pem, &err) < 0)
		return cmd_fail(cmd, &err);
	key = key_read_public(pem.data, pem.size, path, &err);
	if (!key || take_entry(cmd, key_use(key), &entry, &err) < 0)
		return cmd_fail(cmd, &err);
	entry.key = key_read_public(pem.data, pem.size, path, &err);
	if (list_key(cmd, &entry, &err) < 0)
		return cmd_fail(cmd, &err);
	return print_key(cmd, key);
}

static int run(struct cmd *cmd)
{
	static const struct {
		const char *name;
		int (*run)(const struct cmd *cmd, const char *path);
	} action[] = { { "make", make }, { "show", show }, { "trust", trust } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(action); i++) {
		if (!strcmp(action[i].name, cmd->argument[0]))
			return action[i].run(cmd, cmd->argument[1]);
	}
	return cmd_usage(cmd, _("there is no 'key %s'; it is make, show or trust"),
			 cmd->argument[0]);
}

static const struct cmd_option option[] = {
	{ "algorithm", "NAME", N_("make: sm2 (default) or ed25519") },
	{ "bench", NULL, N_("make: a key for stage bench, which can sign no other stage") },
	PASSWORD_OPTION,
	{ "trust", "FILE", N_("make, trust: list the public key in this trust file") },
	{ "name", "TEXT", N_("with --trust: who holds the key (a bench key: bench)") },
	{ "stage", "STAGE,...", N_("with --trust: the stages that the key may sign") },
	{ "from", "TIME", N_("with --trust: valid from, such as 2026-11-23T00:00:00Z") },
	{ "until", "TIME", N_("with --trust: valid until") },
	{ "json", NULL, N_("print JSON") },
	{ NULL, NULL, NULL },
};

const struct command command_key = {
	.name = "key",
	.summary = N_("make and show signing keys; list whom to trust"),
	.arguments = "make|show|trust FILE",
	.option = option,
	.argument_min = 2,
	.argument_max = 2,
	.run = run,
};
