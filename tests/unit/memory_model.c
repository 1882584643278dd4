/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/memory_model.h"

#include <string.h>

static struct {
	struct model_fault fault;
	bool cell[MODEL_CELLS];
	bool sensed; /* what the sense amplifier holds */
} model;

static _Alignas(MARCH_LINE) unsigned char lines_of_it[MODEL_CELLS * MARCH_LINE];

static const struct {
	const char *name;
	unsigned int forms;
	bool aggressor;
} kinds[MODEL_KINDS] = {
	[MODEL_SAF] = { "SAF", 2, false },  [MODEL_TF] = { "TF", 2, false },
	[MODEL_AF] = { "AF", 4, true },     [MODEL_SOF] = { "SOF", 1, false },
	[MODEL_WDF] = { "WDF", 2, false },  [MODEL_RDF] = { "RDF", 4, false },
	[MODEL_DRDF] = { "DRDF", 2, false }, [MODEL_CFIN] = { "CFin", 2, true },
	[MODEL_CFID] = { "CFid", 4, true }, [MODEL_CFST] = { "CFst", 4, true },
	[MODEL_CFDS] = { "CFds", 12, true }, [MODEL_CFTR] = { "CFtr", 4, true },
	[MODEL_CFWD] = { "CFwd", 4, true }, [MODEL_CFRD] = { "CFrd", 8, true },
	[MODEL_CFDR] = { "CFdr", 4, true },
};

const char *model_name(enum model_kind kind)
{
	return kinds[kind].name;
}

unsigned int model_forms(enum model_kind kind)
{
	return kinds[kind].forms;
}

bool model_has_aggressor(enum model_kind kind)
{
	return kinds[kind].aggressor;
}

unsigned char *model_memory(void)
{
	return lines_of_it;
}

/* The bits of a form: the value of the victim it is about, and the state of the aggressor. */
static bool form_value(void)
{
	return model.fault.form & 1;
}

static bool form_state(void)
{
	return model.fault.form >> 1 & 1;
}

/* The fault of one cell that `kind` is, or that the state of the aggressor makes of it. */
static enum model_kind single_kind(void)
{
	static const enum model_kind single[MODEL_KINDS] = {
		[MODEL_CFTR] = MODEL_TF,
		[MODEL_CFWD] = MODEL_WDF,
		[MODEL_CFRD] = MODEL_RDF,
		[MODEL_CFDR] = MODEL_DRDF,
	};
	enum model_kind kind = model.fault.kind;

	if (kind < MODEL_CFTR || kind >= MODEL_KINDS)
		return kind;
	return model.cell[model.fault.aggressor] == form_state() ? single[kind] : MODEL_SOUND;
}

/* RDF also comes as a read that is wrong and leaves the cell alone: the upper half of the forms. */
static bool reads_only_wrong(void)
{
	return model.fault.form >= model_forms(model.fault.kind) / 2;
}

/* What an access to the aggressor does to the victim. */
static void couple(bool before, bool after, bool writes)
{
	bool *victim = &model.cell[model.fault.victim];
	unsigned int access = writes ? 2 + 2U * before + after : before;

	switch (model.fault.kind) {
	case MODEL_CFIN:
		if (before != after && after == form_value())
			*victim = !*victim;
		break;
	case MODEL_CFID:
		if (before != after && after == form_state())
			*victim = form_value();
		break;
	case MODEL_CFDS: /* read 0, read 1, and the four writes */
		if (access == model.fault.form >> 1 && *victim == form_value())
			*victim = !*victim;
		break;
	default:
		break;
	}
}

/* What holds whatever is done. */
static void settle(void)
{
	bool *victim = &model.cell[model.fault.victim];

	if (model.fault.kind == MODEL_SAF)
		*victim = form_value();
	if (model.fault.kind == MODEL_CFST && model.cell[model.fault.aggressor] == form_state() &&
	    *victim == form_value())
		*victim = !*victim;
}

static void cell_write(unsigned int at, bool value)
{
	bool before = model.cell[at];

	model.cell[at] = value;
	if (at == model.fault.victim) {
		enum model_kind kind = single_kind();

		if (kind == MODEL_SOF || (kind == MODEL_TF && before != value && value == form_value()))
			model.cell[at] = before;
		if (kind == MODEL_WDF && before == value && value == form_value())
			model.cell[at] = !value;
	}
	if (at == model.fault.aggressor)
		couple(before, value, true);
	settle();
}

static bool cell_read(unsigned int at)
{
	bool value = model.cell[at], wrong = false;
	enum model_kind kind = at == model.fault.victim ? single_kind() : MODEL_SOUND;

	if (kind == MODEL_SOF)
		return model.sensed;
	if (kind == MODEL_RDF && value == form_value()) {
		wrong = true;
		model.cell[at] = reads_only_wrong() ? value : !value;
	}
	if (kind == MODEL_DRDF && value == form_value())
		model.cell[at] = !value;
	if (at == model.fault.aggressor)
		couple(value, value, false);
	settle();
	return value ^ wrong;
}

/* The forms of AF: the address of v leads to a; to none; to v and a, which pull to 0; or to 1. */
enum { AF_OTHER, AF_NONE, AF_AND, AF_OR };

static void address_write(unsigned int at, bool value)
{
	unsigned int form = model.fault.form, other = model.fault.aggressor;

	if (model.fault.kind != MODEL_AF || at != model.fault.victim) {
		cell_write(at, value);
		return;
	}
	if (form == AF_AND || form == AF_OR)
		cell_write(at, value);
	if (form != AF_NONE)
		cell_write(other, value);
}

static bool address_read(unsigned int at)
{
	unsigned int other = model.fault.aggressor;
	bool value;

	if (model.fault.kind != MODEL_AF || at != model.fault.victim) {
		value = cell_read(at);
	} else if (model.fault.form == AF_NONE) {
		value = model.sensed;
	} else {
		value = cell_read(other);
		if (model.fault.form == AF_AND)
			value &= cell_read(at);
		else if (model.fault.form != AF_OTHER)
			value |= cell_read(at);
	}
	model.sensed = value;
	return value;
}

void model_power_up(const struct model_fault *fault, bool cells)
{
	memset(model.cell, cells, sizeof(model.cell));
	model.fault = *fault;
	model.sensed = cells;
	if (!model_has_aggressor(fault->kind < MODEL_KINDS ? fault->kind : MODEL_SAF))
		model.fault.aggressor = MODEL_CELLS;
	settle();
}

/* The bit of the line that is a cell; the line with that bit as it was read. */
static bool bit_of(const struct march_pattern *pattern, size_t done, bool down)
{
	return march_word(pattern, done, MODEL_BIT / 64, down) >> MODEL_BIT % 64 & 1;
}

static bool do_op(unsigned int at, size_t done, const struct march_visit *visit, uint32_t op,
		  struct march_seen *ret_seen)
{
	const struct march_pattern *pattern = visit->by[op & 1];
	bool value = bit_of(pattern, done, visit->down);
	unsigned int k;

	if (op & 2) {
		address_write(at, value);
		return true;
	}
	if (address_read(at) == value)
		return true;
	for (k = 0; k < MARCH_WORDS; k++)
		ret_seen->word[k] = march_word(pattern, done, k, visit->down);
	ret_seen->word[MODEL_BIT / 64] ^= 1ULL << MODEL_BIT % 64;
	return false;
}

static size_t model_visit(void *memory, size_t lines, const struct march_visit *visit,
			  struct march_seen *ret_seen)
{
	size_t first = (size_t)((unsigned char *)memory - lines_of_it) / MARCH_LINE, done;
	unsigned int op;

	for (done = 0; done < lines; done++) {
		size_t at = first + (visit->down ? lines - 1 - done : done);

		for (op = 0; op < MARCH_OPS && MARCH_OP(visit->ops, op); op++) {
			if (do_op((unsigned int)at, done, visit, MARCH_OP(visit->ops, op),
				  ret_seen))
				continue;
			ret_seen->op = op;
			return done;
		}
	}
	return done;
}

const struct march_impl model_impl = { .visit = model_visit };
