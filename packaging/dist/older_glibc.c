/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linked into the program of a tarball only: what the libraries in it ask of the C library in a
 * version younger than the systems it is for, given by the version that those have.
 *
 * exp, log and pow of glibc 2.29 differ from the first ones in how they set errno, which libsensors,
 * their only user, does not read. The linker turns `pow` into `__wrap_pow` (--wrap).
 */
double first_exp(double x);
double first_log(double x);
double first_pow(double x, double y);
double __wrap_exp(double x);
double __wrap_log(double x);
double __wrap_pow(double x, double y);

__asm__(".symver first_exp, exp@GLIBC_" FIRST_GLIBC);
__asm__(".symver first_log, log@GLIBC_" FIRST_GLIBC);
__asm__(".symver first_pow, pow@GLIBC_" FIRST_GLIBC);

double __wrap_exp(double x)
{
	return first_exp(x);
}

double __wrap_log(double x)
{
	return first_log(x);
}

double __wrap_pow(double x, double y)
{
	return first_pow(x, y);
}
