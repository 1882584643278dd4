/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the kernel shows no frame numbers (not root), the tests prove that this is said. */
#include "harness/base/json_read.h"
#include "harness/run/frames.h"
#include "harness/sys/pagemap.h"
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGES = 16, BLOCK = 64, MANY = 2 * BLOCK };

static size_t page(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* Locked, so that nothing is moved or swapped between two looks. */
static char *pages_of(int fd, size_t count)
{
	char *memory = mmap(NULL, count * page(), PROT_READ | PROT_WRITE,
			    fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED, fd, 0);

	ck_assert_ptr_ne(memory, MAP_FAILED);
	memset(memory, 1, count * page());
	mlock(memory, count * page());
	return memory;
}

static uint64_t bytes_of(const struct frames *set, struct sysroot *root)
{
	struct node_bytes node[FRAMES_NODES];
	size_t count = frames_by_node(set, root, node, FRAMES_NODES);
	const struct node_bytes_list list = { .node = node, .count = count };

	return node_bytes_sum(&list);
}

START_TEST(a_frame_that_is_mapped_twice_counts_once)
{
	struct sysroot *root = sysroot_open(NULL, NULL);
	int fd = memfd_create("frames", 0);
	struct frames *set = frames_new(NULL);
	char *one, *two;
	bool shown;

	ck_assert_int_eq(ftruncate(fd, (off_t)(PAGES * page())), 0);
	one = pages_of(fd, PAGES);
	two = pages_of(fd, PAGES);
	shown = pagemap_physical(one);
	ck_assert(frames_add(set, one, PAGES * page()) == shown);
	ck_assert(frames_add(set, two, PAGES * page()) == shown);
	ck_assert_uint_eq(bytes_of(set, root), shown ? PAGES * page() : 0);
	frames_free(set);
	sysroot_free(root);
	close(fd);
}
END_TEST

START_TEST(only_frames_of_both_sets_are_left_when_they_meet)
{
	struct sysroot *root = sysroot_open(NULL, NULL);
	struct frames *before = frames_new(NULL), *after = frames_new(NULL);
	char *memory = pages_of(-1, PAGES);
	bool shown = pagemap_physical(memory);

	frames_add(before, memory, PAGES / 2 * page());
	frames_add(after, memory + PAGES / 4 * page(), PAGES / 2 * page());
	frames_meet(after, before);
	ck_assert_uint_eq(bytes_of(after, root), shown ? PAGES / 4 * page() : 0);
	frames_free(before);
	frames_free(after);
	sysroot_free(root);
}
END_TEST

START_TEST(pages_that_nobody_touched_are_not_counted)
{
	struct frames *set = frames_new(NULL);
	void *memory = mmap(NULL, PAGES * page(), PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert(!frames_add(set, memory, PAGES * page()));
	frames_free(set);
}
END_TEST

/* Blocks of 64 pages: that of the first page is node 3's, that of another page has no node. */
START_TEST(frames_are_counted_by_the_node_that_their_block_of_memory_belongs_to)
{
	char *memory = pages_of(-1, MANY);
	uint64_t frame[MANY];
	struct node_bytes node[FRAMES_NODES];
	struct frames *set = frames_new(NULL);
	struct sysroot *root;
	struct tree tree = tree_make();
	char path[128], text[32];
	size_t other = 1;

	snprintf(text, sizeof(text), "%zx\n", BLOCK * page());
	tree_file(&tree, "sys/devices/system/memory/block_size_bytes", text);
	if (!pagemap_frames(memory, frame, MANY)) {
		tree_remove(&tree);
		return;
	}
	snprintf(path, sizeof(path), "sys/devices/system/node/node3/memory%lu/online",
		 (unsigned long)frame[0] / BLOCK);
	tree_file(&tree, path, "1\n");
	root = sysroot_open(tree_path(&tree, ""), NULL);
	while (frame[other] / BLOCK == frame[0] / BLOCK)
		other++;
	ck_assert(frames_add(set, memory, page()));
	ck_assert(frames_add(set, memory + other * page(), page()));
	ck_assert_uint_eq(frames_by_node(set, root, node, FRAMES_NODES), 2);
	ck_assert_int_eq(node[0].node, NODE_UNKNOWN);
	ck_assert_int_eq(node[1].node, 3);
	ck_assert_uint_eq(node[1].bytes, page());
	sysroot_free(root);
	frames_free(set);
	tree_remove(&tree);
}
END_TEST

START_TEST(what_lies_in_a_range_of_addresses_is_counted_to_the_frame)
{
	struct frames *set = frames_new(NULL);
	char *memory = mmap(NULL, PAGES * page(), PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	uint64_t physical = pagemap_physical(memory), all;

	ck_assert_ptr_ne(memory, MAP_FAILED);
	if (physical && frames_add(set, memory, PAGES * page())) {
		all = frames_within(set, 0, UINT64_MAX);
		ck_assert_uint_eq(all, PAGES * page());
		ck_assert_uint_eq(frames_within(set, physical, physical + page() - 1), page());
		ck_assert_uint_eq(frames_within(set, 0, physical - 1) +
					  frames_within(set, physical, UINT64_MAX), all);
		ck_assert_uint_eq(frames_within(set, physical + 1, physical + page() - 1), 0);
	} else {
		ck_assert_uint_eq(frames_within(set, 0, UINT64_MAX), 0);
	}
	munmap(memory, PAGES * page());
	frames_free(set);
}
END_TEST

static int read_text(const char *text)
{
	struct arena arena = ARENA_INIT;
	struct node_bytes_list list;
	json_t *root = json_read(text, strlen(text), "text", NULL);
	int code = node_bytes_read(root, "text", &arena, &list, NULL);

	json_release(&root);
	arena_release(&arena);
	return code;
}

START_TEST(nodes_must_ascend_and_be_there)
{
	ck_assert_int_eq(read_text("{}"), 0);
	ck_assert_int_eq(
		read_text("{\"frames\":[{\"bytes\":1,\"node\":-1},{\"bytes\":0,\"node\":2}]}"), 0);
	ck_assert_int_eq(read_text("{\"frames\":[]}"), ERR_INPUT);
	ck_assert_int_eq(read_text("{\"frames\":[{\"bytes\":1,\"node\":-2}]}"), ERR_INPUT);
	ck_assert_int_eq(read_text("{\"frames\":[{\"bytes\":1,\"node\":2},{\"bytes\":1,\"node\":2}]}"),
			 ERR_INPUT);
	ck_assert_int_eq(read_text("{\"frames\":[{\"node\":2}]}"), ERR_INPUT);
}
END_TEST

UNIT_MAIN("frames", what_lies_in_a_range_of_addresses_is_counted_to_the_frame,
	  a_frame_that_is_mapped_twice_counts_once,
	  only_frames_of_both_sets_are_left_when_they_meet,
	  pages_that_nobody_touched_are_not_counted,
	  frames_are_counted_by_the_node_that_their_block_of_memory_belongs_to,
	  nodes_must_ascend_and_be_there)
