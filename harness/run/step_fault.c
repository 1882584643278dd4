/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A fault on a worker ends that worker only. The handler runs on a stack of its own and finds its
 * thread through that stack: the thread's address lies just below it. So no variable is shared, and
 * a worker that ran over its stack is caught too.
 */
#include "harness/run/step_parts.h"

#include "harness/base/auto.h"
#include "harness/base/memory.h"

#include <signal.h>
#include <string.h>
#include <ucontext.h>

enum { FAULT_STACK = 65536, FAULT_HEAD = 64 };

static void on_fault(int number, siginfo_t *info, void *context)
{
	const stack_t *stack = &((const ucontext_t *)context)->uc_stack;
	struct step_thread *thread = NULL;

	if (stack->ss_sp && !(stack->ss_flags & SS_DISABLE) && stack->ss_size == FAULT_STACK)
		memcpy(&thread, (const char *)stack->ss_sp - FAULT_HEAD, sizeof(thread));
	if (!thread || info->si_code <= 0) {
		/* Not a worker, or sent by somebody: it ends the process as if we were not here. */
		signal(number, SIG_DFL);
		raise(number);
		return;
	}
	thread->fault_signal = number;
	thread->fault_code = info->si_code;
	thread->fault_address = info->si_addr;
	siglongjmp(thread->escape, 1);
}

void step_fault_install(void)
{
	static const int number[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	size_t i;

	sigemptyset(&action.sa_mask);
	for (i = 0; i < ARRAY_SIZE(number); i++)
		sigaction(number[i], &action, NULL);
}

bool step_fault_guard(struct step_thread *thread, void (*work)(struct step_thread *thread))
{
	char *memory = mem_zalloc(FAULT_HEAD + FAULT_STACK);
	stack_t stack = { .ss_sp = memory + FAULT_HEAD, .ss_size = FAULT_STACK };
	stack_t before;
	bool whole;

	memcpy(memory, &thread, sizeof(thread));
	sigaltstack(&stack, &before);
	whole = !sigsetjmp(thread->escape, 1);
	if (whole)
		work(thread);
	whole = !thread->fault_signal;
	sigaltstack(&before, NULL);
	free(memory);
	return whole;
}
