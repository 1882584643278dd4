/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of trying a wrong result again: evidence of the first finding about it. */
#include "harness/run/assembly.h"

#include "harness/base/buf.h"
#include "harness/run/repeat.h"

#include <inttypes.h>
#include <string.h>

static bool is_number(const struct finding *finding, const char *name, uint64_t number)
{
	const char *value = finding_get(finding, name);
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, number);
	return value && !strcmp(value, text);
}

static struct finding *find_first(struct assembly *assembly, const struct frame_repeat *value)
{
	struct finding *finding = assembly->record->finding;

	for (; finding; finding = finding->next) {
		if (!strcmp(finding->code->code, "cpu-mismatch") &&
		    finding->step == (int64_t)value->step &&
		    is_number(finding, "attempt", value->attempt) &&
		    is_number(finding, "cpu", value->repeat.cpu))
			return finding;
	}
	return NULL;
}

static void pass_evidence(struct assembly *assembly, struct finding *finding, size_t number,
			  const struct repeat_pass *pass)
{
	const char *name = arena_printf(assembly->arena, "repeat_%zu_%s", number,
					repeat_where_name(pass->where));

	finding_evidence(assembly->arena, finding, name,
			 "cpu %u: %u of %u wrong, %u with the same word, %u MHz", pass->cpu,
			 pass->wrong, pass->runs, pass->alike, pass->mhz);
}

static void repeat_evidence(struct assembly *assembly, struct finding *finding,
			    const struct frame_repeat *value)
{
	const struct repeat *repeat = &value->repeat;
	struct repeat_words words = repeat_judge(repeat);
	struct arena *arena = assembly->arena;
	uint64_t bits = 0;
	uint32_t i;

	for (i = 0; i < repeat->pass_count; i++) {
		pass_evidence(assembly, finding, i + 1, &repeat->pass[i]);
		bits |= repeat->pass[i].bits;
	}
	finding_evidence(arena, finding, "repeat", "%s", words.kind);
	if (bits)
		finding_evidence(arena, finding, "repeat_bits", "0x%016" PRIx64, bits);
	if (words.clock)
		finding_evidence(arena, finding, "repeat_clock", "%s", words.clock);
	if (words.code)
		finding_evidence(arena, finding, "repeat_code", "%s", words.code);
	if (words.cores)
		finding_evidence(arena, finding, "repeat_cores", "%s", words.cores);
	if (words.heat)
		finding_evidence(arena, finding, "repeat_heat", "%s", words.heat);
	if (value->warm != INT64_MIN)
		finding_evidence(arena, finding, "temperature", "%" PRId64, value->warm);
	if (value->rested != INT64_MIN)
		finding_evidence(arena, finding, "temperature_rested", "%" PRId64, value->rested);
}

int assemble_repeat(struct assembly *assembly, const struct frame *frame, struct err *err)
{
	struct frame_repeat value = { .step = 0 };
	struct finding *finding;

	if (frame_read_repeat(frame, assembly->arena, &value, err) < 0 ||
	    assembly_check_step(assembly, value.step, err) < 0)
		return ERR_INPUT;
	if (!value.repeat.pass_count)
		return 0;
	finding = find_first(assembly, &value);
	if (!finding) { /* more wrong data in this step than is written down one by one */
		finding = assembly_finding(assembly, "cpu-mismatch", "", (int64_t)value.step,
					   frame->time_ns);
		finding_evidence(assembly->arena, finding, "attempt", "%" PRIu64, value.attempt);
		finding_evidence(assembly->arena, finding, "cpu", "%u", value.repeat.cpu);
	}
	repeat_evidence(assembly, finding, &value);
	return 0;
}
