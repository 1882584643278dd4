/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/cmd/verify_print.h"

#include "harness/base/auto.h"
#include "harness/base/json.h"
#include "harness/base/scan.h"
#include "harness/base/text.h"
#include "harness/sys/clock.h"

#include <inttypes.h>
#include <string.h>

enum { LABEL_COLUMN = 14 };

/* A certificate is a stranger's text until its signer is trusted, and it may never drive a terminal. */
static void add_safe(struct buf *out, const char *text)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;

	buf_adds(out, text_cleaned(&arena, text));
}

static void add_label(struct buf *out, const char *label)
{
	size_t columns;

	buf_adds(out, label);
	for (columns = text_columns(label); columns < LABEL_COLUMN; columns++)
		buf_addc(out, ' ');
	buf_addc(out, ' ');
}

static void add_row(struct buf *out, const char *label, const char *value)
{
	if (!value[0])
		return;
	add_label(out, label);
	add_safe(out, value);
	buf_addc(out, '\n');
}

static const char *text_of(const struct identity *identity, const char *name)
{
	size_t i;

	for (i = 0; i < identity->text_count; i++) {
		if (!strcmp(identity->text[i].name, name) &&
		    identity->text[i].quality != IDENTITY_UNPROGRAMMED)
			return identity->text[i].value;
	}
	return "";
}

static void add_product(struct buf *out, const struct identity *identity)
{
	static const struct {
		const char *label, *first, *second;
	} row[] = {
		{ N_("system"), "system_manufacturer", "system_product" },
		{ N_("board"), "board_manufacturer", "board_product" },
		{ N_("cpu"), "cpu_model", "" },
		{ N_("firmware"), "firmware_version", "" },
		{ N_("os"), "os_name", "kernel_release" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		AUTO(buf_release) struct buf value = BUF_INIT;

		buf_addf(&value, "%s %s", text_of(identity, row[i].first),
			 text_of(identity, row[i].second));
		buf_trim(&value);
		add_row(out, _(row[i].label), value.data);
	}
}

static void add_work(struct buf *out, const struct certificate_item *item)
{
	char bytes[BYTES_TEXT_SIZE];

	if (!strcmp(item->unit, "byte"))
		buf_adds(out, format_bytes(item->work, bytes));
	else
		buf_addf(out, "%" PRIu64 " %s", item->work,
			 strcmp(item->unit, "block") ? item->unit : _("blocks"));
}

static void add_items(struct buf *out, const struct certificate *certificate)
{
	static const char *const outcome[] = {
		N_("not ended"), N_("done"),	    N_("skipped"),     N_("crashed"),
		N_("timed out"), N_("stopped by the guard"), N_("interrupted"), N_("failed"),
	};
	char duration[DURATION_TEXT_SIZE];
	size_t i;

	for (i = 0; i < certificate->item_count; i++) {
		const struct certificate_item *item = &certificate->item[i];
		AUTO(buf_release) struct buf value = BUF_INIT;

		buf_addf(&value, "%s (%s): %s, %s, ", item->name, item->kernel,
			 _(outcome[item->outcome]), format_duration(item->done_ns, duration));
		add_work(&value, item);
		add_row(out, i ? "" : _("items"), value.data);
	}
}

static void add_environment(struct buf *out, const struct certificate *certificate)
{
	char milli[MILLI_TEXT_SIZE];
	size_t i;

	for (i = 0; i < certificate->peak_count; i++) {
		const struct certificate_peak *peak = &certificate->peak[i];
		AUTO(buf_release) struct buf value = BUF_INIT;

		buf_addf(&value, "%s °C  %s%s%s", format_milli(peak->milli_c, milli),
			 peak->component, peak->label[0] ? " " : "", peak->label);
		add_row(out, i ? "" : _("hottest"), value.data);
	}
	if (certificate->blind)
		add_row(out, _("blind"),
			_("ran without a believable temperature sensor of the cpu"));
	if (certificate->blind && certificate->blind_approver)
		add_row(out, _("approved by"), certificate->blind_approver);
}

static void add_times(struct buf *out, const struct certificate *certificate)
{
	AUTO(buf_release) struct buf value = BUF_INIT;
	char text[CLOCK_TEXT_SIZE];
	const int64_t second = 1000000000;

	/* A time that no clock could show is shown as nothing. */
	if (certificate->started_s < 0 || certificate->started_s > INT64_MAX / second ||
	    certificate->ended_s < 0 || certificate->ended_s > INT64_MAX / second ||
	    certificate->issued_s < 0 || certificate->issued_s > INT64_MAX / second)
		return;
	buf_addf(&value, "%s", clock_format_utc(certificate->started_s * second, text));
	buf_addf(&value, " - %s", clock_format_utc(certificate->ended_s * second, text));
	if (certificate->interruptions)
		buf_addf(&value, _(", interrupted %" PRIu64 " times"), certificate->interruptions);
	add_row(out, _("tested"), value.data);
	add_row(out, _("issued"), clock_format_utc(certificate->issued_s * second, text));
}

static void add_scope(struct buf *out)
{
	AUTO(buf_release) struct buf value = BUF_INIT;
	size_t i;

	for (i = 0; certificate_not_covered[i]; i++)
		buf_addf(&value, "%s%s", i ? _(", ") : "", _(certificate_not_covered[i]));
	add_row(out, _("not covered"), value.data);
}

static void add_certificate(struct buf *out, const struct verification *v)
{
	const struct certificate *certificate = &v->certificate;
	AUTO(buf_release) struct buf value = BUF_INIT;

	add_row(out, _("certificate"), certificate->number);
	add_row(out, _("stage"), _(stage_title(certificate->stage)));
	add_row(out, _("serial"), certificate->serial);
	add_row(out, _("lot"), certificate->lot);
	add_product(out, &certificate->identity);
	buf_addf(&value, "%s %" PRId64 ", SM3 %.16s", certificate->profile_name,
		 certificate->profile_version, certificate->profile_digest);
	add_row(out, _("profile"), value.data);
	add_times(out, certificate);
	add_items(out, certificate);
	add_environment(out, certificate);
	add_scope(out);
	buf_reset(&value);
	if (v->signer)
		buf_addf(&value, _("%s, key %s"), v->signer->name, certificate->key_id);
	else
		buf_addf(&value, _("key %s, not trusted"), certificate->key_id);
	add_row(out, _("signer"), value.data);
}

static void add_changes(struct buf *out, const struct identity_changes *changes)
{
	static const char *const word[] = {
		N_("cannot be read here"),
		N_("certified, and not in this machine"),
		N_("in this machine, and not certified"),
	};
	size_t i;

	for (i = 0; i < changes->count; i++) {
		const struct identity_change *change = &changes->change[i];
		AUTO(buf_release) struct buf line = BUF_INIT;

		buf_addf(&line, "%s: %s, %s", _(word[change->kind]), change->component,
			 change->attribute);
		add_row(out, i ? "" : _("parts"), line.data);
	}
}

static void add_checks(struct buf *out, const struct verification *v)
{
	static const char *const name[CHECK_COUNT] = {
		[CHECK_FORM] = N_("form"),	       [CHECK_SIGNER] = N_("signer"),
		[CHECK_SIGNATURE] = N_("signature"),   [CHECK_STAGE] = N_("stage"),
		[CHECK_RECORD] = N_("record"),	       [CHECK_MACHINE] = N_("parts"),
	};
	static const char *const state[] = {
		[CHECK_UNKNOWN] = N_("cannot tell"),
		[CHECK_BAD] = N_("wrong"),
		[CHECK_GOOD] = N_("good"),
	};
	size_t i;

	for (i = 0; i < CHECK_COUNT; i++) {
		const struct check *check = &v->check[i];

		if (check->state == CHECK_NOT_ASKED || (!v->readable && i))
			continue;
		add_label(out, i ? "" : _("checks"));
		buf_addf(out, "%s: %s", _(name[i]), _(state[check->state]));
		if (check->said.code) {
			buf_adds(out, "; ");
			add_safe(out, check->said.text);
		}
		buf_addc(out, '\n');
	}
}

static const struct {
	const char *word, *color;
	enum exit_code exit;
} result_row[] = {
	[VERIFICATION_UNKNOWN] = { N_("CANNOT TELL"), "\033[33m", EXIT_INCOMPLETE },
	[VERIFICATION_INVALID] = { N_("INVALID"), "\033[31m", EXIT_FAILED },
	[VERIFICATION_VALID] = { N_("VALID"), "\033[32m", EXIT_PASS },
};

/* The word, and of the checks that made it the first that says why. */
static void add_result(const struct cmd *cmd, struct buf *out, const struct verification *v)
{
	enum verification_result result = verify_result(v);
	enum check_state blamed = result == VERIFICATION_INVALID ? CHECK_BAD : CHECK_UNKNOWN;
	size_t i = 0;

	buf_addf(out, "%s%s%s", cmd->color_out ? result_row[result].color : "",
		 _(result_row[result].word), cmd->color_out ? "\033[0m" : "");
	while (i < CHECK_COUNT && (v->check[i].state != blamed || !v->check[i].said.code))
		i++;
	if (result != VERIFICATION_VALID && i < CHECK_COUNT) {
		buf_adds(out, ": ");
		add_safe(out, v->check[i].said.text);
	}
	buf_addc(out, '\n');
}

static int print_text(const struct cmd *cmd, const struct verification *v)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	int code;

	if (v->check[CHECK_MACHINE].state == CHECK_NOT_ASKED)
		buf_addf(&out, "%s\n", _("not compared with this machine (--machine does that)"));
	if (v->readable)
		add_certificate(&out, v);
	add_changes(&out, &v->changes);
	add_checks(&out, v);
	add_result(cmd, &out, v);
	code = cmd_put(cmd, out.data, out.size);
	return code ? code : (int)result_row[verify_result(v)].exit;
}

static void write_checks(struct json_writer *w, const struct verification *v)
{
	/* In ascending order of name, which is not the order of the checks. */
	static const enum check_name order[CHECK_COUNT] = { CHECK_FORM,	  CHECK_MACHINE,
							    CHECK_RECORD, CHECK_SIGNATURE,
							    CHECK_SIGNER, CHECK_STAGE };
	size_t i;

	json_begin_object(w, "checks");
	for (i = 0; i < CHECK_COUNT; i++) {
		const struct check *check = &v->check[order[i]];

		json_begin_object(w, check_name_text(order[i]));
		if (check->said.code)
			json_text(w, "said", check->said.plain);
		json_text(w, "state", check_state_text(check->state));
		json_end(w);
	}
	json_end(w);
}

static void write_changes(struct json_writer *w, const struct identity_changes *changes)
{
	size_t i;

	json_begin_array(w, "differences");
	for (i = 0; i < changes->count; i++) {
		const struct identity_change *change = &changes->change[i];

		json_begin_object(w, NULL);
		json_text(w, "attribute", change->attribute);
		json_text(w, "class", change->class);
		json_text(w, "component", change->component);
		json_text(w, "kind", identity_change_name(change->kind));
		json_end(w);
	}
	json_end(w);
}

static int print_json(const struct cmd *cmd, const struct verification *v)
{
	AUTO(buf_release) struct buf out = BUF_INIT;
	enum verification_result result = verify_result(v);
	struct err err = ERR_INIT;
	struct json_writer w;
	int code;

	json_start(&w, json_buf_sink, &out);
	json_begin_object(&w, NULL);
	if (v->readable)
		json_bool(&w, "blind", v->certificate.blind);
	write_checks(&w, v);
	write_changes(&w, &v->changes);
	if (v->readable) {
		json_text(&w, "key", v->certificate.key_id);
		json_text(&w, "number", v->certificate.number);
	}
	json_text(&w, "result", verification_result_text(result));
	if (v->readable) {
		json_text(&w, "serial", v->certificate.serial);
		json_text_if(&w, "signer", v->signer ? v->signer->name : NULL);
		json_text(&w, "stage", stage_name(v->certificate.stage));
	}
	json_end(&w);
	if (json_finish(&w, &err) < 0)
		return cmd_fail(cmd, &err);
	buf_addc(&out, '\n');
	code = cmd_put(cmd, out.data, out.size);
	return code ? code : (int)result_row[result].exit;
}

int verify_print(const struct cmd *cmd, const struct verification *v)
{
	return cmd_option(cmd, "json") ? print_json(cmd, v) : print_text(cmd, v);
}
