/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_INJECT_REGISTERS_H
#define RUN_INJECT_REGISTERS_H
/*
 * Flip one bit of the vector registers that a signal interrupted: `context` is what the handler got,
 * and the kernel loads them from there when it returns. Vector registers hold data and no addresses.
 */
void inject_register(void *context, unsigned int number);

#endif
