/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/repeat.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"
#include "harness/run/frame_json.h"

static const char *const where_word[] = { "same", "sibling", "other",  "rested",
					   "plain", "slow",   "fast" };
static const char *const clock_word[] = { "unknown", "set", "absent", "refused" };

const char *repeat_where_name(enum repeat_where where)
{
	return (unsigned int)where < ARRAY_SIZE(where_word) ? where_word[where] : "unknown";
}

/* --- what it means ---------------------------------------------------------------------------- */

struct sum {
	uint64_t runs, wrong;
};

static const char *judge_code(const struct sum *sum)
{
	if (!sum[REPEAT_PLAIN].runs || !(sum[REPEAT_SAME].wrong + sum[REPEAT_PLAIN].wrong))
		return NULL;
	return sum[REPEAT_PLAIN].wrong ? "every-set" : "this-set-only";
}

static const char *judge_clock(const struct sum *sum, enum repeat_clock clock)
{
	bool slow = sum[REPEAT_SLOW].wrong, fast = sum[REPEAT_FAST].wrong;

	if (clock == REPEAT_CLOCK_ABSENT || clock == REPEAT_CLOCK_REFUSED)
		return clock_word[clock];
	if (!sum[REPEAT_SLOW].runs || !sum[REPEAT_FAST].runs || !(slow || fast))
		return NULL;
	return slow && fast ? "any" : slow ? "low-only" : "high-only";
}

static struct repeat_words judge_sums(const struct sum *sum)
{
	struct sum same = sum[REPEAT_SAME], rested = sum[REPEAT_RESTED];
	uint64_t elsewhere = sum[REPEAT_OTHER].wrong;
	struct repeat_words words = { .kind = "intermittent", .cores = "one-core" };

	if (!same.wrong && !rested.wrong && !elsewhere && !sum[REPEAT_SIBLING].wrong &&
	    !sum[REPEAT_PLAIN].wrong && !sum[REPEAT_SLOW].wrong && !sum[REPEAT_FAST].wrong)
		return (struct repeat_words){ .kind = "not-repeated" };
	if (same.runs && same.wrong == same.runs && rested.wrong == rested.runs)
		words.kind = "consistent";
	if (elsewhere)
		words.cores = "several-cores";
	else if (!sum[REPEAT_OTHER].runs)
		words.cores = "unknown";
	if (rested.runs && rested.wrong)
		words.heat = same.wrong ? "always" : "rested-only";
	else if (rested.runs && same.wrong)
		words.heat = "warm-only";
	return words;
}

struct repeat_words repeat_judge(const struct repeat *repeat)
{
	struct sum sum[ARRAY_SIZE(where_word)] = { { 0 } };
	struct repeat_words words;
	uint32_t i;

	for (i = 0; i < repeat->pass_count; i++) {
		sum[repeat->pass[i].where].runs += repeat->pass[i].runs;
		sum[repeat->pass[i].where].wrong += repeat->pass[i].wrong;
	}
	words = judge_sums(sum);
	words.code = judge_code(sum);
	words.clock = judge_clock(sum, repeat->clock);
	return words;
}

/* --- the frame -------------------------------------------------------------------------------- */

static void write_pass(struct json_writer *w, const struct repeat_pass *pass)
{
	json_begin_object(w, NULL);
	json_count(w, "alike", pass->alike);
	json_hex(w, "bits", pass->bits);
	json_count(w, "cpu", pass->cpu);
	json_count(w, "mhz", pass->mhz);
	json_count(w, "runs", pass->runs);
	json_text(w, "where", repeat_where_name(pass->where));
	json_count(w, "wrong", pass->wrong);
	json_end(w);
}

void frame_write_repeat(struct buf *out, const struct frame_repeat *value)
{
	const struct repeat *repeat = &value->repeat;
	struct json_writer w;
	uint32_t i;

	json_start(&w, json_buf_sink, out);
	json_begin_object(&w, NULL);
	json_count(&w, "attempt", value->attempt);
	if (repeat->clock > REPEAT_CLOCK_UNKNOWN && repeat->clock <= REPEAT_CLOCK_REFUSED)
		json_text(&w, "clock", clock_word[repeat->clock]);
	json_count(&w, "cpu", repeat->cpu);
	json_begin_array(&w, "passes");
	for (i = 0; i < repeat->pass_count; i++)
		write_pass(&w, &repeat->pass[i]);
	json_end(&w);
	if (value->rested != INT64_MIN)
		json_int(&w, "rested", value->rested);
	json_count(&w, "step", value->step);
	if (value->warm != INT64_MIN)
		json_int(&w, "warm", value->warm);
	json_count(&w, "worker", repeat->worker);
	json_end(&w);
}

static int read_pass(const json_t *object, const char *where, struct repeat_pass *pass,
		     struct err *err)
{
	uint64_t alike, cpu, mhz, runs, wrong;
	unsigned int kind;

	if (frame_json_index(object, "alike", where, &alike, err) < 0 ||
	    frame_json_index(object, "cpu", where, &cpu, err) < 0 ||
	    frame_json_index(object, "mhz", where, &mhz, err) < 0 ||
	    frame_json_index(object, "runs", where, &runs, err) < 0 ||
	    frame_json_index(object, "wrong", where, &wrong, err) < 0 ||
	    json_get_hex(object, "bits", where, &pass->bits, err) < 0 ||
	    json_get_word(object, "where", where, where_word, ARRAY_SIZE(where_word), &kind, err) < 0)
		return ERR_INPUT;
	pass->where = (enum repeat_where)kind;
	pass->cpu = (unsigned int)cpu;
	pass->alike = (uint32_t)alike;
	pass->mhz = (uint32_t)mhz;
	pass->runs = (uint32_t)runs;
	pass->wrong = (uint32_t)wrong;
	return 0;
}

/* Journals of before have none. */
static int read_clock(const json_t *object, const char *where, struct repeat *repeat,
		      struct err *err)
{
	unsigned int clock = REPEAT_CLOCK_UNKNOWN;

	if (json_object_get(object, "clock") &&
	    json_get_word(object, "clock", where, clock_word, ARRAY_SIZE(clock_word), &clock, err) < 0)
		return ERR_INPUT;
	repeat->clock = (enum repeat_clock)clock;
	return 0;
}

static int read_passes(const json_t *passes, const char *where, struct repeat *repeat,
		       struct err *err)
{
	size_t i;

	if (json_array_size(passes) > REPEAT_PASSES)
		return err_set(err, ERR_INPUT, "%s: key '%s' is out of range", where, "passes");
	repeat->pass_count = (uint32_t)json_array_size(passes);
	for (i = 0; i < repeat->pass_count; i++) {
		if (read_pass(json_array_get(passes, i), where, &repeat->pass[i], err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

int frame_read_repeat(const struct frame *frame, struct arena *arena,
		      struct frame_repeat *ret_value, struct err *err)
{
	char where[FRAME_WHERE_SIZE];
	AUTO(json_release) json_t *object = frame_json_open(frame, where, err);
	uint64_t cpu, step, worker;
	json_t *passes;

	(void)arena;
	if (!object || frame_json_index(object, "attempt", where, &ret_value->attempt, err) < 0 ||
	    frame_json_index(object, "cpu", where, &cpu, err) < 0 ||
	    frame_json_index(object, "step", where, &step, err) < 0 ||
	    frame_json_index(object, "worker", where, &worker, err) < 0 ||
	    json_get_int_or(object, "rested", where, INT64_MIN, &ret_value->rested, err) < 0 ||
	    json_get_int_or(object, "warm", where, INT64_MIN, &ret_value->warm, err) < 0 ||
	    json_get_array(object, "passes", where, &passes, err) < 0 ||
	    read_passes(passes, where, &ret_value->repeat, err) < 0 ||
	    read_clock(object, where, &ret_value->repeat, err) < 0)
		return ERR_INPUT;
	ret_value->step = (size_t)step;
	ret_value->repeat.cpu = (unsigned int)cpu;
	ret_value->repeat.worker = (unsigned int)worker;
	return 0;
}
