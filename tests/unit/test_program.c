/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/program.h"

#include "harness/base/auto.h"
#include "harness/stress/isa/program_isa.h"
#include "harness/stress/mix.h"
#include "harness/stress/stressor.h"
#include "harness/sys/code.h"
#include "tests/unit/unit.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SEED = 20261123 };

#define TOP	 (1ULL << 63)
#define ONES	 (~0ULL)
#define HALF	 0x3fe0000000000000ULL
#define QUARTER	 0x3fd0000000000000ULL
#define ONE	 0x3ff0000000000000ULL
#define THREE_2	 0x3ff8000000000000ULL
#define MINUS(x) ((x) | TOP)

/* Where the machine lets no program run code of its own, only the interpreter is left. */
static bool code_runs(void)
{
	return !code_allowed(NULL);
}

static struct code_area encoded(const struct program *program)
{
	struct code_area area = CODE_AREA_INIT;

	ck_assert_int_eq(code_area_make(PROGRAM_BYTES, &area, NULL), 0);
	ck_assert_uint_gt(program_encode(program, area.memory, area.size), 0);
	ck_assert_int_eq(code_area_seal(&area, NULL), 0);
	return area;
}

static void go(const struct code_area *area, struct program_state *state)
{
	((program_run *)(uintptr_t)area->memory)(state);
}

static void must_be_same(const struct program *program, const struct program_state *want,
			 const struct program_state *got)
{
	uint64_t word[2][PROGRAM_WORDS];
	size_t i;

	memcpy(word[0], want, sizeof(*want));
	memcpy(word[1], got, sizeof(*got));
	for (i = 0; i < PROGRAM_WORDS; i++)
		ck_assert_msg(word[0][i] == word[1][i], "seed %#lx, %s..., word %zu: %#lx, code: %#lx",
			      (unsigned long)program->seed, program_kind_name(program->op[0].kind), i,
			      (unsigned long)word[0][i], (unsigned long)word[1][i]);
}

/* Interpreted, and by code: both must end alike. */
static void run_both(const struct program *program, struct program_state *state)
{
	struct program_state by_code = *state;
	struct code_area area;

	program_interpret(program, state);
	if (!code_runs())
		return;
	area = encoded(program);
	go(&area, &by_code);
	code_area_release(&area);
	must_be_same(program, state, &by_code);
}

START_TEST(code_ends_as_the_interpreter_says_for_many_seeds)
{
	uint64_t seed, start;

	for (seed = 0; seed < 300 && code_runs(); seed++) {
		struct program program;
		struct code_area area;

		program_make(mix_at(SEED, seed), &program);
		area = encoded(&program);
		for (start = 0; start < 4; start++) {
			struct program_state want, got;

			program_start(mix_at(seed, start), &want);
			got = want;
			program_interpret(&program, &want);
			go(&area, &got);
			must_be_same(&program, &want, &got);
		}
		code_area_release(&area);
	}
}
END_TEST

static const struct {
	enum program_kind kind;
	uint64_t a, b, number, want;
} value_row[] = {
	{ PROGRAM_ADD, ONES, 2, 0, 1 },
	{ PROGRAM_SUB, 1, 2, 0, ONES },
	{ PROGRAM_MUL, ONES, 3, 0, ONES - 2 },
	{ PROGRAM_MUL_HIGH, ONES, 3, 0, 2 },
	{ PROGRAM_DIVIDE, 100, 6, 0, 14 },
	{ PROGRAM_DIVIDE, ONES, 0, 0, ONES },
	{ PROGRAM_REMAINDER, 100, 6, 0, 2 },
	{ PROGRAM_AND, 12, 10, 0, 8 },
	{ PROGRAM_OR, 12, 10, 0, 14 },
	{ PROGRAM_XOR, 12, 10, 0, 6 },
	{ PROGRAM_AND_NOT, 12, 10, 0, 4 },
	{ PROGRAM_SHIFT_LEFT, 3, 65, 0, 6 },
	{ PROGRAM_SHIFT_RIGHT, TOP, 127, 0, 1 },
	{ PROGRAM_SHIFT_SIGNED, TOP, 62, 0, ONES - 1 },
	{ PROGRAM_ROTATE, TOP | 1, 1, 0, 3 },
	{ PROGRAM_ROTATE, TOP | 1, 64, 0, TOP | 1 },
	{ PROGRAM_LESS, 1, ONES, 0, 1 },
	{ PROGRAM_LESS, 1, 1, 0, 0 },
	{ PROGRAM_LESS_SIGNED, 1, ONES, 0, 0 },
	{ PROGRAM_LESS_SIGNED, ONES, 1, 0, 1 },
	{ PROGRAM_MIN, 5, ONES, 0, 5 },
	{ PROGRAM_MIN, ONES, 5, 0, 5 },
	{ PROGRAM_MAX_SIGNED, 5, ONES, 0, 5 },
	{ PROGRAM_MAX_SIGNED, ONES, 5, 0, 5 },
	{ PROGRAM_ADD_32, 0x7fffffff, 0xf00000001, 0, 0xffffffff80000000ULL },
	{ PROGRAM_MUL_32, 0x10000, 0x18000, 0, 0xffffffff80000000ULL },
	{ PROGRAM_EXTEND_8, 0x180, 0, 0, ONES << 7 },
	{ PROGRAM_EXTEND_16, 0x18000, 0, 0, ONES << 15 },
	{ PROGRAM_EXTEND_32, 0x180000000, 0, 0, ONES << 31 },
	{ PROGRAM_SWAP_BYTES, 0x0102030405060708, 0, 0, 0x0807060504030201 },
	{ PROGRAM_ZEROS, 0, 0, 0, 63 },
	{ PROGRAM_ZEROS, 1ULL << 62, 0, 0, 1 },
	{ PROGRAM_CONSTANT, 0, 0, 0xfedcba9876543210ULL, 0xfedcba9876543210ULL },
	{ PROGRAM_CONSTANT, 0, 0, 0x7ff, 0x7ff },
	/* Cell 2 holds 0x8182838485868788. */
	{ PROGRAM_LOAD_8, 17 << 4, 0, 4, 0x87 },
	{ PROGRAM_LOAD_16, 19 << 4, 0, 4, 0xffffffffffff8586ULL },
	{ PROGRAM_LOAD_32, 23 << 4, 0, 4, 0xffffffff81828384ULL },
	{ PROGRAM_LOAD_64, 23, 0, 0, 0x8182838485868788ULL },
};

static const struct {
	enum program_kind kind;
	uint64_t a, b, want;
} real_row[] = {
	{ PROGRAM_REAL_ADD, THREE_2, THREE_2, 0x4008000000000000ULL },
	{ PROGRAM_REAL_ADD, THREE_2, MINUS(THREE_2), 0 },
	{ PROGRAM_REAL_SUB, QUARTER, HALF, MINUS(QUARTER) },
	{ PROGRAM_REAL_MUL, THREE_2, MINUS(THREE_2), MINUS(0x4002000000000000ULL) },
	{ PROGRAM_REAL_DIV, ONE, THREE_2, 0x3fe5555555555555ULL },
	{ PROGRAM_REAL_ROOT, MINUS(QUARTER), 0, HALF },
	{ PROGRAM_SINGLE_ADD, THREE_2, THREE_2, 0x40400000 },
	{ PROGRAM_SINGLE_MUL, THREE_2, MINUS(THREE_2), 0xc0100000 },
	{ PROGRAM_SINGLE_DIV, ONE, THREE_2, 0x3f2aaaab },
	{ PROGRAM_REAL_OF_INTEGERS, ONES, 0, MINUS(ONE) },
	{ PROGRAM_REAL_OF_INTEGERS, 0, 0, 0 },
	{ PROGRAM_REAL_OF_BITS, 0x7ff8123456789abcULL, 0, 0x7ff8123456789abcULL },
	{ PROGRAM_REAL_LESS, MINUS(ONE), HALF, 1 },
	{ PROGRAM_REAL_LESS, ONE, ONE, 0 },
	{ PROGRAM_INTEGER_OF_REAL, MINUS(THREE_2), 0, 0xfffe800000000000ULL },
	{ PROGRAM_BITS_OF_REAL, 0x7ff8123456789abcULL, 0, 0x7ff8123456789abcULL },
};

static uint64_t result_of(enum program_kind kind, uint64_t a, uint64_t b, uint64_t number)
{
	struct program program = {
		.count = 1,
		.op = { { .kind = (unsigned char)kind, .a = 1, .b = 2, .number = number } },
	};
	struct program_state state = { .integer = { 0, a, b } };

	state.cell[2] = 0x8182838485868788ULL;
	run_both(&program, &state);
	return state.integer[0];
}

/* Of one lane, beside other numbers in the other, which are not less. */
static uint64_t real_result_of(enum program_kind kind, unsigned int lane, uint64_t a, uint64_t b)
{
	struct program program = {
		.count = 1,
		.op = { { .kind = (unsigned char)kind, .a = 1, .b = 2, .number = lane } },
	};
	struct program_state state = { .integer = { 0, a, a }, .real = { { 0 }, { ONE, ONE }, { HALF, HALF } } };

	state.integer[2 - lane] = 77;
	state.real[1][lane] = a;
	state.real[2][lane] = b;
	run_both(&program, &state);
	if (program_class(kind) == PROGRAM_TO_REAL)
		return state.real[0][lane];
	return kind == PROGRAM_REAL_LESS ? state.integer[0] >> lane : state.integer[0];
}

START_TEST(each_operation_means_what_it_says)
{
	bool tried[PROGRAM_KIND_COUNT] = { [PROGRAM_REAL_SHUFFLE] = true }; /* below */
	unsigned int lane;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(value_row); i++) {
		tried[value_row[i].kind] = true;
		ck_assert_msg(result_of(value_row[i].kind, value_row[i].a, value_row[i].b,
					value_row[i].number) == value_row[i].want,
			      "%s, row %zu", program_kind_name(value_row[i].kind), i);
	}
	for (i = 0; i < ARRAY_SIZE(real_row) * PROGRAM_LANES; i++) {
		size_t row = i / PROGRAM_LANES;

		lane = i % PROGRAM_LANES;
		tried[real_row[row].kind] = true;
		ck_assert_msg(real_result_of(real_row[row].kind, lane, real_row[row].a,
					     real_row[row].b) == real_row[row].want,
			      "%s, row %zu, lane %u", program_kind_name(real_row[row].kind), row, lane);
	}
	for (i = 0; i < PROGRAM_KIND_COUNT; i++)
		ck_assert_msg(tried[i] == (program_class(i) != PROGRAM_OTHER), "%s", program_kind_name(i));
}
END_TEST

START_TEST(a_shuffle_takes_one_lane_of_each)
{
	static const uint64_t want[][PROGRAM_LANES] = { { 1, 3 }, { 2, 3 }, { 1, 4 }, { 2, 4 } };
	uint64_t number;

	for (number = 0; number < ARRAY_SIZE(want); number++) {
		struct program program = {
			.count = 1,
			.op = { { .kind = PROGRAM_REAL_SHUFFLE, .a = 1, .b = 2, .number = number } },
		};
		struct program_state state = { .real = { { 0 }, { 1, 2 }, { 3, 4 } } };

		run_both(&program, &state);
		ck_assert_mem_eq(state.real[0], want[number], sizeof(want[number]));
	}
}
END_TEST

START_TEST(values_are_added_subtracted_or_exclusive_ored)
{
	static const uint64_t want[PROGRAM_HOW_COUNT] = { 10 + 7, 10 - 7, 0xa ^ 7 };
	int how;

	for (how = 0; how < PROGRAM_HOW_COUNT; how++) {
		struct program program = {
			.count = 1,
			.op = { { .kind = PROGRAM_CONSTANT, .how = (unsigned char)how, .number = 7 } },
		};
		struct program_state state = { .integer = { 10 } };

		run_both(&program, &state);
		ck_assert_uint_eq(state.integer[0], want[how]);
	}
}
END_TEST

START_TEST(stores_change_their_piece_alone_and_an_exchange_both_sides)
{
	struct program program = {
		.count = 6,
		.op = { { .kind = PROGRAM_STORE_8, .a = 1, .b = 2 },
			{ .kind = PROGRAM_STORE_16, .a = 3, .b = 2 },
			{ .kind = PROGRAM_STORE_32, .a = 4, .b = 2 },
			{ .kind = PROGRAM_STORE_64, .a = 5, .b = 2 },
			{ .kind = PROGRAM_EXCHANGE, .d = 6, .a = 7 },
			{ .kind = PROGRAM_ROTATE_OWN, .d = 8, .number = 4 } },
	};
	/* Bytes 1, 10, 20, 24 and 255, which belongs to cell 31. */
	struct program_state state = {
		.integer = { 0, 1, 0x1111111111111111ULL, 11, 23, 31, 77, 255, 0xf000000000000001ULL },
		.cell = { 0xffff, 0xffff0000, 1, 2, [31] = 99 },
	};

	run_both(&program, &state);
	ck_assert_uint_eq(state.cell[0], 0x10ff);
	ck_assert_uint_eq(state.cell[1], 0x11100000);
	ck_assert_uint_eq(state.cell[2], 0x1111111100000001ULL);
	ck_assert_uint_eq(state.cell[3], 0x1111111111111113ULL);
	ck_assert_uint_eq(state.cell[31], 77);
	ck_assert_uint_eq(state.integer[6], 99);
	ck_assert_uint_eq(state.integer[8], 0x1f);
}
END_TEST

/* How often the operation after the one given is done, when it may be skipped or repeated. */
static uint64_t times_done(struct program_op op, uint64_t a, uint64_t b)
{
	struct program program = {
		.count = 3,
		.op = { op, { .kind = PROGRAM_CONSTANT, .number = 1 }, { .kind = PROGRAM_AGAIN, .target = 1 } },
	};
	struct program_state state = { .integer = { 0, a, b } };

	if (op.kind <= PROGRAM_SKIP_BIT)
		program.count = 2;
	run_both(&program, &state);
	return state.integer[0];
}

START_TEST(skips_and_loops_go_where_they_say)
{
	static const struct {
		enum program_kind kind;
		uint64_t a, b, number, times;
	} row[] = {
		{ PROGRAM_SKIP_LESS, 1, ONES, 0, 0 },	     { PROGRAM_SKIP_LESS, ONES, 1, 0, 1 },
		{ PROGRAM_SKIP_LESS, 1, 1, 0, 1 },	     { PROGRAM_SKIP_LESS_SIGNED, ONES, 1, 0, 0 },
		{ PROGRAM_SKIP_LESS_SIGNED, 1, ONES, 0, 1 }, { PROGRAM_SKIP_BIT, 1ULL << 40, 0, 40, 0 },
		{ PROGRAM_SKIP_BIT, 1ULL << 40, 0, 39, 1 },  { PROGRAM_LOOP, 0, 0, 6, 6 },
		{ PROGRAM_LOOP, 0, 0, 1, 1 },		     { PROGRAM_LOOP_BY, 0x1c0, 0, 6, 4 },
		{ PROGRAM_LOOP_BY, 0x1c0, 0, 9, 1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		struct program_op op = { .kind = (unsigned char)row[i].kind, .a = 1, .b = 2, .target = 2,
					 .number = row[i].number };

		ck_assert_msg(times_done(op, row[i].a, row[i].b) == row[i].times, "row %zu", i);
	}
}
END_TEST

START_TEST(every_kind_occurs_and_no_operation_overwrites_its_operands)
{
	unsigned int kind, seen[PROGRAM_KIND_COUNT] = { 0 };
	uint64_t seed;
	size_t i;

	for (seed = 0; seed < 64; seed++) {
		struct program program;

		program_make(mix_at(SEED, seed), &program);
		for (i = 0; i < program.count; i++) {
			const struct program_op *op = &program.op[i];
			enum program_class class = program_class(op->kind);

			seen[op->kind]++;
			if (op->kind == PROGRAM_REAL_OF_INTEGERS || op->kind == PROGRAM_REAL_OF_BITS)
				ck_assert(op->a != op->b);
			else if (class < PROGRAM_FROM_REAL || op->kind == PROGRAM_EXCHANGE)
				ck_assert(op->d != op->a && op->d != op->b && op->a != op->b);
		}
	}
	for (kind = 0; kind < PROGRAM_KIND_COUNT; kind++)
		ck_assert_msg(seen[kind] >= 64, "%s: %u", program_kind_name(kind), seen[kind]);
}
END_TEST

/* Loops are not nested, and no skip leads into, or out of, one. */
START_TEST(jumps_stay_within_their_loop)
{
	uint64_t seed;
	size_t i, k;

	for (seed = 0; seed < 300; seed++) {
		unsigned int loop_of[PROGRAM_OPS + 1] = { 0 }, loops = 0, now = 0;
		struct program program;

		program_make(mix_at(SEED, seed), &program);
		for (i = 0; i < program.count; i++) {
			enum program_kind kind = program.op[i].kind;

			if (kind == PROGRAM_LOOP || kind == PROGRAM_LOOP_BY) {
				ck_assert_uint_eq(now, 0);
				now = ++loops;
				continue;
			}
			loop_of[i] = now;
			if (kind == PROGRAM_AGAIN)
				now = 0;
		}
		ck_assert_uint_eq(now, 0);
		for (i = 0; i < program.count; i++) {
			const struct program_op *op = &program.op[i];

			if (op->kind < PROGRAM_SKIP_LESS || op->kind > PROGRAM_SKIP_BIT)
				continue;
			ck_assert_uint_gt(op->target, i + 1);
			for (k = i; k <= op->target && k < program.count; k++)
				ck_assert_uint_eq(loop_of[k], loop_of[i]);
		}
	}
}
END_TEST

START_TEST(a_bit_flipped_anywhere_at_the_start_reaches_the_end)
{
	uint64_t seed, bit;

	for (seed = 0; seed < 8; seed++) {
		struct program program;
		struct program_state want, got;

		program_make(mix_at(SEED, seed), &program);
		program_start(seed, &want);
		program_interpret(&program, &want);
		for (bit = 0; bit < PROGRAM_WORDS * 64; bit += 61) {
			program_start(seed, &got);
			((unsigned char *)&got)[bit / 8] ^= (unsigned char)(1 << bit % 8);
			program_interpret(&program, &got);
			ck_assert_msg(memcmp(&want, &got, sizeof(want)), "seed %lu, bit %lu",
				      (unsigned long)seed, (unsigned long)bit);
		}
	}
}
END_TEST

START_TEST(no_code_is_written_beyond_the_room_there_is)
{
	static unsigned char room[PROGRAM_BYTES];
	struct program program;
	size_t size;

	program_make(SEED, &program);
	size = program_encode(&program, room, sizeof(room));
	ck_assert_uint_gt(size, 0);
	memset(room, 0xa5, sizeof(room));
	ck_assert_uint_eq(program_encode(&program, room, size - 1), 0);
	ck_assert_uint_eq(room[size - 1], 0xa5);
	ck_assert_uint_eq(program_encode(&program, room, size), size);
	ck_assert_uint_eq(room[size], 0xa5);
}
END_TEST

START_TEST(a_mismatch_names_the_set_and_the_register)
{
	const struct stressor *stressor = stressor_find("cpu.program");
	static _Alignas(128) struct worker_line line;
	struct worker_flip flip = { .armed = true, .checkpoint = 3, .bit = 64 * 17 + 5 };
	struct worker worker = { .line = &line, .end_ns = INT64_MAX, .work_limit = 8, .count = 1,
				 .flip = &flip };
	struct stress_state state = { .folder_fd = -1, .self_test = true };

	if (!code_runs())
		return;
	ck_assert_int_eq(stressor->prepare(&state, NULL), 0);
	ck_assert_int_eq(stressor->run(&state, &worker, NULL), 0);
	stressor->finish(&state);
	ck_assert_uint_eq(line.mismatches, 1);
	ck_assert_uint_eq(line.detail[0].phase, 3);
	ck_assert_uint_eq(line.detail[0].at, 17 * 8);
	ck_assert_uint_eq(line.detail[0].want ^ line.detail[0].got, 1 << 5);
}
END_TEST

/* From now on mprotect() with PROT_EXEC fails, as where SELinux or systemd forbid it. */
static bool forbid_code(void)
{
	static struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = ARRAY_SIZE(filter), .filter = filter };

	return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
	       !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

enum { AS_IT_MUST = 0, OTHERWISE, CANNOT_FORBID };

static int without_code(void)
{
	const struct stressor *stressor = stressor_find("cpu.program");
	struct stress_state state = { .folder_fd = -1, .self_test = true };
	struct err err = ERR_INIT;

	if (!forbid_code())
		return CANNOT_FORBID;
	if (code_allowed(NULL) != ERR_UNSUPPORTED ||
	    stressor->prepare(&state, &err) != ERR_UNSUPPORTED || state.own)
		return OTHERWISE;
	return strstr(err.plain, "lets no program run code") ? AS_IT_MUST : OTHERWISE;
}

START_TEST(where_code_is_forbidden_the_kernel_says_so_and_leaves_nothing)
{
	int status = 0;
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (!pid)
		_exit(without_code());
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	/* User-mode emulators know no such filters. */
	if (WEXITSTATUS(status) != CANNOT_FORBID)
		ck_assert_int_eq(WEXITSTATUS(status), AS_IT_MUST);
}
END_TEST

UNIT_MAIN("program", where_code_is_forbidden_the_kernel_says_so_and_leaves_nothing,
	  code_ends_as_the_interpreter_says_for_many_seeds, each_operation_means_what_it_says,
	  a_shuffle_takes_one_lane_of_each, values_are_added_subtracted_or_exclusive_ored,
	  stores_change_their_piece_alone_and_an_exchange_both_sides, skips_and_loops_go_where_they_say,
	  every_kind_occurs_and_no_operation_overwrites_its_operands, jumps_stay_within_their_loop,
	  a_bit_flipped_anywhere_at_the_start_reaches_the_end, no_code_is_written_beyond_the_room_there_is,
	  a_mismatch_names_the_set_and_the_register)
