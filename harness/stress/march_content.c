/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/auto.h"
#include "harness/base/memory.h"
#include "harness/stress/march_run.h"
#include "harness/stress/mix.h"

#include <stdlib.h>
#include <string.h>

static uint64_t background_word(unsigned int number, unsigned int k)
{
	static const uint64_t inside_word[7] = {
		0,
		0x5555555555555555ULL,
		0x3333333333333333ULL,
		0x0f0f0f0f0f0f0f0fULL,
		0x00ff00ff00ff00ffULL,
		0x0000ffff0000ffffULL,
		0x00000000ffffffffULL,
	};

	if (number < ARRAY_SIZE(inside_word))
		return inside_word[number];
	return k >> (number - ARRAY_SIZE(inside_word)) & 1 ? ~0ULL : 0;
}

static void counted(const struct march *march, const struct march_content *content, size_t at,
		    struct march_pattern *pattern)
{
	uint64_t seed = mix_at(march->worker->seed, content->pass);
	bool address = content->number == MARCH_ADDRESSES;
	unsigned int k;

	pattern->kind = content->number == MARCH_RANDOMS ? MARCH_RANDOM : MARCH_COUNT;
	pattern->step = address ? MARCH_LINE : seed | 1;
	for (k = 0; k < MARCH_WORDS; k++) {
		if (address)
			pattern->word[k] = (uintptr_t)march->memory + at + k * sizeof(uint64_t);
		else
			pattern->word[k] = mix_at(seed, k) + at / MARCH_LINE * pattern->step;
	}
}

void march_content_at(const struct march *march, const struct march_content *content, size_t at,
		      struct march_pattern *ret_pattern, bool down)
{
	unsigned int k;

	memset(ret_pattern, 0, sizeof(*ret_pattern));
	ret_pattern->flip = content->inverse ? ~0ULL : 0;
	if (content->number >= MARCH_TABLES) {
		const struct march_lines *table =
			&march->program->table[content->number - MARCH_TABLES];

		ret_pattern->kind = MARCH_ROWS;
		ret_pattern->row = table->word;
		ret_pattern->rows = table->lines;
		ret_pattern->first = at / MARCH_LINE % table->lines;
	} else if (content->number >= MARCH_BACKGROUNDS) {
		counted(march, content, at, ret_pattern);
	} else {
		for (k = 0; k < MARCH_WORDS; k++)
			ret_pattern->word[k] = background_word(content->number, k);
	}
	if (down)
		ret_pattern->step = -ret_pattern->step;
}

void march_program_add(struct march_program *program, const struct march_algorithm *algorithm,
		       unsigned int content)
{
	program->stage =
		mem_realloc(program->stage, (program->stages + 1) * sizeof(*program->stage));
	program->stage[program->stages++] =
		(struct march_stage){ .algorithm = algorithm, .content = content };
}

uint64_t *march_program_table(struct march_program *program, size_t lines,
			      unsigned int *ret_content)
{
	struct march_lines *table;
	uintptr_t base;

	program->table =
		mem_realloc(program->table, (program->tables + 1) * sizeof(*program->table));
	*ret_content = MARCH_TABLES + (unsigned int)program->tables;
	table = &program->table[program->tables++];
	table->base = mem_zalloc((lines + 1) * MARCH_LINE);
	table->lines = lines;
	base = (uintptr_t)table->base;
	table->word = (uint64_t *)((base + MARCH_LINE - 1) / MARCH_LINE * MARCH_LINE);
	return table->word;
}

void march_program_free(struct march_program *program)
{
	size_t i;

	for (i = 0; i < program->tables; i++)
		free(program->table[i].base);
	free(program->table);
	free(program->stage);
	*program = (struct march_program){ .stages = 0 };
}
