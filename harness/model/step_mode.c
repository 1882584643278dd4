/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/step_mode.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

#include <string.h>

const char *const step_turns_name[] = { "together", "cpu", "core" };

bool step_mode_is_plain(const struct step_mode *mode)
{
	return mode->turns == TURNS_TOGETHER && !mode->load_ns && !mode->idle_ns &&
	       !mode->slice_ns && !mode->kernel_count && !mode->beside && !mode->budget_bytes;
}

bool step_mode_same(const struct step_mode *a, const struct step_mode *b)
{
	return a->turns == b->turns && a->load_ns == b->load_ns && a->idle_ns == b->idle_ns &&
	       a->slice_ns == b->slice_ns && a->budget_bytes == b->budget_bytes &&
	       a->beside == b->beside &&
	       a->kernel_count == b->kernel_count &&
	       (!a->kernel_count ||
		!memcmp(a->kernel, b->kernel, a->kernel_count * sizeof(struct kernel_spec *)));
}

struct step_mode step_mode_copy(struct arena *arena, const struct step_mode *mode)
{
	struct step_mode copy = *mode;

	copy.kernel = arena_copy(arena, mode->kernel, mode->kernel_count * sizeof(*copy.kernel));
	return copy;
}

struct step_mode step_mode_without_code(struct arena *arena, const struct step_mode *mode)
{
	struct step_mode left = step_mode_copy(arena, mode);
	size_t i;

	left.kernel_count = 0;
	for (i = 0; i < mode->kernel_count; i++) {
		if (!mode->kernel[i]->makes_code)
			left.kernel[left.kernel_count++] = mode->kernel[i];
	}
	return left;
}

const char *step_mode_kernels(struct arena *arena, const struct step_mode *mode,
			      const struct kernel_spec *kernel)
{
	if (mode->beside)
		return arena_printf(arena, "%s + %s", kernel->name, mode->beside->name);
	if (mode->kernel_count < 2)
		return kernel->name;
	return arena_printf(arena, "%s + %zu", kernel->name, mode->kernel_count - 1);
}

static void write_positive(struct json_writer *w, const char *key, int64_t value)
{
	if (value)
		json_int(w, key, value);
}

void step_mode_write(struct json_writer *w, const struct step_mode *mode)
{
	size_t i;

	if (step_mode_is_plain(mode))
		return;
	json_begin_object(w, "mode");
	json_text_if(w, "beside", mode->beside ? mode->beside->name : NULL);
	if (mode->budget_bytes)
		json_count(w, "budget_bytes", mode->budget_bytes);
	write_positive(w, "idle_ns", mode->idle_ns);
	if (mode->kernel_count) {
		json_begin_array(w, "kernels");
		for (i = 0; i < mode->kernel_count; i++)
			json_text(w, NULL, mode->kernel[i]->name);
		json_end(w);
	}
	write_positive(w, "load_ns", mode->load_ns);
	write_positive(w, "slice_ns", mode->slice_ns);
	if (mode->turns)
		json_text(w, "turns", step_turns_name[mode->turns]);
	json_end(w);
}

static int read_kernels(const json_t *object, const char *where, const struct kernel_table *kernels,
			struct arena *arena, struct step_mode *mode, struct err *err)
{
	json_t *array, *name;
	size_t i;

	if (!json_object_get(object, "kernels"))
		return 0;
	if (json_get_array(object, "kernels", where, &array, err) < 0)
		return ERR_INPUT;
	mode->kernel_count = json_array_size(array);
	mode->kernel = arena_array(arena, const struct kernel_spec *, mode->kernel_count);
	json_array_foreach(array, i, name) {
		const char *text = json_is_string(name) ? json_string_value(name) : "";

		mode->kernel[i] = kernel_table_find(kernels, text);
		if (!mode->kernel[i])
			return err_set(err, ERR_INPUT, "%s: this version has no kernel '%s'", where,
				       text);
	}
	return 0;
}

static int read_beside(const json_t *object, const char *where, const struct kernel_table *kernels,
		       struct step_mode *mode, struct err *err)
{
	const char *name;

	if (!json_object_get(object, "beside"))
		return 0;
	if (json_get_text(object, "beside", where, &name, err) < 0)
		return ERR_INPUT;
	mode->beside = kernel_table_find(kernels, name);
	if (mode->beside)
		return 0;
	return err_set(err, ERR_INPUT, "%s: this version has no kernel '%s'", where, name);
}

static int read_number(const json_t *object, const char *key, const char *where, int64_t *ret_value,
		       struct err *err)
{
	if (json_get_int_or(object, key, where, 0, ret_value, err) < 0)
		return ERR_INPUT;
	if (*ret_value < 0)
		return err_set(err, ERR_INPUT, "%s: key '%s' is out of range", where, key);
	return 0;
}

/* Edges have both halves, kernels that take turns a slice, or a step would divide by nothing. */
static int check_mode(const struct step_mode *mode, const char *where, struct err *err)
{
	const char *key = NULL;

	if (!mode->load_ns != !mode->idle_ns)
		key = "idle_ns";
	if (!mode->kernel_count != !mode->slice_ns)
		key = "slice_ns";
	if (!key)
		return 0;
	return err_set(err, ERR_INPUT, "%s: key '%s' is out of range", where, key);
}

int step_mode_read(const json_t *step, const char *where, const struct kernel_table *kernels,
		   struct arena *arena, struct step_mode *mode, struct err *err)
{
	unsigned int turns = TURNS_TOGETHER;
	json_t *object;

	if (!json_object_get(step, "mode"))
		return 0;
	if (json_get_object(step, "mode", where, &object, err) < 0 ||
	    read_number(object, "idle_ns", where, &mode->idle_ns, err) < 0 ||
	    read_number(object, "load_ns", where, &mode->load_ns, err) < 0 ||
	    read_number(object, "slice_ns", where, &mode->slice_ns, err) < 0 ||
	    read_beside(object, where, kernels, mode, err) < 0 ||
	    read_kernels(object, where, kernels, arena, mode, err) < 0)
		return ERR_INPUT;
	if (json_object_get(object, "budget_bytes") &&
	    json_get_count(object, "budget_bytes", where, &mode->budget_bytes, err) < 0)
		return ERR_INPUT;
	if (json_object_get(object, "turns") &&
	    json_get_word(object, "turns", where, step_turns_name, STEP_TURNS_COUNT, &turns,
			  err) < 0)
		return ERR_INPUT;
	mode->turns = (enum step_turns)turns;
	return check_mode(mode, where, err);
}
