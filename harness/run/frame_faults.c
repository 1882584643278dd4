/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/frame_faults.h"

#include "harness/base/json_read.h"
#include "harness/model/json_noun.h"

#include <unistd.h>

void frame_faults_take(struct worker_line *line, struct frame_faults *ret_faults)
{
	const struct worker_faults *faults = &line->faults;
	uint64_t pages = atomic_load(&faults->pages);
	size_t i;

	*ret_faults = (struct frame_faults){
		.bits = atomic_load(&faults->bits),
		.address_and = atomic_load(&faults->address_and),
		.address_or = atomic_load(&faults->address_or),
		.pages = pages < WORKER_PAGES ? (size_t)pages : WORKER_PAGES,
	};
	ret_faults->more = pages > WORKER_PAGES;
	if (pages)
		ret_faults->page_bytes = (uint64_t)sysconf(_SC_PAGESIZE);
	for (i = 0; i < ret_faults->pages; i++)
		ret_faults->page[i] = atomic_load(&faults->page[i]);
}

void frame_faults_write(struct json_writer *w, const struct frame_faults *faults)
{
	size_t i;

	if (!faults->bits)
		return;
	json_begin_object(w, "faults");
	json_hex(w, "address_and", faults->address_and);
	json_hex(w, "address_or", faults->address_or);
	json_hex(w, "bits", faults->bits);
	json_bool(w, "more", faults->more);
	json_count(w, "page_bytes", faults->page_bytes);
	json_begin_array(w, "pages");
	for (i = 0; i < faults->pages; i++) {
		json_begin_object(w, NULL);
		json_hex(w, "physical", faults->page[i]);
		json_end(w);
	}
	json_end(w);
	json_end(w);
}

int frame_faults_read(const json_t *worker, const char *where, struct frame_faults *ret_faults,
		      struct err *err)
{
	json_t *object, *pages;
	size_t i;

	*ret_faults = (struct frame_faults){ .bits = 0 };
	if (!json_object_get(worker, "faults"))
		return 0;
	if (json_get_object(worker, "faults", where, &object, err) < 0 ||
	    json_get_hex(object, "address_and", where, &ret_faults->address_and, err) < 0 ||
	    json_get_hex(object, "address_or", where, &ret_faults->address_or, err) < 0 ||
	    json_get_hex(object, "bits", where, &ret_faults->bits, err) < 0 ||
	    json_get_bool(object, "more", where, &ret_faults->more, err) < 0 ||
	    json_get_count(object, "page_bytes", where, &ret_faults->page_bytes, err) < 0 ||
	    json_get_array(object, "pages", where, &pages, err) < 0)
		return ERR_INPUT;
	ret_faults->pages = json_array_size(pages);
	if (ret_faults->pages > WORKER_PAGES)
		return err_set(err, ERR_INPUT, "%s: key '%s' is out of range", where, "pages");
	for (i = 0; i < ret_faults->pages; i++) {
		if (json_get_hex(json_array_get(pages, i), "physical", where, &ret_faults->page[i],
				 err) < 0)
			return ERR_INPUT;
	}
	return 0;
}
