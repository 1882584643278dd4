/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/model/json_noun.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"

#include <stdlib.h>
#include <string.h>

void json_count(struct json_writer *w, const char *key, uint64_t count)
{
	json_int(w, key, count < JSON_INT_MAX ? (int64_t)count : JSON_INT_MAX);
}

int json_get_count(const json_t *object, const char *key, const char *where, uint64_t *ret_count,
		   struct err *err)
{
	int64_t number;

	if (json_get_int(object, key, where, &number, err) < 0)
		return ERR_INPUT;
	if (number < 0)
		return err_set(err, ERR_INPUT, "%s: key '%s' must not be negative", where, key);
	*ret_count = (uint64_t)number;
	return 0;
}

int json_get_copy(const json_t *object, const char *key, const char *where, struct arena *arena,
		  const char **ret_text, struct err *err)
{
	const char *text;

	if (json_get_text(object, key, where, &text, err) < 0)
		return ERR_INPUT;
	*ret_text = arena_strdup(arena, text);
	return 0;
}

int json_get_copy_or(const json_t *object, const char *key, const char *where,
		     struct arena *arena, const char **ret_text, struct err *err)
{
	const char *text;

	if (json_get_text_or(object, key, where, NULL, &text, err) < 0)
		return ERR_INPUT;
	*ret_text = text ? arena_strdup(arena, text) : NULL;
	return 0;
}

int json_get_digest(const json_t *object, const char *key, const char *where,
		    char ret_digest[DIGEST_TEXT_SIZE], struct err *err)
{
	const char *text;

	if (json_get_text(object, key, where, &text, err) < 0)
		return ERR_INPUT;
	if (strlen(text) != DIGEST_TEXT_SIZE - 1 ||
	    strspn(text, "0123456789abcdef") != DIGEST_TEXT_SIZE - 1)
		return err_set(err, ERR_INPUT, "%s: key '%s' must be a digest of 64 hex digits",
			       where, key);
	memcpy(ret_digest, text, DIGEST_TEXT_SIZE);
	return 0;
}

int json_get_word(const json_t *object, const char *key, const char *where,
		  const char *const name[], size_t count, unsigned int *ret_index,
		  struct err *err)
{
	const char *text;
	size_t i;

	if (json_get_text(object, key, where, &text, err) < 0)
		return ERR_INPUT;
	for (i = 0; i < count; i++) {
		if (!strcmp(name[i], text)) {
			*ret_index = (unsigned int)i;
			return 0;
		}
	}
	return err_set(err, ERR_INPUT, "%s: key '%s' cannot be '%s'", where, key, text);
}

void json_bound(struct json_writer *w, const char *key, int64_t value)
{
	if (value != INT64_MIN && value != INT64_MAX)
		json_int(w, key, value);
}

int json_get_bound(const json_t *object, const char *key, const char *where, int64_t absent,
		   int64_t *ret_value, struct err *err)
{
	return json_get_int_or(object, key, where, absent, ret_value, err);
}

void json_cpus(struct json_writer *w, const char *key, const unsigned int *cpu, size_t count)
{
	size_t i;

	json_begin_array(w, key);
	for (i = 0; i < count; i++)
		json_int(w, NULL, cpu[i]);
	json_end(w);
}

int json_get_cpus(const json_t *object, const char *key, const char *where, struct arena *arena,
		  unsigned int **ret_cpu, size_t *ret_count, struct err *err)
{
	unsigned int *cpu;
	json_t *array;
	json_t *value;
	size_t i;

	if (json_get_array(object, key, where, &array, err) < 0)
		return ERR_INPUT;
	cpu = arena_array(arena, unsigned int, json_array_size(array));
	json_array_foreach(array, i, value) {
		if (!json_is_integer(value) || json_integer_value(value) < 0 ||
		    json_integer_value(value) > INT32_MAX)
			return err_set(err, ERR_INPUT, "%s: key '%s' must hold numbers of cpus",
				       where, key);
		cpu[i] = (unsigned int)json_integer_value(value);
	}
	*ret_cpu = cpu;
	*ret_count = json_array_size(array);
	return 0;
}

void params_write(struct json_writer *w, const char *key, const struct param_value *param,
		  size_t count)
{
	size_t i;

	json_begin_object(w, key);
	for (i = 0; i < count; i++) {
		const struct param_spec *spec = param[i].spec;
		size_t length;
		const char *word;
		AUTO_FREE char *copy = NULL;

		if (spec->kind != PARAM_CHOICE) {
			json_count(w, spec->name, param[i].value);
			continue;
		}
		word = param_choice(spec, param[i].value, &length);
		copy = word ? strndup(word, length) : NULL;
		json_text(w, spec->name, copy);
	}
	json_end(w);
}

static int read_param(const char *where, const struct param_spec *spec, const json_t *value,
		      uint64_t *ret_value, struct err *err)
{
	int index;

	if (spec->kind != PARAM_CHOICE && json_is_integer(value) &&
	    json_integer_value(value) >= 0) {
		*ret_value = (uint64_t)json_integer_value(value);
		return 0;
	}
	if (spec->kind == PARAM_CHOICE && json_is_string(value)) {
		index = param_choice_index(spec, json_string_value(value));
		if (index >= 0) {
			*ret_value = (uint64_t)index;
			return 0;
		}
	}
	return err_set(err, ERR_INPUT, "%s: parameter '%s' has a wrong value", where, spec->name);
}

static int compare_params(const void *a, const void *b)
{
	const struct param_value *x = a, *y = b;

	return strcmp(x->spec->name, y->spec->name);
}

int params_read(const json_t *object, const char *where, const struct kernel_spec *kernel,
		struct arena *arena, struct param_value **ret_param, size_t *ret_count,
		struct err *err)
{
	size_t count = json_object_size(object);
	struct param_value *param = arena_array(arena, struct param_value, count);
	const char *name;
	json_t *value;
	size_t i = 0;

	json_object_foreach((json_t *)object, name, value) {
		param[i].spec = kernel_spec_param(kernel, name);
		if (!param[i].spec)
			return err_set(err, ERR_INPUT, "%s: kernel '%s' has no parameter '%s'",
				       where, kernel->name, name);
		if (read_param(where, param[i].spec, value, &param[i].value, err) < 0)
			return ERR_INPUT;
		i++;
	}
	if (count)
		qsort(param, count, sizeof(*param), compare_params);
	*ret_param = param;
	*ret_count = count;
	return 0;
}

void guard_write(struct json_writer *w, const char *key, const struct guard_rule *rule,
		 size_t count)
{
	size_t i;

	json_begin_array(w, key);
	for (i = 0; i < count; i++) {
		json_begin_object(w, NULL);
		json_text(w, "component", rule[i].component);
		json_int(w, "hold_ns", rule[i].hold_ns);
		json_int(w, "max_plausible", rule[i].max_plausible);
		json_text(w, "metric", rule[i].metric);
		json_int(w, "min_plausible", rule[i].min_plausible);
		json_int(w, "silent_ns", rule[i].silent_ns);
		json_bound(w, "stop", rule[i].stop);
		json_bound(w, "throttle", rule[i].throttle);
		json_end(w);
	}
	json_end(w);
}

int guard_read(const json_t *array, const char *where, struct arena *arena,
	       struct guard_rule **ret_rule, size_t *ret_count, struct err *err)
{
	struct guard_rule *rule = arena_array(arena, struct guard_rule, json_array_size(array));
	json_t *object;
	size_t i;

	json_array_foreach((json_t *)array, i, object) {
		struct guard_rule *r = &rule[i];

		if (json_get_copy(object, "component", where, arena, &r->component, err) < 0 ||
		    json_get_int(object, "hold_ns", where, &r->hold_ns, err) < 0 ||
		    json_get_int(object, "max_plausible", where, &r->max_plausible, err) < 0 ||
		    json_get_copy(object, "metric", where, arena, &r->metric, err) < 0 ||
		    json_get_int(object, "min_plausible", where, &r->min_plausible, err) < 0 ||
		    json_get_int(object, "silent_ns", where, &r->silent_ns, err) < 0 ||
		    json_get_bound(object, "stop", where, INT64_MAX, &r->stop, err) < 0 ||
		    json_get_bound(object, "throttle", where, INT64_MAX, &r->throttle, err) < 0)
			return ERR_INPUT;
	}
	*ret_rule = rule;
	*ret_count = json_array_size(array);
	return 0;
}
