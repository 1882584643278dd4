/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernel on a pair of local sockets behind a send() of the test's own, which does to frames what a bad
 * port would; and on two ports joined by a cable, in a network namespace made here with ip(8). Where that
 * is not allowed or not installed, the test says so and ends.
 */
#include "harness/base/auto.h"
#include "harness/run/port.h"
#include "harness/stress/net_frame.h"
#include "harness/stress/proof.h"
#include "harness/sys/child.h"
#include "harness/sys/clock.h"
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct worker_line line;

/* --- a bad cable ------------------------------------------------------------------------------ */

static struct {
	enum net_fault fault;
	unsigned int frame;	/* the one it is done to, counted from 0 */
	unsigned int count;
	unsigned char kept[NET_FRAME_MOST];
	size_t kept_size;
} bad;

static ssize_t really_send(int fd, const void *data, size_t size)
{
	return syscall(SYS_sendto, fd, data, size, 0, NULL, 0);
}

ssize_t send(int fd, const void *data, size_t size, int flags)
{
	unsigned int number = bad.count++;
	unsigned char other[NET_FRAME_MOST];

	(void)flags;
	if (bad.fault == NET_LATE && number == bad.frame + 1) {
		really_send(fd, data, size);
		return really_send(fd, bad.kept, bad.kept_size) < 0 ? -1 : (ssize_t)size;
	}
	if (!bad.fault || number != bad.frame)
		return really_send(fd, data, size);
	memcpy(other, data, size);
	switch (bad.fault) {
	case NET_BITS:
		other[60] ^= 0x20;
		return really_send(fd, other, size);
	case NET_LOST:
		return (ssize_t)size;
	case NET_TWICE:
		really_send(fd, data, size);
		return really_send(fd, data, size);
	case NET_CUT:
		return really_send(fd, data, size - 1) < 0 ? -1 : (ssize_t)size;
	default:
		memcpy(bad.kept, data, size);
		bad.kept_size = size;
		return (ssize_t)size;
	}
}

/* A port that was asked to make the checksums of some packets, and that may forget to. */
static struct {
	bool forgets;
	unsigned int sums, others;
} port;

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	struct virtio_net_hdr *head = message->msg_iov[0].iov_base;

	*(head->flags & VIRTIO_NET_HDR_F_NEEDS_CSUM ? &port.sums : &port.others) += 1;
	if (port.forgets)
		head->flags = 0;
	return syscall(SYS_sendmsg, fd, message, flags);
}

/* A state whose frames hold that. */
static struct stress_state state_of(enum net_packet packet)
{
	static struct param_value param;

	param = (struct param_value){ kernel_spec_param(stressor_find("net.pair")->spec, "packet"),
				      packet };
	return (struct stress_state){ .folder_fd = -1, .port_fd = { -1, -1 }, .param = &param,
				      .param_count = 1 };
}

static void run_pair(const struct stress_state *state, int64_t end_ns, uint64_t limit)
{
	struct worker worker = { .line = &line, .seed = 5, .count = 1, .end_ns = end_ns,
				 .work_limit = limit };
	struct stress_state copy = *state;
	struct err err = ERR_INIT;

	memset(&line, 0, sizeof(line));
	ck_assert_msg(stressor_find("net.pair")->run(&copy, &worker, &err) == 0, "%s", err.plain);
}

START_TEST(lost_late_double_cut_and_changed_frames_are_told_apart)
{
	const struct worker_mismatch_detail *detail = &line.detail[0];
	unsigned int fault, i;

	for (i = 0; i < 3 * NET_FAULTS; i++) {
		struct stress_state state = state_of((enum net_packet)(i / NET_FAULTS));

		fault = i % NET_FAULTS;
		state.self_test = true;
		memset(&bad, 0, sizeof(bad));
		bad.fault = (enum net_fault)fault;
		bad.frame = 11;	/* of the second burst, which goes the other way */
		run_pair(&state, INT64_MAX, 50000);
		if (!fault) {
			ck_assert_uint_eq(line.mismatches, 0);
			ck_assert_uint_ge(line.work, 50000);
			continue;
		}
		ck_assert_msg(line.mismatches == 1, "%s: %lu", net_fault_name(fault),
			      (unsigned long)line.mismatches);
		ck_assert_msg(detail->phase == ((uint64_t)fault << 56 | 1ULL << 55 | 11), "%s: %llx",
			      net_fault_name(fault), (unsigned long long)detail->phase);
		if (fault == NET_BITS) {
			ck_assert_uint_eq(detail->at, 56);
			ck_assert_uint_eq(detail->want ^ detail->got, 0x20ULL << 32);
		}
	}
	memset(&bad, 0, sizeof(bad));
}
END_TEST

/* The words of a packet are summed as RFC 1071 does it, in another way here. */
static unsigned int sum_of(const unsigned char *data, size_t size)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < size; i++)
		sum += (uint64_t)data[i] << (i & 1 ? 0 : 8);
	return (unsigned int)(sum % 0xffff);
}

START_TEST(the_checksums_of_packets_are_right_and_never_zero)
{
	struct net_frame frame = { .run = 77 };
	unsigned char data[NET_FRAME_MOST + 1], pseudo[12];
	size_t segment, at;
	unsigned int i;

	for (i = 0; i < 200000; i++) {
		frame.packet = i & 1 ? NET_UDP : NET_TCP;
		frame.sequence = i;
		frame.size = NET_PACKET_LEAST + i % 30;
		net_frame_make(&frame, data);
		segment = frame.size - 34;
		memcpy(pseudo, data + 26, 8);
		pseudo[8] = 0;
		pseudo[9] = frame.packet == NET_UDP ? 17 : 6;
		pseudo[10] = (unsigned char)(segment >> 8);
		pseudo[11] = (unsigned char)segment;
		at = frame.packet == NET_UDP ? 40 : 50;
		ck_assert(data[at] || data[at + 1]);
		ck_assert_uint_eq((sum_of(pseudo, 12) + sum_of(data + 34, segment)) % 0xffff, 0);
		ck_assert_uint_eq(sum_of(data + 14, 20), 0);
	}
}
END_TEST

START_TEST(the_kernel_runs_clean_and_finds_each_flipped_bit)
{
	struct err err = ERR_INIT;
	struct proof proof;

	ck_assert_msg(!proof_run(stressor_find("net.pair"), ISA_SCALAR, -1, &proof, &err), "%s",
		      err.text);
	ck_assert_msg(proof_holds(&proof), "%u of %u", proof.found, proof.flips);
}
END_TEST

/* --- the fence -------------------------------------------------------------------------------- */

static bool ip(const char *line_of_words)
{
	AUTO(buf_release) struct buf said = BUF_INIT;
	const char *argv[16] = { "ip" };
	char words[256], *word, *rest = words;
	struct child_end end = { .status = 1 };
	size_t count = 1;

	snprintf(words, sizeof(words), "%s", line_of_words);
	while ((word = strsep(&rest, " ")))
		argv[count++] = word;
	return child_program(argv, 5000000000LL, &said, &end, NULL) == 0 && !end.status && !end.signal;
}

/* Two ports with a cable, in a namespace where nothing else is; /sys shows it. */
static struct sysroot *start(void)
{
	char path[512];

	snprintf(path, sizeof(path), "/usr/sbin:/sbin:%s", getenv("PATH"));
	setenv("PATH", path, 1);
	if ((unshare(CLONE_NEWNET | CLONE_NEWNS) < 0 &&
	     unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) < 0) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("sysfs", "/sys", "sysfs", 0, NULL) < 0 ||
	    !ip("link add porta type veth peer name portb") || !ip("link set porta up") ||
	    !ip("link set portb up")) {
		fprintf(stderr, "not run: no network namespace with ports is allowed here\n");
		return NULL;
	}
	return sysroot_open(NULL, NULL);
}

static void check_refused(struct sysroot *root, const char *why)
{
	struct err err = ERR_INIT;

	ck_assert_msg(port_open(root, "porta", &err) == ERR_UNSUPPORTED, "not refused: %s", why);
	ck_assert_msg(strstr(err.plain, why) != NULL, "%s", err.plain);
}

START_TEST(frames_between_two_ports_come_back_as_they_were_sent)
{
	AUTO(sysroot_free_at) struct sysroot *root = start();
	struct stress_state state = { .folder_fd = -1 };
	struct err err = ERR_INIT;

	if (!root)
		return;
	state.port_fd[0] = port_open(root, "porta", &err);
	ck_assert_msg(state.port_fd[0] >= 0, "%s", err.plain);
	state.port_fd[1] = port_open(root, "portb", &err);
	ck_assert_msg(state.port_fd[1] >= 0, "%s", err.plain);
	run_pair(&state, INT64_MAX, 5000000);
	ck_assert_uint_eq(line.mismatches, 0);
	ck_assert_uint_ge(line.work, 5000000);
	/* The cable is pulled: all frames of a burst are lost, and the kernel comes to its end. */
	ck_assert(ip("link set portb down"));
	run_pair(&state, clock_boot_ns() + 500000000, 0);
	ck_assert_uint_ge(line.mismatches, 64);
	ck_assert_uint_eq(line.detail[0].phase >> 56, NET_LOST);
	close(state.port_fd[0]);
	close(state.port_fd[1]);
}
END_TEST

/* Does the port make the checksums that are left to it, or the kernel before it? */
static bool offload(const char *name, bool on)
{
	struct ethtool_value value = { .cmd = ETHTOOL_STXCSUM, .data = on };
	struct ifreq request = { .ifr_data = (void *)&value };
	AUTO_FD int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	return fd >= 0 && ioctl(fd, SIOCETHTOOL, &request) == 0;
}

START_TEST(checksums_made_by_the_program_and_by_the_port_are_the_same)
{
	AUTO(sysroot_free_at) struct sysroot *root = start();
	unsigned int i, sum_at;

	if (!root)
		return;
	for (i = 0; i < 6; i++) {
		struct stress_state state = state_of(i & 1 ? NET_UDP : NET_TCP);

		memset(&port, 0, sizeof(port));
		port.forgets = i >= 4;
		ck_assert(offload("porta", i < 2) && offload("portb", i < 2));
		state.port_fd[0] = port_open(root, "porta", NULL);
		state.port_fd[1] = port_open(root, "portb", NULL);
		ck_assert(state.port_fd[0] >= 0 && state.port_fd[1] >= 0);
		run_pair(&state, INT64_MAX, 1000000);
		close(state.port_fd[0]);
		close(state.port_fd[1]);
		ck_assert_uint_ge(port.sums, 100);
		ck_assert_uint_ge(port.others, 100);
		if (!port.forgets) {
			ck_assert_uint_eq(line.mismatches, 0);
			continue;
		}
		sum_at = i & 1 ? 40 : 48;
		ck_assert_uint_ge(line.mismatches, 100);
		ck_assert_uint_eq(line.detail[0].phase >> 56, NET_BITS);
		ck_assert_uint_eq(line.detail[0].at, sum_at);
	}
}
END_TEST

START_TEST(a_port_that_anybody_uses_is_refused)
{
	AUTO(sysroot_free_at) struct sysroot *root = start();
	struct err err = ERR_INIT;
	int fd;

	if (!root)
		return;
	ck_assert(ip("addr add 192.0.2.1/24 dev porta"));
	check_refused(root, "a route goes through it");
	ck_assert(ip("route add default via 192.0.2.2"));
	check_refused(root, "the default route");
	ck_assert(ip("addr flush dev porta"));
	/* No route of the main table tells of these. */
	ck_assert(ip("addr add 192.0.2.1/32 dev porta"));
	check_refused(root, "it has an address");
	ck_assert(ip("addr flush dev porta"));
	if (ip("-6 addr add 2001:db8::1/64 dev porta nodad")) {
		check_refused(root, "a route goes through it");
		ck_assert(ip("-6 route add default via 2001:db8::2"));
		check_refused(root, "the default route");
		ck_assert(ip("-6 route del default"));
		ck_assert(ip("-6 addr flush dev porta scope global"));
	}
	if (ip("link add bridge0 type bridge")) {
		ck_assert(ip("link set porta master bridge0"));
		check_refused(root, "belongs to");
		ck_assert(ip("link del bridge0"));
	}
	if (ip("link add link porta name vlan0 type macvlan")) {
		check_refused(root, "vlan0 stands on it");
		ck_assert(ip("link del vlan0"));
	}
	fd = port_open(root, "porta", &err);
	ck_assert_msg(fd >= 0, "%s", err.plain);
	close(fd);
	ck_assert(ip("link set portb down"));
	check_refused(root, "has no link");
	ck_assert_int_eq(port_open(root, "portz", NULL), ERR_UNSUPPORTED);
	ck_assert_int_eq(port_open(root, "lo", NULL), ERR_UNSUPPORTED);
}
END_TEST

START_TEST(no_port_is_free_where_the_root_file_system_comes_over_a_network)
{
	static const char *const mounts[] = {
		"20 1 0:19 / / rw - nfs4 10.0.0.1:/export/root rw\n",
		"19 1 8:1 / /data rw - ext4 /dev/sda1 rw\n20 1 43:0 / / rw - ext4 /dev/nbd0 rw\n",
	};
	struct tree tree = tree_make();
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	struct sysroot *root;
	struct err err = ERR_INIT;
	struct port_list list;
	size_t i;

	tree_file(&tree, "sys/class/net/eth1/type", "1\n");
	tree_file(&tree, "sys/class/net/eth1/flags", "0x1003\n");
	tree_file(&tree, "sys/class/net/eth1/carrier", "1\n");
	tree_file(&tree, "proc/self/mountinfo", "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
						"21 20 0:30 / /home rw - nfs4 10.0.0.1:/home rw\n");
	root = sysroot_open(tree.top, &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	list = port_states(root, &arena);
	ck_assert_msg(port_check(&list, "eth1", &err) == 0, "%s", err.plain);
	for (i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		tree_file(&tree, "proc/self/mountinfo", mounts[i]);
		list = port_states(root, &arena);
		ck_assert_int_eq(port_check(&list, "eth1", &err), ERR_UNSUPPORTED);
		ck_assert_ptr_nonnull(strstr(err.plain, "root file system"));
	}
	sysroot_free(root);
	tree_remove(&tree);
}
END_TEST

/* The root file system lies on a disk there: once `file` says how it is reached, no port is free. */
static void check_root_on(const char *folder, const char *file, const char *text, const char *why)
{
	struct tree tree = tree_make();
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	struct sysroot *root;
	struct err err = ERR_INIT;
	struct port_list list;
	char path[256];

	tree_file(&tree, "sys/class/net/eth1/type", "1\n");
	tree_file(&tree, "sys/class/net/eth1/flags", "0x1003\n");
	tree_file(&tree, "sys/class/net/eth1/carrier", "1\n");
	tree_file(&tree, "proc/self/mountinfo", "20 1 253:0 / / rw - ext4 /dev/mapper/root rw\n");
	/* A partition of the disk, below a device mapper. */
	snprintf(path, sizeof(path), "%s/sda1/partition", folder);
	tree_file(&tree, path, "1\n");
	tree_folder(&tree, "sys/devices/virtual/block/dm-0/slaves");
	snprintf(path, sizeof(path), "../../../../../../%s/sda1", folder);
	tree_link(&tree, "sys/devices/virtual/block/dm-0/slaves/sda1", path);
	tree_folder(&tree, "sys/dev/block");
	tree_link(&tree, "sys/dev/block/253:0", "../../devices/virtual/block/dm-0");
	root = sysroot_open(tree.top, &err);
	ck_assert_msg(root != NULL, "%s", err.plain);
	list = port_states(root, &arena);
	ck_assert_msg(port_check(&list, "eth1", &err) == 0, "%s", err.plain);
	tree_file(&tree, file, text);
	list = port_states(root, &arena);
	ck_assert_int_eq(port_check(&list, "eth1", &err), ERR_UNSUPPORTED);
	ck_assert_msg(strstr(err.plain, why) != NULL, "%s", err.plain);
	sysroot_free(root);
	tree_remove(&tree);
}

#define SCSI "sys/devices/pci0000:00/0000:00:03.0/host2/target2:0:0/2:0:0:0/block/sda"
#define NVME "sys/devices/virtual/nvme-subsystem/nvme-subsys0/sda"

START_TEST(a_root_file_system_on_a_disk_of_a_network_is_one_over_a_network)
{
	check_root_on(SCSI, "sys/class/iscsi_host/host2/netdev", "eth0\n", "(iSCSI)");
	check_root_on(SCSI, "sys/class/fc_host/host2/port_name", "0x1\n", "(Fibre Channel)");
	check_root_on(NVME, NVME "/device/nvme1/transport", "tcp\n", "(NVMe over tcp)");
}
END_TEST

UNIT_MAIN("net_pair", lost_late_double_cut_and_changed_frames_are_told_apart,
	  the_checksums_of_packets_are_right_and_never_zero,
	  the_kernel_runs_clean_and_finds_each_flipped_bit,
	  frames_between_two_ports_come_back_as_they_were_sent,
	  checksums_made_by_the_program_and_by_the_port_are_the_same, a_port_that_anybody_uses_is_refused,
	  no_port_is_free_where_the_root_file_system_comes_over_a_network,
	  a_root_file_system_on_a_disk_of_a_network_is_one_over_a_network)
