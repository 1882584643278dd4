/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * net.pair: frames between two ports of this machine that a cable joins, or a switch. Bursts go one way and
 * then the other, of sizes from 64 bytes to what the parameter says, and every byte of every frame is
 * compared with what was sent: bits, loss, frames that come twice, late or cut are told apart.
 *
 * A burst is as large as the receiver can keep, and the next one begins when it is all there or a second
 * is over, so a frame that does not come was lost on the way and not by a program that was slow. Frames
 * whose header is none of this run's count as the one that was expected: their bits say what became of it.
 *
 * Frames may hold packets of UDP or TCP. The checksum of one half is made by the program and that of the
 * other by the sending port, so far as it can; both are held against the program's. Such frames
 * go to addresses made for the run and not to those of the ports, so that no kernel takes them for its own.
 *
 * Work unit: one byte received and compared. Phase: kind * 2^56 + direction * 2^55 + sequence; direction 1
 * is from the second port to the first. `at` is the offset in the frame. In the self-test a pair of local
 * sockets stands for the ports.
 */
#include "harness/base/auto.h"
#include "harness/stress/mix.h"
#include "harness/stress/net_frame.h"
#include "harness/stress/stressor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define N_(text) (text)

enum {
	KIND_SHIFT = 56,
	DIRECTION_SHIFT = 55,
	BURST = 64,
	SELF_TEST_BURST = 8,		/* what a local socket takes */
	RECEIVE_BYTES = 4 << 20,	/* far more than a burst, with what the kernel adds */
	WAIT_MS = 1000,
	WORDS = (NET_FRAME_MOST + 7) / 8,
};

static const struct param_spec params[] = {
	{ .name = "frame",
	  .kind = PARAM_NUMBER,
	  .min = NET_FRAME_LEAST,
	  .max = NET_FRAME_MOST,
	  .fallback = 1514,
	  .help = N_("bytes of the largest frame: 14 more than the ports' MTU at most") },
	{ .name = "packet",
	  .kind = PARAM_CHOICE,
	  .choices = "none udp tcp",
	  .fallback = NET_NO_PACKET,
	  .help = N_("what frames hold: bare data, or packets whose checksums program and port make in turn") },
};

static const struct kernel_spec spec = {
	.name = "net.pair",
	.summary = N_("network: frames between two ports, lost, late and changed ones told apart"),
	.target = TARGET_PORTS,
	.work_unit = "byte",
	.param = params,
	.param_count = ARRAY_SIZE(params),
};

struct pair {
	struct worker *worker;
	int fd[2];
	unsigned char address[2][NET_ADDRESS];
	enum net_packet packet;
	bool port_sums;			/* it may be left to the ports */
	uint64_t run, sequence;		/* of the next frame */
	size_t most;
	unsigned int burst;
	unsigned int direction;		/* fd[direction] sends */
	uint64_t first, next;		/* of the burst that runs: its first frame, the one that should come */
	bool came[BURST];
	uint64_t checked;
	uint64_t got[WORDS], want[WORDS];
};

static struct net_frame frame_of(const struct pair *pair, uint64_t sequence)
{
	uint64_t random = mix_at(~pair->run, sequence);
	struct net_frame frame = { .packet = pair->packet, .run = pair->run, .sequence = sequence };
	size_t least = pair->packet == NET_NO_PACKET ? NET_FRAME_LEAST : NET_PACKET_LEAST;

	/* The least and the most come often. */
	frame.size = least + (size_t)(random >> 3) % (pair->most - least + 1);
	if (!(random & 3))
		frame.size = random & 4 ? pair->most : least;
	memcpy(frame.from, pair->address[pair->direction], NET_ADDRESS);
	memcpy(frame.to, pair->address[!pair->direction], NET_ADDRESS);
	return frame;
}

static void tell(struct pair *pair, enum net_fault fault, uint64_t sequence, uint64_t want,
		 uint64_t got)
{
	uint64_t phase = (uint64_t)pair->direction << DIRECTION_SHIFT | sequence;

	worker_block(pair->worker, pair->run, (uint64_t)fault << KIND_SHIFT | phase);
	worker_mismatch(pair->worker, 0, want, got);
	worker_block(pair->worker, pair->run, phase);
}

/* Of the checksums every second one is the port's. */
static ssize_t send_frame(struct pair *pair, const struct net_frame *frame)
{
	struct virtio_net_hdr head = { .flags = 0 };
	struct iovec part[] = { { &head, sizeof(head) }, { pair->want, frame->size } };
	const struct msghdr message = { .msg_iov = part, .msg_iovlen = ARRAY_SIZE(part) };
	int fd = pair->fd[pair->direction];
	struct net_sum sum;

	if (!pair->port_sums)
		return send(fd, pair->want, frame->size, 0);
	if (mix_at(pair->run, ~frame->sequence) & 1) {
		sum = net_frame_leave_sum(frame, (unsigned char *)pair->want);
		head.flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
		head.csum_start = sum.start;
		head.csum_offset = sum.offset;
	}
	return sendmsg(fd, &message, 0);
}

static int send_burst(struct pair *pair, struct err *err)
{
	unsigned int i;

	pair->first = pair->next = pair->sequence;
	memset(pair->came, 0, sizeof(pair->came));
	worker_block(pair->worker, pair->run,
		     (uint64_t)pair->direction << DIRECTION_SHIFT | pair->first);
	for (i = 0; i < pair->burst; i++, pair->sequence++) {
		struct net_frame frame = frame_of(pair, pair->sequence);
		ssize_t sent;

		net_frame_make(&frame, (unsigned char *)pair->want);
		do {
			sent = send_frame(pair, &frame);
		} while (sent < 0 && errno == EINTR);
		/* The link is down: what is missing is told as lost. */
		if (sent < 0 && (errno == ENETDOWN || errno == ENXIO || errno == ENOBUFS))
			continue;
		if (sent < 0)
			return err_set_errno(err, errno, "cannot send a frame of %zu bytes",
					     frame.size);
	}
	return 0;
}

static bool is_mine(const struct pair *pair, uint64_t sequence)
{
	return sequence >= pair->first && sequence < pair->first + pair->burst;
}

/* The frame that was to come next, where the one that came does not say. */
static uint64_t expected(const struct pair *pair)
{
	uint64_t sequence = pair->next;

	while (sequence < pair->first + pair->burst - 1 && pair->came[sequence - pair->first])
		sequence++;
	return sequence;
}

static void compare(struct pair *pair, uint64_t sequence, size_t size)
{
	struct net_frame frame = frame_of(pair, sequence);
	uint64_t phase = (uint64_t)pair->direction << DIRECTION_SHIFT | sequence;

	memset(pair->want, 0, sizeof(pair->want));
	net_frame_make(&frame, (unsigned char *)pair->want);
	if (size != frame.size) {
		tell(pair, NET_CUT, sequence, frame.size, size);
		return;
	}
	pair->checked += size;
	if (!memcmp(pair->got, pair->want, size))
		return;
	worker_block(pair->worker, pair->run, (uint64_t)NET_BITS << KIND_SHIFT | phase);
	worker_compare(pair->worker, 0, pair->want, pair->got, (size + 7) / 8);
	worker_block(pair->worker, pair->run, phase);
}

static void take_frame(struct pair *pair, size_t size)
{
	uint64_t sequence;
	bool known;

	/* Other packets than ours go to other addresses. */
	if (pair->packet != NET_NO_PACKET &&
	    memcmp(pair->got, pair->address[!pair->direction], NET_ADDRESS))
		return;
	worker_checkpoint(pair->worker, 0, pair->got, size / 8 * 8);
	known = net_frame_is_of(pair->packet, (unsigned char *)pair->got, size, pair->run,
				&sequence);
	if (known && !is_mine(pair, sequence))
		return;	/* told as lost in its own burst already */
	if (!known)
		sequence = expected(pair);
	if (pair->came[sequence - pair->first]) {
		tell(pair, NET_TWICE, sequence, 1, 2);
		return;
	}
	pair->came[sequence - pair->first] = true;
	if (sequence < pair->next)
		tell(pair, NET_LATE, sequence, sequence, pair->next - 1);
	else
		pair->next = sequence + 1;
	compare(pair, sequence, size);
}

static bool all_came(const struct pair *pair)
{
	return !memchr(pair->came, false, pair->burst);
}

/* A port that is none (veth) passes on that nobody has made the checksum yet. */
static ssize_t receive_frame(struct pair *pair, int fd)
{
	struct virtio_net_hdr head = { .flags = 0 };
	struct iovec part[] = { { &head, sizeof(head) }, { pair->got, sizeof(pair->got) } };
	struct msghdr message = { .msg_iov = part, .msg_iovlen = ARRAY_SIZE(part) };
	struct net_sum sum;
	ssize_t size;

	if (!pair->port_sums)
		return recv(fd, pair->got, sizeof(pair->got), MSG_DONTWAIT);
	size = recvmsg(fd, &message, MSG_DONTWAIT);
	if (size < (ssize_t)sizeof(head))
		return size < 0 ? size : 0;
	size -= (ssize_t)sizeof(head);
	sum = (struct net_sum){ .start = head.csum_start, .offset = head.csum_offset };
	if (head.flags & VIRTIO_NET_HDR_F_NEEDS_CSUM)
		net_frame_finish_sum(&sum, (unsigned char *)pair->got, (size_t)size);
	return size;
}

/* What comes when the last one has come as well is there at once: a frame that comes twice. */
static int receive_burst(struct pair *pair, struct err *err)
{
	struct pollfd wait = { .fd = pair->fd[!pair->direction], .events = POLLIN };
	unsigned int i;
	ssize_t size;

	while (poll(&wait, 1, all_came(pair) ? 0 : WAIT_MS) > 0) {
		memset(pair->got, 0, sizeof(pair->got));
		size = receive_frame(pair, wait.fd);
		if (size >= 0)
			take_frame(pair, (size_t)size);
		else if (errno == ENETDOWN)
			break;
		else if (errno != EAGAIN && errno != EINTR)
			return err_set_errno(err, errno, "cannot receive frames");
	}
	for (i = 0; i < pair->burst; i++) {
		if (!pair->came[i])
			tell(pair, NET_LOST, pair->first + i, 1, 0);
	}
	return 0;
}

static int bursts(struct pair *pair, struct err *err)
{
	uint64_t checked;

	for (;;) {
		checked = pair->checked;
		pair->checked = 0;
		if (!worker_go(pair->worker, checked))
			return 0;
		if (send_burst(pair, err) < 0 || receive_burst(pair, err) < 0)
			return err ? err->code : ERR_IO;
		pair->direction = !pair->direction;
	}
}

/* Room for a burst, and the address of the port. Local sockets have none. */
static void prepare_port(struct pair *pair, unsigned int side)
{
	const int bytes = RECEIVE_BYTES;
	struct sockaddr_ll own = { .sll_halen = 0 };
	socklen_t size = sizeof(own);

	if (setsockopt(pair->fd[side], SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes)))
		setsockopt(pair->fd[side], SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
	if (!getsockname(pair->fd[side], (struct sockaddr *)&own, &size) &&
	    own.sll_family == AF_PACKET && own.sll_halen == NET_ADDRESS)
		memcpy(pair->address[side], own.sll_addr, NET_ADDRESS);
}

/* Nobody's address: one that is locally administered, made from the run. */
static int prepare_packets(struct pair *pair, unsigned int side, struct err *err)
{
	const uint64_t random = mix_at(pair->run, ~(uint64_t)side);
	struct packet_mreq listen = { .mr_type = PACKET_MR_UNICAST, .mr_alen = NET_ADDRESS };
	struct sockaddr_ll own = { .sll_halen = 0 };
	socklen_t size = sizeof(own);
	const int on = 1;

	memcpy(pair->address[side], &random, NET_ADDRESS);
	pair->address[side][0] = 0x02;
	memcpy(listen.mr_address, pair->address[side], NET_ADDRESS);
	if (getsockname(pair->fd[side], (struct sockaddr *)&own, &size) || own.sll_family != AF_PACKET)
		return 0;
	own.sll_protocol = htons(ETH_P_IP);
	listen.mr_ifindex = own.sll_ifindex;
	if (setsockopt(pair->fd[side], SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)) ||
	    setsockopt(pair->fd[side], SOL_PACKET, PACKET_ADD_MEMBERSHIP, &listen, sizeof(listen)) ||
	    bind(pair->fd[side], (const struct sockaddr *)&own, sizeof(own)))
		return err_set_errno(err, errno, "cannot send packets through a network port");
	pair->port_sums = true;
	return 0;
}

static int prepare(struct stress_state *state, struct err *err)
{
	if (!state->self_test && (state->port_fd[0] < 0 || state->port_fd[1] < 0))
		return err_set(err, ERR_INTERNAL, "net.pair was given no ports");
	return 0;
}

static int run(struct stress_state *state, struct worker *worker, struct err *err)
{
	AUTO_FREE struct pair *pair = calloc(1, sizeof(*pair));
	struct err local = ERR_INIT;
	int code;

	err = err ? err : &local;
	if (!pair)
		return err_set(err, ERR_FULL, "no memory left for the frames of a network kernel");
	pair->worker = worker;
	pair->run = mix_at(worker->seed, worker->index);
	pair->burst = state->self_test ? SELF_TEST_BURST : BURST;
	pair->most = (size_t)stress_param(state, &spec, "frame");
	pair->packet = (enum net_packet)stress_param(state, &spec, "packet");
	if (pair->packet != NET_NO_PACKET && pair->most < NET_PACKET_LEAST)
		return err_set(err, ERR_INPUT, "net.pair needs frames of %d bytes for packets",
			       NET_PACKET_LEAST);
	memcpy(pair->fd, state->port_fd, sizeof(pair->fd));
	if (state->self_test && socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair->fd))
		return err_set_errno(err, errno, "cannot make a pair of sockets");
	prepare_port(pair, 0);
	prepare_port(pair, 1);
	if (pair->packet == NET_NO_PACKET || (prepare_packets(pair, 0, err) >= 0 &&
					      prepare_packets(pair, 1, err) >= 0))
		code = bursts(pair, err);
	else
		code = err->code;
	if (state->self_test) {
		close(pair->fd[0]);
		close(pair->fd[1]);
	}
	return code;
}

static void finish(struct stress_state *state)
{
	(void)state;
}

extern const struct stressor stressor_net_pair;
const struct stressor stressor_net_pair = {
	.spec = &spec,
	.isa_mask = 1U << ISA_SCALAR,
	.prepare = prepare,
	.run = run,
	.finish = finish,
};
