/* SPDX-License-Identifier: GPL-3.0-or-later */
/* No fault is ever planted by an ordinary build: inject.h. */
#include "harness/run/inject.h"

int inject_parse(const char *text, struct inject *inject, struct err *err)
{
	(void)text;
	(void)inject;
	return err_set(err, ERR_UNSUPPORTED,
		       "this program plants no faults; 'make injected' builds one that does");
}

void inject_begin(const struct inject *inject, struct step_child *child)
{
	(void)inject;
	(void)child;
}

void inject_end(struct step_child *child)
{
	(void)child;
}

void inject_samples(const struct inject *inject, const struct series *series, size_t count,
		    int64_t run_ns, struct sample *sample)
{
	(void)inject;
	(void)series;
	(void)count;
	(void)run_ns;
	(void)sample;
}
