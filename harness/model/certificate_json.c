/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The payload of a unit certificate (docs/formats/certificate.md). Keys in ascending order.
 */
#include "harness/model/certificate.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

#include <stdio.h>
#include <string.h>

static void write_items(struct json_writer *w, const struct certificate *certificate)
{
	size_t i;

	json_begin_array(w, "items");
	for (i = 0; i < certificate->item_count; i++) {
		const struct certificate_item *item = &certificate->item[i];

		json_begin_object(w, NULL);
		json_int(w, "asked_ns", item->asked_ns);
		json_count(w, "attempts", item->attempts);
		json_count(w, "distinct_bytes", item->distinct_bytes);
		json_int(w, "done_ns", item->done_ns);
		node_bytes_write(w, &item->frames);
		json_text(w, "kernel", item->kernel);
		module_bytes_write(w, &item->modules);
		json_text(w, "name", item->name);
		json_text(w, "outcome", outcome_kind_name(item->outcome));
		json_bool(w, "required", item->required);
		json_text(w, "unit", item->unit);
		json_count(w, "work", item->work);
		json_end(w);
	}
	json_end(w);
}

static void write_scope(struct json_writer *w)
{
	size_t i;

	json_begin_array(w, "not_covered");
	for (i = 0; certificate_not_covered[i]; i++)
		json_text(w, NULL, certificate_not_covered[i]);
	json_end(w);
}

static void write_peaks(struct json_writer *w, const struct certificate *certificate)
{
	size_t i;

	json_begin_array(w, "peaks");
	for (i = 0; i < certificate->peak_count; i++) {
		json_begin_object(w, NULL);
		json_text(w, "component", certificate->peak[i].component);
		json_text(w, "label", certificate->peak[i].label);
		json_int(w, "milli_c", certificate->peak[i].milli_c);
		json_end(w);
	}
	json_end(w);
}

static void write_evidence(struct json_writer *w, const struct certificate *certificate)
{
	json_begin_object(w, "evidence");
	json_text(w, "journal", certificate->journal_digest);
	json_text(w, "record", certificate->record_digest);
	json_count(w, "record_bytes", certificate->record_bytes);
	json_end(w);
}

static void write_profile(struct json_writer *w, const struct certificate *certificate)
{
	json_begin_object(w, "profile");
	json_text(w, "digest", certificate->profile_digest);
	json_text(w, "name", certificate->profile_name);
	json_int(w, "version", certificate->profile_version);
	json_end(w);
}

int certificate_write(const struct certificate *certificate, struct buf *out, struct err *err)
{
	struct json_writer w;

	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_bool(&w, "blind", certificate->blind);
	json_text_if(&w, "blind_approver", certificate->blind_approver);
	json_int(&w, "ended", certificate->ended_s);
	write_evidence(&w, certificate);
	json_text(&w, "harness", certificate->harness_version);
	identity_write(&w, "identity", &certificate->identity);
	json_count(&w, "interruptions", certificate->interruptions);
	json_int(&w, "issued", certificate->issued_s);
	write_items(&w, certificate);
	json_text(&w, "key", certificate->key_id);
	json_text(&w, "lot", certificate->lot);
	write_scope(&w);
	json_text(&w, "number", certificate->number);
	write_peaks(&w, certificate);
	write_profile(&w, certificate);
	json_count(&w, "remarks", certificate->remarks);
	json_text(&w, "run", certificate->run_id);
	json_text(&w, "serial", certificate->serial);
	json_text(&w, "stage", stage_name(certificate->stage));
	json_int(&w, "started", certificate->started_s);
	json_int(&w, "v", CERTIFICATE_FORMAT);
	json_text(&w, "verdict", verdict_name(certificate->verdict));
	json_end(&w);
	return json_finish(&w, err);
}

static int read_outcome(const json_t *member, const char *where, enum outcome_kind *ret_kind,
			struct err *err)
{
	const char *name;
	int kind;

	if (json_get_text(member, "outcome", where, &name, err) < 0)
		return ERR_INPUT;
	for (kind = OUTCOME_UNKNOWN; kind <= OUTCOME_FAILED; kind++) {
		if (!strcmp(outcome_kind_name((enum outcome_kind)kind), name)) {
			*ret_kind = (enum outcome_kind)kind;
			return 0;
		}
	}
	return err_set(err, ERR_INPUT, "%s: key '%s' cannot be '%s'", where, "outcome", name);
}

static int read_item(const json_t *member, const char *where, struct arena *arena,
		     struct certificate_item *item, struct err *err)
{
	if (json_get_copy(member, "name", where, arena, &item->name, err) < 0 ||
	    json_get_copy(member, "kernel", where, arena, &item->kernel, err) < 0 ||
	    json_get_copy(member, "unit", where, arena, &item->unit, err) < 0 ||
	    json_get_bool(member, "required", where, &item->required, err) < 0 ||
	    json_get_count(member, "attempts", where, &item->attempts, err) < 0 ||
	    json_get_count(member, "work", where, &item->work, err) < 0 ||
	    json_get_count(member, "distinct_bytes", where, &item->distinct_bytes, err) < 0 ||
	    node_bytes_read(member, where, arena, &item->frames, err) < 0 ||
	    module_bytes_read(member, where, arena, &item->modules, err) < 0 ||
	    json_get_int(member, "asked_ns", where, &item->asked_ns, err) < 0 ||
	    json_get_int(member, "done_ns", where, &item->done_ns, err) < 0)
		return ERR_INPUT;
	return read_outcome(member, where, &item->outcome, err);
}

static int read_items(const json_t *root, const char *where, struct certificate *certificate,
		      struct err *err)
{
	json_t *items;
	json_t *member;
	size_t i;

	if (json_get_array(root, "items", where, &items, err) < 0)
		return ERR_INPUT;
	certificate->item_count = json_array_size(items);
	certificate->item = arena_array(&certificate->arena, struct certificate_item,
					certificate->item_count);
	json_array_foreach(items, i, member) {
		if (read_item(member, where, &certificate->arena, &certificate->item[i], err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static int read_peaks(const json_t *root, const char *where, struct certificate *certificate,
		      struct err *err)
{
	struct arena *arena = &certificate->arena;
	json_t *peaks;
	json_t *member;
	size_t i;

	if (json_get_array(root, "peaks", where, &peaks, err) < 0)
		return ERR_INPUT;
	certificate->peak_count = json_array_size(peaks);
	certificate->peak = arena_array(arena, struct certificate_peak, certificate->peak_count);
	json_array_foreach(peaks, i, member) {
		struct certificate_peak *peak = &certificate->peak[i];

		if (json_get_copy(member, "component", where, arena, &peak->component, err) < 0 ||
		    json_get_copy(member, "label", where, arena, &peak->label, err) < 0 ||
		    json_get_int(member, "milli_c", where, &peak->milli_c, err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static int read_evidence(const json_t *root, const char *where, struct certificate *certificate,
			 struct err *err)
{
	json_t *evidence;
	json_t *profile;

	if (json_get_object(root, "evidence", where, &evidence, err) < 0 ||
	    json_get_digest(evidence, "journal", where, certificate->journal_digest, err) < 0 ||
	    json_get_digest(evidence, "record", where, certificate->record_digest, err) < 0 ||
	    json_get_count(evidence, "record_bytes", where, &certificate->record_bytes, err) < 0 ||
	    json_get_object(root, "profile", where, &profile, err) < 0 ||
	    json_get_digest(profile, "digest", where, certificate->profile_digest, err) < 0 ||
	    json_get_copy(profile, "name", where, &certificate->arena, &certificate->profile_name,
			  err) < 0)
		return ERR_INPUT;
	return json_get_int(profile, "version", where, &certificate->profile_version, err);
}

static int read_texts(const json_t *root, const char *where, struct certificate *certificate,
		      struct err *err)
{
	struct arena *arena = &certificate->arena;

	if (json_get_copy(root, "serial", where, arena, &certificate->serial, err) < 0 ||
	    json_get_copy(root, "lot", where, arena, &certificate->lot, err) < 0 ||
	    json_get_copy(root, "run", where, arena, &certificate->run_id, err) < 0 ||
	    json_get_copy(root, "harness", where, arena, &certificate->harness_version, err) < 0)
		return ERR_INPUT;
	return json_get_copy_or(root, "blind_approver", where, arena, &certificate->blind_approver,
				err);
}

static int read_numbers(const json_t *root, const char *where, struct certificate *certificate,
			struct err *err)
{
	if (json_get_bool(root, "blind", where, &certificate->blind, err) < 0 ||
	    json_get_int(root, "started", where, &certificate->started_s, err) < 0 ||
	    json_get_int(root, "ended", where, &certificate->ended_s, err) < 0 ||
	    json_get_int(root, "issued", where, &certificate->issued_s, err) < 0 ||
	    json_get_count(root, "interruptions", where, &certificate->interruptions, err) < 0)
		return ERR_INPUT;
	return json_get_count(root, "remarks", where, &certificate->remarks, err);
}

/* The words on which everything else depends; only PASS is ever certified. */
static int read_words(const json_t *root, const char *where, struct certificate *certificate,
		      struct err *err)
{
	const char *stage;
	const char *verdict;
	const char *number;
	const char *key;

	if (json_get_text(root, "stage", where, &stage, err) < 0 ||
	    json_get_text(root, "verdict", where, &verdict, err) < 0 ||
	    json_get_text(root, "number", where, &number, err) < 0 ||
	    json_get_text(root, "key", where, &key, err) < 0)
		return ERR_INPUT;
	certificate->stage = stage_from_name(stage);
	if (certificate->stage == STAGE_UNKNOWN)
		return err_set(err, ERR_INPUT, "%s: there is no stage '%.32s'", where, stage);
	if (strcmp(verdict, verdict_name(VERDICT_PASS)) != 0)
		return err_set(err, ERR_INPUT, "%s: only PASS is certified, not '%.32s'", where,
			       verdict);
	certificate->verdict = VERDICT_PASS;
	if (key_id_check(key) < 0)
		return err_set(err, ERR_INPUT, "%s: '%.32s' is no key id", where, key);
	if (strlen(number) >= sizeof(certificate->number))
		return err_set(err, ERR_INPUT, "%s: key '%s' is too long", where, "number");
	snprintf(certificate->number, sizeof(certificate->number), "%s", number);
	snprintf(certificate->key_id, sizeof(certificate->key_id), "%s", key);
	return 0;
}

static int read_members(const json_t *root, const char *where, struct certificate *certificate,
			struct err *err)
{
	json_t *identity;

	if (read_words(root, where, certificate, err) < 0 ||
	    read_texts(root, where, certificate, err) < 0 ||
	    read_numbers(root, where, certificate, err) < 0 ||
	    read_evidence(root, where, certificate, err) < 0 ||
	    read_items(root, where, certificate, err) < 0 ||
	    read_peaks(root, where, certificate, err) < 0 ||
	    json_get_object(root, "identity", where, &identity, err) < 0)
		return ERR_INPUT;
	return identity_read(identity, where, &certificate->identity, err);
}

int certificate_read(const char *data, size_t size, const char *where,
		     struct certificate *certificate, struct err *err)
{
	AUTO(json_release) json_t *root = json_read(data, size, where, err);
	AUTO(buf_release) struct buf again = BUF_INIT;
	int64_t format;

	if (!root || json_get_int(root, "v", where, &format, err) < 0)
		return ERR_INPUT;
	if (format != CERTIFICATE_FORMAT)
		return err_set(err, ERR_UNSUPPORTED,
			       "%s: a certificate of another format; this program reads v %d",
			       where, CERTIFICATE_FORMAT);
	if (read_members(root, where, certificate, err) < 0 ||
	    certificate_write(certificate, &again, err) < 0)
		return ERR_INPUT;
	if (again.size != size || memcmp(again.data, data, size) != 0)
		return err_set(err, ERR_INPUT, "%s: holds what no certificate of v %d holds", where,
			       CERTIFICATE_FORMAT);
	return 0;
}
