/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probes/probe.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/base/memory.h"
#include "harness/sys/child.h"
#include "harness/sys/disk.h"
#include "harness/sys/ear.h"
#include "harness/sys/pack.h"

#include <signal.h>
#include <string.h>

struct job {
	const struct probe *const *row;		/* those that are still to do */
	size_t count;
	const struct probe_place *place;
	const struct ids *placeholders;
	int ear;
};

/* Before the JSON text of every row. Both ends are this program: host byte order. */
struct frame {
	uint32_t size;
	uint32_t heard;		/* size of all that was printed up to now */
};

static int64_t limit_of(const struct probe_place *place)
{
	return place->limit_ns ? place->limit_ns : PROBE_LIMIT_NS;
}

static void scan_row(const struct probe *probe, const struct probe_place *place,
		     struct inventory *inventory)
{
	struct probe_place here = *place;
	struct err err = ERR_INIT;
	int code = 0;

	if (probe->library_reads) {
		here.folder = sysroot_materialise(place->root, probe->library_reads, &err);
		code = here.folder ? 0 : err.code;
	}
	if (!code)
		code = probe->scan(&here, inventory, &err);
	if (code < 0)
		inventory_class(inventory, probe->name, PRESENCE_UNREADABLE, "%s", err.plain);
}

static int send_row(const struct inventory *inventory, int out_fd)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct frame frame = { .size = 0 };
	struct json_writer w;

	buf_add(&text, &frame, sizeof(frame));
	json_start(&w, json_buf_sink, &text);
	inventory_write(&w, NULL, inventory);
	if (json_finish(&w, NULL) < 0)
		return ERR_INTERNAL;
	frame.size = (uint32_t)(text.size - sizeof(frame));
	frame.heard = (uint32_t)ear_size();
	memcpy(text.data, &frame, sizeof(frame));
	return disk_write_all(out_fd, text.data, text.size);
}

/* In the child. Its status is of no matter: a row that did not arrive has failed. */
static int work(int out_fd, void *argument)
{
	const struct job *job = argument;
	size_t i;

	ear_wear(job->ear);
	for (i = 0; i < job->count; i++) {
		struct inventory inventory = INVENTORY_INIT;
		int code;

		inventory.placeholders = job->placeholders;
		child_limit(limit_of(job->place));
		scan_row(job->row[i], job->place, &inventory);
		code = send_row(&inventory, out_fd);
		inventory_release(&inventory);
		if (code < 0)
			return 1;
	}
	return 0;
}

/* The child ended in the middle of a row: say so, in the class and as a problem. */
static void note_bad_end(const char *class, const struct child_end *end,
			 struct inventory *inventory)
{
	AUTO(buf_release) struct buf how = BUF_INIT;
	bool hung = end->timed_out || end->signal == SIGALRM;
	const char *code = hung ? "child-hung" : end->signal ? "child-crashed" : "child-exited";

	if (hung)
		buf_adds(&how, "timed out");
	else
		child_end_text(end, &how);
	inventory_problem(inventory, class, code, "the process that read class '%s' %s", class,
			  how.data);
	inventory_class(inventory, class, PRESENCE_UNREADABLE, "the process that read it %s",
			how.data);
}

static void take_part(const char *class, const char *text, size_t size,
		      struct inventory *inventory)
{
	struct inventory part = INVENTORY_INIT;
	struct err err = ERR_INIT;
	AUTO(json_release) json_t *object = json_read(text, size, class, &err);

	if (!object || inventory_read(object, class, &part, &err) < 0) {
		inventory_problem(inventory, class, "child-garbage", "%s", err.plain);
		inventory_class(inventory, class, PRESENCE_UNREADABLE,
				"the process that read it sent something else than an inventory");
		return;
	}
	inventory_merge(inventory, &part);
	if (!inventory_class_state(inventory, class))
		inventory_class(inventory, class, PRESENCE_UNREADABLE, "the probe gave no answer");
	inventory_release(&part);
}

static void note_heard(const struct job *job, const char *class, size_t from, size_t to,
		       struct inventory *inventory)
{
	AUTO(buf_release) struct buf text = BUF_INIT;

	ear_text(job->ear, from, to, &text);
	if (text.size)
		inventory_problem(inventory, class, "library-output", "a library said: %s",
				  text.data);
}

/* Take the rows that arrived whole. Returns how many; what they printed ends at *ret_heard. */
static size_t take_rows(const struct job *job, const struct buf *result,
			struct inventory *inventory, size_t *ret_heard)
{
	size_t done = 0;
	size_t at = 0;
	struct frame frame;

	*ret_heard = 0;
	while (done < job->count && result->size - at >= sizeof(frame)) {
		const char *class = job->row[done]->name;

		memcpy(&frame, result->data + at, sizeof(frame));
		at += sizeof(frame);
		if (result->size - at < frame.size)
			break;
		take_part(class, result->data + at, frame.size, inventory);
		note_heard(job, class, *ret_heard, frame.heard, inventory);
		*ret_heard = frame.heard;
		at += frame.size;
		done++;
	}
	return done;
}

/* One child, as far as it gets. Returns how many rows are done with, well or badly. */
static ssize_t run_child(struct job *job, struct inventory *inventory, struct err *err)
{
	AUTO(buf_release) struct buf result = BUF_INIT;
	AUTO_FD int ear = ear_open(err);
	struct child_end end;
	size_t heard;
	size_t done;
	int code;

	if (ear < 0)
		return ear;
	job->ear = ear;
	/* The child has a limit for each row; this is for a library that took the alarm away. */
	code = child_run(work, job, limit_of(job->place) * (int64_t)(job->count + 1), &result, &end,
			 err);
	if (code < 0)
		return code;
	done = take_rows(job, &result, inventory, &heard);
	if (done < job->count) {
		const char *class = job->row[done]->name;

		note_bad_end(class, &end, inventory);
		note_heard(job, class, heard, SIZE_MAX, inventory);
		done++;
	}
	return (ssize_t)done;
}

/* Without a pack that can be described, the classes say that they have no names. */
static void note_pack(const char *folder, struct inventory *inventory)
{
	struct pack pack;

	if (folder && pack_describe(folder, &pack, NULL) >= 0)
		inventory_pack(inventory, pack.version, pack.digest);
}

int probe_rows(const struct probe *const *row, size_t row_count, const struct probe_place *place,
	       struct inventory *inventory, struct err *err)
{
	struct err own = ERR_INIT;
	const char *machine = sysroot_fact(place->root, "uname.machine");
	AUTO(ids_release) struct ids placeholders = IDS_INIT;
	struct job job = { .row = row, .count = row_count, .place = place };

	err = err ? err : &own;
	/* Without a pack what is built in stays known. */
	if (pack_read(&placeholders, place->ids, &pack_placeholders, NULL) == 0)
		job.placeholders = &placeholders;
	inventory->root = arena_strdup(&inventory->arena, sysroot_name(place->root));
	inventory->arch = arena_strdup(&inventory->arena, machine ? machine : "unknown");
	note_pack(place->ids, inventory);
	while (job.count) {
		ssize_t done = run_child(&job, inventory, err);

		if (done < 0) {
			err_prefix(err, "cannot probe class '%s'", job.row[0]->name);
			return (int)done;
		}
		job.row += done;
		job.count -= (size_t)done;
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
