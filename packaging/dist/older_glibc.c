/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linked into the program of a tarball only: what the libraries in it, and the headers that they and
 * the program were compiled with, ask of the C library in a version younger than the systems the
 * tarball is for, given by what those have.
 */
#ifdef FIRST_GLIBC
/*
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

#else
/*
 * The headers of glibc 2.38 turn these functions into those of C23, which also take binary numbers
 * ("0b101"). Nothing here writes or expects any. No header is included: it would rename them, too.
 */
typedef __builtin_va_list list;
struct file;
long strtol(const char *text, char **end, int base);
unsigned long strtoul(const char *text, char **end, int base);
long long strtoll(const char *text, char **end, int base);
unsigned long long strtoull(const char *text, char **end, int base);
__INTMAX_TYPE__ strtoimax(const char *text, char **end, int base);
__UINTMAX_TYPE__ strtoumax(const char *text, char **end, int base);
int __isoc99_vsscanf(const char *text, const char *format, list arguments);
int __isoc99_vfscanf(struct file *file, const char *format, list arguments);
long __isoc23_strtol(const char *text, char **end, int base);
unsigned long __isoc23_strtoul(const char *text, char **end, int base);
long long __isoc23_strtoll(const char *text, char **end, int base);
unsigned long long __isoc23_strtoull(const char *text, char **end, int base);
__INTMAX_TYPE__ __isoc23_strtoimax(const char *text, char **end, int base);
__UINTMAX_TYPE__ __isoc23_strtoumax(const char *text, char **end, int base);
int __isoc23_vfscanf(struct file *file, const char *format, list arguments);
int __isoc23_sscanf(const char *text, const char *format, ...);
int __isoc23_fscanf(struct file *file, const char *format, ...);

long __isoc23_strtol(const char *text, char **end, int base)
{
	return strtol(text, end, base);
}

unsigned long __isoc23_strtoul(const char *text, char **end, int base)
{
	return strtoul(text, end, base);
}

long long __isoc23_strtoll(const char *text, char **end, int base)
{
	return strtoll(text, end, base);
}

unsigned long long __isoc23_strtoull(const char *text, char **end, int base)
{
	return strtoull(text, end, base);
}

__INTMAX_TYPE__ __isoc23_strtoimax(const char *text, char **end, int base)
{
	return strtoimax(text, end, base);
}

__UINTMAX_TYPE__ __isoc23_strtoumax(const char *text, char **end, int base)
{
	return strtoumax(text, end, base);
}

int __isoc23_vfscanf(struct file *file, const char *format, list arguments)
{
	return __isoc99_vfscanf(file, format, arguments);
}

int __isoc23_sscanf(const char *text, const char *format, ...)
{
	list arguments;
	int count;

	__builtin_va_start(arguments, format);
	count = __isoc99_vsscanf(text, format, arguments);
	__builtin_va_end(arguments);
	return count;
}

int __isoc23_fscanf(struct file *file, const char *format, ...)
{
	list arguments;
	int count;

	__builtin_va_start(arguments, format);
	count = __isoc99_vfscanf(file, format, arguments);
	__builtin_va_end(arguments);
	return count;
}
#endif
