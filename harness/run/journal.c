/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/run/journal.h"

#include "harness/base/auto.h"
#include "harness/base/le.h"
#include "harness/base/memory.h"
#include "harness/run/journal_format.h"
#include "harness/sys/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* Blocks are asked for in pieces of this size, so that not every frame needs to. */
#define RESERVE_STEP ((int64_t)1 << 20)

struct journal {
	int fd;
	const struct journal_io *io;
	struct digest *digest;
	struct buf frame;		/* kept: one frame at a time is made here */
	char *path;
	uint64_t salt;
	uint64_t sequence;		/* of the next frame */
	int64_t size;
	int64_t reserved;		/* blocks are ours up to here */
	int64_t limit;			/* RLIMIT_FSIZE, INT64_MAX when there is none */
	uint8_t head[DIGEST_SIZE];
	bool no_reserve;		/* this file system cannot set blocks aside */
	bool refuses;			/* nothing more is written */
};

static int disk_write(int fd, const void *data, size_t size, int64_t offset)
{
	const char *at = data;

	while (size) {
		ssize_t written = pwrite(fd, at, size, (off_t)offset);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		if (!written)
			return -ENOSPC;
		at += written;
		offset += written;
		size -= (size_t)written;
	}
	return 0;
}

static int disk_sync(int fd)
{
	return fdatasync(fd) < 0 ? -errno : 0;
}

static int disk_reserve(int fd, int64_t offset, int64_t size)
{
	int result;

	do {
		result = fallocate(fd, FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)size);
	} while (result < 0 && errno == EINTR);
	return result < 0 ? -errno : 0;
}

const struct journal_io journal_io_disk = {
	.write = disk_write,
	.sync = disk_sync,
	.reserve = disk_reserve,
};

/* Frames that end things may use the reserve; frames that go on may not. */
static bool may_use_reserve(enum frame_kind kind)
{
	return kind == FRAME_MISMATCH || kind == FRAME_REPEAT || kind == FRAME_GUARD || kind == FRAME_STEP_END ||
	       kind == FRAME_RESTORE || kind == FRAME_SIGNAL || kind == FRAME_FAULT ||
	       kind == FRAME_END;
}

static int lock_file(int fd, const char *path, struct err *err)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	if (!fcntl(fd, F_SETLK, &lock))
		return 0;
	if (errno == EAGAIN || errno == EACCES)
		return err_set(err, ERR_BUSY,
			       "'%s' is in use by another runner; 'cuihuo status' shows it", path);
	return err_set_errno(err, errno, "cannot lock '%s'", path);
}

int journal_holder(const char *path)
{
	struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET };
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fcntl(fd, F_GETLK, &lock) < 0 || lock.l_type == F_UNLCK)
		return 0;
	return lock.l_pid;
}

static int read_all(int fd, const char *path, struct buf *out, struct err *err)
{
	enum { PIECE = 1 << 20 };

	for (;;) {
		ssize_t got = pread(fd, buf_room(out, PIECE), PIECE, (off_t)out->size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set_errno(err, errno, "cannot read '%s'", path);
		if (!got)
			return 0;
		buf_grown(out, (size_t)got);
		if (out->size > JOURNAL_SIZE_MAX)
			return err_set(err, ERR_INPUT, "'%s' is larger than %zu bytes", path,
				       JOURNAL_SIZE_MAX);
	}
}

static int unopened(const char *path, struct err *err)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return err_set(err, ERR_NOT_FOUND,
			       "'%s' is not there; give the folder of a run that was started", path);
	return err_set_errno(err, errno, "cannot open '%s'", path);
}

int journal_read(const char *path, struct buf *out, struct err *err)
{
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return unopened(path, err);
	buf_reset(out);
	return read_all(fd, path, out, err);
}

int journal_load(struct journal *journal, struct buf *bytes, struct journal_scan *scan,
		 struct err *err)
{
	int code;

	buf_reset(bytes);
	code = read_all(journal->fd, journal->path, bytes, err);
	return code < 0 ? code : journal_scan(bytes->data, bytes->size, scan, err);
}

static struct journal *journal_new(int fd, const char *path, const struct journal_io *io,
				   struct err *err)
{
	struct digest *digest = digest_new(err);
	struct journal *journal;
	struct rlimit limit;

	if (!digest)
		return NULL;
	journal = mem_zalloc(sizeof(*journal));
	journal->fd = fd;
	journal->io = io ? io : &journal_io_disk;
	journal->digest = digest;
	journal->path = mem_strdup(path);
	journal->limit = INT64_MAX;
	buf_init(&journal->frame);
	if (!getrlimit(RLIMIT_FSIZE, &limit) && limit.rlim_cur < INT64_MAX)
		journal->limit = (int64_t)limit.rlim_cur;
	return journal;
}

struct journal *journal_create(const char *path, uint64_t salt, const struct journal_io *io,
			       struct err *err)
{
	AUTO_FD int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
	struct journal *journal;

	if (fd < 0 && errno == EEXIST) {
		err_set(err, ERR_BUSY, "'%s' is already there; choose another folder", path);
		return NULL;
	}
	if (fd < 0) {
		err_set_errno(err, errno, "cannot create '%s'", path);
		return NULL;
	}
	if (lock_file(fd, path, err) < 0 || disk_sync_folder(path, err) < 0)
		return NULL;
	journal = journal_new(fd, path, io, err);
	if (!journal)
		return NULL;
	auto_take_fd(&fd);
	journal->salt = salt;
	return journal;
}

struct journal *journal_reopen(const char *path, const struct journal_io *io, struct buf *bytes,
			       struct journal_scan *scan, struct err *err)
{
	AUTO_FD int fd = open(path, O_RDWR | O_CLOEXEC);
	struct journal *journal;

	if (fd < 0) {
		unopened(path, err);
		return NULL;
	}
	/* Locked before it is read: nobody may add to what was scanned. */
	buf_reset(bytes);
	if (lock_file(fd, path, err) < 0 || read_all(fd, path, bytes, err) < 0 ||
	    journal_scan(bytes->data, bytes->size, scan, err) < 0)
		return NULL;
	journal = journal_new(fd, path, io, err);
	if (!journal)
		return NULL;
	auto_take_fd(&fd);
	journal->salt = scan->salt;
	journal->size = (int64_t)scan->end;
	memcpy(journal->head, scan->head, DIGEST_SIZE);
	if (scan->count)
		journal->sequence = scan->frame[scan->count - 1].sequence + 1;
	journal->refuses = scan->state == JOURNAL_DAMAGED || !scan->count;
	if (scan->state == JOURNAL_TORN && scan->count &&
	    (ftruncate(journal->fd, (off_t)journal->size) < 0 || fsync(journal->fd) < 0)) {
		err_set_errno(err, errno, "cannot cut the torn end off '%s'", path);
		return journal_close(journal);
	}
	return journal;
}

/* Room for `size` bytes, and behind them for the frames that end the run. 0, -ENOSPC or -EFBIG. */
static int make_room(struct journal *journal, enum frame_kind kind, int64_t size)
{
	int64_t behind = may_use_reserve(kind) ? 0 : JOURNAL_RESERVE;
	int64_t wanted = journal->size + size + behind;
	int failed;

	if (wanted > journal->limit)
		return -EFBIG;
	if (journal->no_reserve || wanted <= journal->reserved)
		return 0;
	failed = journal->io->reserve(journal->fd, journal->size, size + behind + RESERVE_STEP);
	if (failed) /* no room for comfort: for what is needed? */
		failed = journal->io->reserve(journal->fd, journal->size, size + behind);
	else
		wanted += RESERVE_STEP;
	if (failed == -EOPNOTSUPP || failed == -ENOSYS || failed == -EINVAL) {
		journal->no_reserve = true;
		return 0;
	}
	if (!failed)
		journal->reserved = wanted;
	else if (may_use_reserve(kind)) /* the attempt itself decides */
		failed = 0;
	return failed;
}

static void make_frame(struct journal *journal, enum frame_kind kind, int64_t time_ns,
		       const void *content, size_t size)
{
	uint8_t header[FRAME_HEADER_SIZE];
	uint8_t *at;

	memcpy(header, journal_magic, 4);
	le_put32(header + AT_SIZE, (uint32_t)(size + DIGEST_SIZE));
	le_put64(header + AT_SALT, journal->salt);
	le_put64(header + AT_SEQUENCE, journal->sequence);
	le_put64(header + AT_TIME, (uint64_t)time_ns);
	le_put32(header + AT_KIND, (uint32_t)kind);
	le_put32(header + AT_CRC, 0);
	buf_reset(&journal->frame);
	buf_add(&journal->frame, header, sizeof(header));
	buf_add(&journal->frame, journal->head, DIGEST_SIZE);
	buf_add(&journal->frame, content, size);
	at = (uint8_t *)journal->frame.data;
	le_put32(at + AT_CRC, journal_frame_crc(at, at + FRAME_HEADER_SIZE, size + DIGEST_SIZE));
}

/* The file is made as it was before; only then may another frame follow. */
static int undo_write(struct journal *journal, int failed, struct err *err)
{
	if ((failed != -ENOSPC && failed != -EDQUOT && failed != -EFBIG) ||
	    ftruncate(journal->fd, (off_t)journal->size) < 0)
		journal->refuses = true;
	journal->reserved = 0;
	return err_set_errno(err, -failed, "cannot write '%s'", journal->path);
}

/* Sets the blocks behind the end free; when that fails they are lost until the file goes. */
static void give_reserve_back(struct journal *journal)
{
	if (journal->reserved > journal->size && ftruncate(journal->fd, (off_t)journal->size) < 0)
		journal->refuses = true;
	journal->reserved = 0;
}

int journal_add(struct journal *journal, enum frame_kind kind, int64_t time_ns, const void *content,
		size_t size, struct err *err)
{
	int failed;

	if (journal->refuses)
		return err_set(err, ERR_IO, "'%s' takes no more frames", journal->path);
	if (size > FRAME_CONTENT_MAX)
		return err_set(err, ERR_INTERNAL, "a %s frame of %zu bytes is too large",
			       frame_kind_name(kind), size);
	make_frame(journal, kind, time_ns, content, size);
	failed = make_room(journal, kind, (int64_t)journal->frame.size);
	if (failed)
		return err_set_errno(err, -failed, "no room for '%s' (free some of its disk, or choose another folder with --out)",
				     journal->path);
	failed = journal->io->write(journal->fd, journal->frame.data, journal->frame.size,
				    journal->size);
	if (failed)
		return undo_write(journal, failed, err);
	/* After a failed sync nobody can say what the disk holds; asking again would lie. */
	failed = journal->io->sync(journal->fd);
	if (failed) {
		journal->refuses = true;
		return err_set_errno(err, -failed, "cannot sync '%s'", journal->path);
	}
	journal->size += (int64_t)journal->frame.size;
	journal->sequence++;
	if (digest_add(journal->digest, journal->frame.data, journal->frame.size) < 0 ||
	    digest_end(journal->digest, journal->head) < 0) {
		journal->refuses = true;
		return err_set(err, ERR_CRYPTO, "cannot compute the SM3 digest of a frame");
	}
	if (kind == FRAME_END)
		give_reserve_back(journal);
	return 0;
}

struct journal *journal_close(struct journal *journal)
{
	if (!journal)
		return NULL;
	give_reserve_back(journal);
	close(journal->fd);
	digest_free(journal->digest);
	buf_release(&journal->frame);
	free(journal->path);
	free(journal);
	return NULL;
}

void journal_close_at(struct journal **journal)
{
	*journal = journal_close(*journal);
}
