/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The canonical JSON form of an effective profile (docs/formats/profile.md): it stands in every
 * record, and its digest is what names a profile.
 */
#include "harness/model/profile.h"

#include "harness/base/auto.h"
#include "harness/base/json_read.h"
#include "harness/model/inventory.h"
#include "harness/model/json_noun.h"

static const char *const rule_name[] = { "present", "absent", "count", "number", "equals",
					 "one-of", "bom" };
static const char *const cpus_name[] = { "all", "one", "list", "cores" };

static void write_expectations(struct json_writer *w, const char *key,
			       const struct expectation *expectation, size_t count)
{
	size_t i, k;

	json_begin_array(w, key);
	for (i = 0; i < count; i++) {
		const struct expectation *e = &expectation[i];

		json_begin_object(w, NULL);
		json_text_if(w, "attribute", e->attribute);
		if (e->bom)
			inventory_write(w, "bom", e->bom);
		json_text(w, "class", e->class);
		json_text(w, "component", e->component);
		json_text_if(w, "file", e->file);
		json_text_if(w, "finding", e->finding);
		json_bound(w, "max", e->max);
		json_bound(w, "min", e->min);
		if (e->optional)
			json_bool(w, "optional", true);
		json_text(w, "rule", rule_name[e->rule]);
		if (e->text_count) {
			json_begin_array(w, "text");
			for (k = 0; k < e->text_count; k++)
				json_text(w, NULL, e->text[k]);
			json_end(w);
		}
		json_end(w);
	}
	json_end(w);
}

static void write_limits(struct json_writer *w, const struct profile *profile)
{
	size_t i;

	json_begin_array(w, "limits");
	for (i = 0; i < profile->limit_count; i++) {
		const struct limit *limit = &profile->limit[i];

		json_begin_object(w, NULL);
		json_text(w, "component", limit->component);
		json_text(w, "finding", limit->finding);
		json_int(w, "hold_ns", limit->hold_ns);
		if (limit->has_max)
			json_int(w, "max", limit->max);
		json_text(w, "metric", limit->metric);
		if (limit->has_min)
			json_int(w, "min", limit->min);
		json_bool(w, "optional", limit->optional);
		json_end(w);
	}
	json_end(w);
}

static void write_step(struct json_writer *w, const struct profile_step *step)
{
	json_begin_object(w, NULL);
	json_count(w, "bytes", step->bytes);
	json_cpus(w, "cpu", step->cpu, step->cpu_count);
	json_text(w, "cpus", cpus_name[step->cpus]);
	json_text_if(w, "disk", step->disk);
	json_int(w, "duration_ns", step->duration_ns);
	json_int(w, "floor_ns", step->floor_ns);
	json_text_if(w, "from", step->from);
	json_text(w, "kernel", step->kernel->name);
	json_int(w, "memory_milli_percent", step->memory_milli_percent);
	json_int(w, "min_coverage_milli_percent", step->min_coverage_milli_percent);
	json_count(w, "min_work", step->min_work);
	step_mode_write(w, &step->mode);
	json_text(w, "name", step->name);
	params_write(w, "params", step->param, step->param_count);
	json_bool(w, "required", step->required);
	json_text_if(w, "to", step->to);
	json_end(w);
}

/* Most profiles erase no disk, and have no such key. */
static void write_fence_disks(struct json_writer *w, const struct profile *profile)
{
	size_t i;

	if (!profile->fence_disk_count)
		return;
	json_begin_array(w, "fence_disks");
	for (i = 0; i < profile->fence_disk_count; i++) {
		const struct fence_disk *disk = &profile->fence_disk[i];

		json_begin_object(w, NULL);
		json_count(w, "budget_bytes", disk->budget_bytes);
		json_int(w, "budget_milli_percent", disk->budget_milli_percent);
		json_bool(w, "disposable", disk->disposable);
		json_text_if(w, "hashes", disk->hashes);
		json_text(w, "model", disk->model);
		json_text(w, "name", disk->name);
		json_text(w, "slot", disk->slot);
		json_end(w);
	}
	json_end(w);
}

static void write_sources(struct json_writer *w, const struct profile *profile)
{
	size_t i;

	json_begin_array(w, "sources");
	for (i = 0; i < profile->source_count; i++) {
		json_begin_object(w, NULL);
		json_text(w, "digest", profile->source[i].digest);
		json_text(w, "name", profile->source[i].name);
		json_end(w);
	}
	json_end(w);
}

void profile_write(struct json_writer *w, const char *key, const struct profile *profile)
{
	size_t i;

	json_begin_object(w, key);
	json_bool(w, "abstract", profile->abstract);
	write_expectations(w, "applies", profile->applies, profile->applies_count);
	json_begin_array(w, "arch");
	for (i = 0; i < profile->arch_count; i++)
		json_text(w, NULL, profile->arch[i]);
	json_end(w);
	json_bool(w, "blind_allowed", profile->blind_allowed);
	json_text_if(w, "blind_approver", profile->blind_approver);
	write_expectations(w, "expect", profile->expectation, profile->expectation_count);
	write_fence_disks(w, profile);
	json_bool(w, "fence_scratch", profile->fence_scratch);
	json_count(w, "fence_scratch_bytes", profile->fence_scratch_bytes);
	guard_write(w, "guard", profile->guard, profile->guard_count);
	write_limits(w, profile);
	json_text(w, "name", profile->name);
	json_bool(w, "scalable", profile->scalable);
	write_sources(w, profile);
	json_text(w, "stage", stage_name(profile->stage));
	json_begin_array(w, "steps");
	for (i = 0; i < profile->step_count; i++)
		write_step(w, &profile->step[i]);
	json_end(w);
	json_text(w, "title_en", profile->title_en);
	json_text(w, "title_zh", profile->title_zh);
	json_int(w, "version", profile->version);
	json_end(w);
}

/* --- reading ---------------------------------------------------------------------------------- */

static int read_texts(const json_t *array, const char *where, struct arena *arena,
		      const char *const **ret_text, size_t *ret_count, struct err *err)
{
	const char **text = arena_array(arena, const char *, json_array_size(array));
	json_t *value;
	size_t i;

	json_array_foreach((json_t *)array, i, value) {
		if (!json_is_string(value))
			return err_set(err, ERR_INPUT, "%s: a list of texts holds something else",
				       where);
		text[i] = arena_strdup(arena, json_string_value(value));
	}
	*ret_text = text;
	*ret_count = json_array_size(array);
	return 0;
}

static int read_bom(const json_t *object, const char *where, struct profile *profile,
		    struct expectation *e, struct err *err)
{
	struct inventory *bom = profile_new_bom(profile);
	json_t *value;

	if (json_get_copy(object, "file", where, &profile->arena, &e->file, err) < 0 ||
	    json_get_object(object, "bom", where, &value, err) < 0)
		return ERR_INPUT;
	e->bom = bom;
	return inventory_read(value, where, bom, err);
}

static int read_expectation(const json_t *object, const char *where, struct profile *profile,
			    struct expectation *e, struct err *err)
{
	struct arena *arena = &profile->arena;
	unsigned int rule;
	json_t *text;

	if (json_get_copy_or(object, "attribute", where, arena, &e->attribute, err) < 0 ||
	    json_get_copy(object, "class", where, arena, &e->class, err) < 0 ||
	    json_get_copy(object, "component", where, arena, &e->component, err) < 0 ||
	    json_get_copy_or(object, "finding", where, arena, &e->finding, err) < 0 ||
	    json_get_bound(object, "max", where, INT64_MAX, &e->max, err) < 0 ||
	    json_get_bound(object, "min", where, INT64_MIN, &e->min, err) < 0 ||
	    json_get_word(object, "rule", where, rule_name, ARRAY_SIZE(rule_name), &rule, err) < 0)
		return ERR_INPUT;
	e->rule = (enum expect_rule)rule;
	if (json_object_get(object, "optional") &&
	    json_get_bool(object, "optional", where, &e->optional, err) < 0)
		return ERR_INPUT;
	if (e->rule == EXPECT_BOM)
		return read_bom(object, where, profile, e, err);
	if (e->rule >= EXPECT_NUMBER && !e->attribute)
		return err_set(err, ERR_INPUT, "%s: key '%s' is missing", where, "attribute");
	if (!json_object_get(object, "text"))
		return 0;
	if (json_get_array(object, "text", where, &text, err) < 0)
		return ERR_INPUT;
	return read_texts(text, where, arena, &e->text, &e->text_count, err);
}

static int read_expectations(const json_t *object, const char *key, const char *where,
			     struct profile *profile, struct expectation **ret_expectation,
			     size_t *ret_count, struct err *err)
{
	struct expectation *expectation;
	json_t *array;
	json_t *member;
	size_t i;

	if (json_get_array(object, key, where, &array, err) < 0)
		return ERR_INPUT;
	expectation = arena_array(&profile->arena, struct expectation, json_array_size(array));
	json_array_foreach(array, i, member) {
		if (read_expectation(member, where, profile, &expectation[i], err) < 0)
			return ERR_INPUT;
	}
	*ret_expectation = expectation;
	*ret_count = json_array_size(array);
	return 0;
}

static int read_limits(const json_t *array, const char *where, struct profile *profile,
		       struct err *err)
{
	struct arena *arena = &profile->arena;
	json_t *object;
	size_t i;

	profile->limit_count = json_array_size(array);
	profile->limit = arena_array(arena, struct limit, profile->limit_count);
	json_array_foreach((json_t *)array, i, object) {
		struct limit *limit = &profile->limit[i];

		limit->has_max = json_object_get(object, "max") != NULL;
		limit->has_min = json_object_get(object, "min") != NULL;
		if (json_get_copy(object, "component", where, arena, &limit->component, err) < 0 ||
		    json_get_copy(object, "finding", where, arena, &limit->finding, err) < 0 ||
		    json_get_int(object, "hold_ns", where, &limit->hold_ns, err) < 0 ||
		    json_get_int_or(object, "max", where, 0, &limit->max, err) < 0 ||
		    json_get_copy(object, "metric", where, arena, &limit->metric, err) < 0 ||
		    json_get_int_or(object, "min", where, 0, &limit->min, err) < 0 ||
		    json_get_bool(object, "optional", where, &limit->optional, err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static int read_step(const json_t *object, const char *where, const struct kernel_table *kernels,
		     struct arena *arena, struct profile_step *step, struct err *err)
{
	unsigned int cpus;
	const char *kernel;
	json_t *params;

	if (json_get_count(object, "bytes", where, &step->bytes, err) < 0 ||
	    json_get_cpus(object, "cpu", where, arena, &step->cpu, &step->cpu_count, err) < 0 ||
	    json_get_word(object, "cpus", where, cpus_name, ARRAY_SIZE(cpus_name), &cpus,
			  err) < 0 ||
	    json_get_copy_or(object, "disk", where, arena, &step->disk, err) < 0 ||
	    json_get_int(object, "duration_ns", where, &step->duration_ns, err) < 0 ||
	    json_get_int(object, "floor_ns", where, &step->floor_ns, err) < 0 ||
	    json_get_copy_or(object, "from", where, arena, &step->from, err) < 0 ||
	    json_get_copy_or(object, "to", where, arena, &step->to, err) < 0 ||
	    json_get_text(object, "kernel", where, &kernel, err) < 0 ||
	    json_get_int(object, "memory_milli_percent", where, &step->memory_milli_percent,
			 err) < 0 ||
	    json_get_int(object, "min_coverage_milli_percent", where,
			 &step->min_coverage_milli_percent, err) < 0 ||
	    json_get_count(object, "min_work", where, &step->min_work, err) < 0 ||
	    step_mode_read(object, where, kernels, arena, &step->mode, err) < 0 ||
	    json_get_copy(object, "name", where, arena, &step->name, err) < 0 ||
	    json_get_object(object, "params", where, &params, err) < 0 ||
	    json_get_bool(object, "required", where, &step->required, err) < 0)
		return ERR_INPUT;
	step->cpus = (enum cpu_choice)cpus;
	step->kernel = kernel_table_find(kernels, kernel);
	if (!step->kernel)
		return err_set(err, ERR_INPUT, "%s: this version has no kernel '%s'", where,
			       kernel);
	return params_read(params, where, step->kernel, arena, &step->param, &step->param_count,
			   err);
}

static int read_fence_disk(const json_t *object, const char *where, struct arena *arena,
			   struct fence_disk *disk, struct err *err)
{
	if (json_get_count(object, "budget_bytes", where, &disk->budget_bytes, err) < 0 ||
	    json_get_int(object, "budget_milli_percent", where, &disk->budget_milli_percent,
			 err) < 0 ||
	    json_get_bool(object, "disposable", where, &disk->disposable, err) < 0 ||
	    json_get_copy_or(object, "hashes", where, arena, &disk->hashes, err) < 0 ||
	    json_get_copy(object, "model", where, arena, &disk->model, err) < 0 ||
	    json_get_copy(object, "name", where, arena, &disk->name, err) < 0)
		return ERR_INPUT;
	return json_get_copy(object, "slot", where, arena, &disk->slot, err);
}

static int read_fence_disks(const json_t *object, const char *where, struct profile *profile,
			    struct err *err)
{
	struct arena *arena = &profile->arena;
	json_t *array, *disk;
	size_t i;

	if (!json_object_get(object, "fence_disks"))
		return 0;
	if (json_get_array(object, "fence_disks", where, &array, err) < 0)
		return ERR_INPUT;
	profile->fence_disk_count = json_array_size(array);
	profile->fence_disk = arena_array(arena, struct fence_disk, profile->fence_disk_count);
	json_array_foreach(array, i, disk) {
		if (read_fence_disk(disk, where, arena, &profile->fence_disk[i], err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static int read_steps(const json_t *array, const char *where, const struct kernel_table *kernels,
		      struct profile *profile, struct err *err)
{
	json_t *object;
	size_t i;

	profile->step_count = json_array_size(array);
	profile->step = arena_array(&profile->arena, struct profile_step, profile->step_count);
	json_array_foreach((json_t *)array, i, object) {
		if (read_step(object, where, kernels, &profile->arena, &profile->step[i], err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static int read_sources(const json_t *array, const char *where, struct profile *profile,
			struct err *err)
{
	json_t *object;
	size_t i;

	profile->source_count = json_array_size(array);
	profile->source =
		arena_array(&profile->arena, struct profile_source, profile->source_count);
	json_array_foreach((json_t *)array, i, object) {
		struct profile_source *source = &profile->source[i];

		if (json_get_digest(object, "digest", where, source->digest, err) < 0 ||
		    json_get_copy(object, "name", where, &profile->arena, &source->name, err) < 0)
			return ERR_INPUT;
	}
	return 0;
}

static int read_scalars(const json_t *object, const char *where, struct profile *profile,
			struct err *err)
{
	struct arena *arena = &profile->arena;
	const char *stage;

	if (json_get_bool(object, "abstract", where, &profile->abstract, err) < 0 ||
	    json_get_bool(object, "blind_allowed", where, &profile->blind_allowed, err) < 0 ||
	    json_get_copy_or(object, "blind_approver", where, arena, &profile->blind_approver,
			     err) < 0 ||
	    json_get_bool(object, "fence_scratch", where, &profile->fence_scratch, err) < 0 ||
	    json_get_count(object, "fence_scratch_bytes", where, &profile->fence_scratch_bytes,
			   err) < 0 ||
	    json_get_copy(object, "name", where, arena, &profile->name, err) < 0 ||
	    json_get_bool(object, "scalable", where, &profile->scalable, err) < 0 ||
	    json_get_text(object, "stage", where, &stage, err) < 0 ||
	    json_get_copy(object, "title_en", where, arena, &profile->title_en, err) < 0 ||
	    json_get_copy(object, "title_zh", where, arena, &profile->title_zh, err) < 0 ||
	    json_get_int(object, "version", where, &profile->version, err) < 0)
		return ERR_INPUT;
	profile->stage = stage_from_name(stage);
	return 0;
}

/* The digest is of the content, so it is made anew and not believed. */
int profile_make_digest(struct profile *profile, struct err *err)
{
	AUTO(buf_release) struct buf text = BUF_INIT;
	struct json_writer w;
	int code;

	json_start(&w, json_buf_sink, &text);
	profile_write(&w, NULL, profile);
	code = json_finish(&w, err);
	if (code < 0)
		return code;
	return digest_sm3_text(text.data, text.size, profile->digest, err);
}

int profile_read(const json_t *object, const char *where, const struct kernel_table *kernels,
		 struct profile *profile, struct err *err)
{
	struct arena *arena = &profile->arena;
	json_t *arch, *guard, *limits, *sources, *steps;

	if (read_scalars(object, where, profile, err) < 0 ||
	    json_get_array(object, "arch", where, &arch, err) < 0 ||
	    json_get_array(object, "guard", where, &guard, err) < 0 ||
	    json_get_array(object, "limits", where, &limits, err) < 0 ||
	    json_get_array(object, "sources", where, &sources, err) < 0 ||
	    json_get_array(object, "steps", where, &steps, err) < 0)
		return ERR_INPUT;
	if (read_texts(arch, where, arena, &profile->arch, &profile->arch_count, err) < 0 ||
	    read_expectations(object, "applies", where, profile, &profile->applies,
			      &profile->applies_count, err) < 0 ||
	    read_expectations(object, "expect", where, profile, &profile->expectation,
			      &profile->expectation_count, err) < 0 ||
	    guard_read(guard, where, arena, &profile->guard, &profile->guard_count, err) < 0 ||
	    read_limits(limits, where, profile, err) < 0 ||
	    read_sources(sources, where, profile, err) < 0 ||
	    read_fence_disks(object, where, profile, err) < 0 ||
	    read_steps(steps, where, kernels, profile, err) < 0)
		return ERR_INPUT;
	return profile_make_digest(profile, err);
}

struct inventory *profile_new_bom(struct profile *profile)
{
	struct profile_bom *bom = arena_new(&profile->arena, struct profile_bom);

	bom->inventory = arena_new(&profile->arena, struct inventory);
	bom->next = profile->bom;
	profile->bom = bom;
	return bom->inventory;
}

void profile_release(struct profile *profile)
{
	struct profile_bom *bom;

	for (bom = profile->bom; bom; bom = bom->next)
		inventory_release(bom->inventory);
	arena_release(&profile->arena);
	*profile = (struct profile)PROFILE_INIT;
}
