/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SYS_FACTS_ARCH_H
#define SYS_FACTS_ARCH_H
/*
 * What differs between architectures in facts.c: the id registers, each as one fact, in any order;
 * one file harness/sys/arch/ARCH/facts_arch.c each.
 */
struct facts_sink {
	void (*each)(void *context, const char *name, const char *value);
	void *context;
};

/* `value` is a format. */
void facts_emit(const struct facts_sink *sink, const char *name, const char *value, ...)
	__attribute__((format(printf, 3, 4)));

void facts_arch_each(const struct facts_sink *sink);
extern const char facts_arch_name[];

#endif
