/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/probe.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/base/memory.h"
#include "harness/sys/child.h"
#include "harness/sys/disk.h"
#include "harness/sys/ear.h"

#include <string.h>

enum { STATUS_SENT = 0, STATUS_NOT_SENT = 100 };

struct job {
	const struct probe *probe;
	const struct probe_place *place;
	int ear;
};

/* In the child: scan, and send what was found. */
static int work(int out_fd, void *argument)
{
	const struct job *job = argument;
	struct inventory inventory = INVENTORY_INIT;
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	struct json_writer w;

	ear_wear(job->ear);
	if (job->probe->scan(job->place, &inventory, &err) < 0)
		inventory_class(&inventory, job->probe->name, PRESENCE_UNREADABLE, "%s", err.plain);
	ear_flush();
	json_start(&w, json_buf_sink, &text);
	inventory_write(&w, NULL, &inventory);
	if (json_finish(&w, &err) < 0 || disk_write_all(out_fd, text.data, text.size) < 0)
		return STATUS_NOT_SENT;
	return STATUS_SENT;
}

/* The child did not end well: say so, in the class and as a problem. */
static void note_bad_end(const struct job *job, const struct child_end *end,
			 struct inventory *inventory)
{
	AUTO(buf_release) struct buf how = BUF_INIT;
	const char *class = job->probe->name;
	const char *code = end->timed_out ? "child-hung" : end->signal ? "child-crashed"
								       : "child-exited";

	child_end_text(end, &how);
	inventory_problem(inventory, class, code, "the process that read class '%s' %s", class,
			  how.data);
	inventory_class(inventory, class, PRESENCE_UNREADABLE, "the process that read it %s",
			how.data);
}

static void take_part(const struct job *job, const struct buf *text, struct inventory *inventory)
{
	struct inventory part = INVENTORY_INIT;
	struct err err = ERR_INIT;
	AUTO(json_release) json_t *object = json_read(text->data, text->size, job->probe->name, &err);

	if (!object || inventory_read(object, job->probe->name, &part, &err) < 0) {
		inventory_problem(inventory, job->probe->name, "child-garbage", "%s", err.plain);
		inventory_class(inventory, job->probe->name, PRESENCE_UNREADABLE,
				"the process that read it sent something else than an inventory");
		return;
	}
	inventory_merge(inventory, &part);
	if (!inventory_class_state(inventory, job->probe->name))
		inventory_class(inventory, job->probe->name, PRESENCE_UNREADABLE,
				"the probe gave no answer");
	inventory_release(&part);
}

static int run_row(const struct probe *probe, const struct probe_place *place,
		   struct inventory *inventory, struct err *err)
{
	struct probe_place here = *place;
	struct job job = { .probe = probe, .place = &here };
	AUTO(buf_release) struct buf result = BUF_INIT;
	AUTO(buf_release) struct buf heard = BUF_INIT;
	AUTO_FD int ear = ear_open(err);
	struct child_end end;
	int code;

	if (ear < 0)
		return ear;
	job.ear = ear;
	if (probe->needs_folder) {
		/* Made here and not in the child: it goes away with the root of this process. */
		here.folder = sysroot_materialise(place->root, probe->reads, err);
		if (!here.folder)
			return err->code;
	}
	code = child_run(work, &job, place->limit_ns ? place->limit_ns : PROBE_LIMIT_NS, &result,
			 &end, err);
	if (code < 0)
		return code;
	if (end.timed_out || end.signal || end.status != STATUS_SENT)
		note_bad_end(&job, &end, inventory);
	else
		take_part(&job, &result, inventory);
	ear_text(ear, &heard);
	if (heard.size)
		inventory_problem(inventory, probe->name, "library-output", "a library said: %s",
				  heard.data);
	return 0;
}

int probe_rows(const struct probe *const *row, size_t row_count, const struct probe_place *place,
	       struct inventory *inventory, struct err *err)
{
	struct err own = ERR_INIT;
	const char *machine = sysroot_fact(place->root, "uname.machine");
	size_t i;

	err = err ? err : &own;
	inventory->root = arena_strdup(&inventory->arena, sysroot_name(place->root));
	inventory->arch = arena_strdup(&inventory->arena, machine ? machine : "unknown");
	for (i = 0; i < row_count; i++) {
		int code = run_row(row[i], place, inventory, err);

		if (code < 0) {
			err_prefix(err, "cannot probe class '%s'", row[i]->name);
			return code;
		}
	}
	return 0;
}

const struct probe *probe_find(const char *name)
{
	size_t i;

	for (i = 0; i < probe_count; i++) {
		if (!strcmp(probe_table[i]->name, name))
			return probe_table[i];
	}
	return NULL;
}

int probe_classes(const struct probe_place *place, const char *const *name, size_t name_count,
		  struct inventory *inventory, struct err *err)
{
	AUTO_FREE const struct probe **row = NULL;
	size_t count = 0;
	size_t i;

	if (!name_count)
		return probe_rows(probe_table, probe_count, place, inventory, err);
	for (i = 0; i < name_count; i++) {
		if (!probe_find(name[i]))
			return err_set(err, ERR_NOT_FOUND, "there is no component class '%s'",
				       name[i]);
	}
	row = mem_zalloc(probe_count * sizeof(*row));
	for (i = 0; i < probe_count; i++) {
		size_t k;

		for (k = 0; k < name_count; k++) {
			if (!strcmp(probe_table[i]->name, name[k])) {
				row[count++] = probe_table[i];
				break;
			}
		}
	}
	return probe_rows(row, count, place, inventory, err);
}

int probe_machine(struct sysroot *root, const char *const *name, size_t name_count,
		  struct inventory *inventory, struct err *err)
{
	struct probe_place place = { .root = root };

	return probe_classes(&place, name, name_count, inventory, err);
}
