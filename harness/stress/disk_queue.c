/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/stress/disk_queue.h"

#include "harness/sys/clock.h"

#include <errno.h>
#include <linux/aio_abi.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct queue {
	struct disk_file *file;
	const struct disk_queue_ask *ask;
	struct request_times *times;
	aio_context_t kernel;
	struct iocb slot[DISK_QUEUE_DEPTH];
	int64_t start_ns[DISK_QUEUE_DEPTH];
	bool busy[DISK_QUEUE_DEPTH];
	unsigned int under_way;
	int errno_value;	/* of the first request that failed, or 0 */
	bool is_short;
};

/* All pieces once: their number is a power of two, the stride is odd. */
static uint64_t place_of(const struct disk_queue_ask *ask, uint64_t number)
{
	return (number * (ask->seed | 1) + (ask->seed >> 32)) % (ask->size / ask->piece) * ask->piece;
}

static void note(struct queue *queue, int64_t start_ns, uint64_t place)
{
	request_times_note(queue->times, queue->ask->write ? REQUEST_WRITE : REQUEST_READ,
			   clock_boot_ns() - start_ns, queue->ask->at + place);
}

static void take_result(struct queue *queue, int64_t result)
{
	if (result < 0 && !queue->errno_value)
		queue->errno_value = (int)-result;
	else if (result >= 0 && (uint64_t)result != queue->ask->piece)
		queue->is_short = true;
}

/* --- several at the same time ----------------------------------------------------------------- */

static bool submit(struct queue *queue, uint64_t place)
{
	const struct disk_queue_ask *ask = queue->ask;
	struct iocb *list[1];
	unsigned int i = 0;

	while (queue->busy[i])
		i++;
	queue->slot[i] = (struct iocb){
		.aio_data = i,
		.aio_lio_opcode = ask->write ? IOCB_CMD_PWRITE : IOCB_CMD_PREAD,
		.aio_fildes = (uint32_t)queue->file->fd,
		.aio_buf = (uint64_t)(uintptr_t)((char *)ask->data + place),
		.aio_nbytes = ask->piece,
		.aio_offset = (int64_t)(ask->at + place),
	};
	list[0] = &queue->slot[i];
	queue->start_ns[i] = clock_boot_ns();
	if (syscall(SYS_io_submit, queue->kernel, 1L, list) != 1) {
		take_result(queue, -errno);
		return false;
	}
	queue->busy[i] = true;
	queue->under_way++;
	return true;
}

static void wait_for_one(struct queue *queue)
{
	struct io_event event;
	long got;

	do {
		got = syscall(SYS_io_getevents, queue->kernel, 1L, 1L, &event, NULL);
	} while (got < 0 && errno == EINTR);
	if (got != 1) {
		take_result(queue, got < 0 ? -errno : -EIO);
		/* This waits for what is still under way. */
		disk_queue_end(queue->file);
		queue->under_way = 0;
		return;
	}
	note(queue, queue->start_ns[event.data],
	     (uint64_t)queue->slot[event.data].aio_offset - queue->ask->at);
	queue->busy[event.data] = false;
	queue->under_way--;
	take_result(queue, event.res);
}

static void move_at_once(struct queue *queue)
{
	uint64_t pieces = queue->ask->size / queue->ask->piece, i;

	for (i = 0; i < pieces && !queue->errno_value; i++) {
		if (!submit(queue, place_of(queue->ask, i)))
			break;
		if (queue->under_way == queue->ask->depth)
			wait_for_one(queue);
	}
	while (queue->under_way)
		wait_for_one(queue);
}

/* --- one by one ------------------------------------------------------------------------------- */

static void move_one_by_one(struct queue *queue)
{
	const struct disk_queue_ask *ask = queue->ask;
	uint64_t pieces = ask->size / ask->piece, i;

	for (i = 0; i < pieces && !queue->errno_value; i++) {
		uint64_t place = place_of(ask, i);
		char *data = (char *)ask->data + place;
		off_t at = (off_t)(ask->at + place);
		int64_t start_ns = clock_boot_ns();
		ssize_t done;

		do {
			done = ask->write ? pwrite(queue->file->fd, data, ask->piece, at)
					  : pread(queue->file->fd, data, ask->piece, at);
		} while (done < 0 && errno == EINTR);
		note(queue, start_ns, place);
		take_result(queue, done < 0 ? -errno : done);
	}
}

/* Made once: to take them back the kernel waits as long as for a hundred requests. */
static bool has_requests(struct disk_file *file)
{
	aio_context_t kernel = 0;

	if (!file->requests && !syscall(SYS_io_setup, (unsigned long)DISK_QUEUE_DEPTH, &kernel))
		file->requests = kernel;
	return file->requests != 0;
}

void disk_queue_end(struct disk_file *file)
{
	if (file->requests)
		syscall(SYS_io_destroy, (aio_context_t)file->requests);
	file->requests = 0;
}

int disk_queue_move(struct disk_file *file, const struct disk_queue_ask *ask,
		    struct request_times *times, struct err *err)
{
	struct queue queue = { .file = file, .ask = ask, .times = times };
	int code = ask->write ? 0 : disk_file_ready(file, ask->size, ask->at, err);

	if (code < 0)
		return code;
	if (ask->depth > 1 && has_requests(file)) {
		queue.kernel = file->requests;
		move_at_once(&queue);
	} else {
		move_one_by_one(&queue);
	}
	if (queue.errno_value && disk_file_failed(file, queue.errno_value))
		return DISK_FILE_FAILED;
	if (queue.errno_value)
		return err_set_errno(err, queue.errno_value,
				     ask->write ? "cannot write the scratch file at byte %llu"
						: "cannot read the scratch file at byte %llu",
				     (unsigned long long)ask->at);
	if (queue.is_short)
		return err_set(err, ask->write ? ERR_FULL : ERR_IO,
			       "the scratch file did not take or give all of %zu bytes at byte %llu",
			       ask->size, (unsigned long long)ask->at);
	return 0;
}
