/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/sys/child.h"

#include "harness/base/auto.h"
#include "harness/sys/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_(text) (text)

enum { STATUS_NO_PROGRAM = 127 };

struct program {
	const char *const *argv;
};

static void quiet_standard_streams(void)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0)
		_exit(STATUS_NO_PROGRAM - 1);
	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	if (null > 2)
		close(null);
}

static void __attribute__((noreturn))
child_main(int (*work)(int, void *), void *argument, int out_fd, pid_t parent)
{
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(STATUS_NO_PROGRAM - 1);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	quiet_standard_streams();
	_exit(work(out_fd, argument));
}

/* Collect until the other end closes or time is up. Returns whether time was left. */
static bool collect(int fd, int64_t limit_ns, struct buf *result)
{
	int64_t end = clock_boot_ns() + limit_ns;

	for (;;) {
		int64_t left = (end - clock_boot_ns()) / 1000000 + 1;
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		ssize_t got;

		if (left <= 0)
			return false;
		if (poll(&ready, 1, left > 1000 ? 1000 : (int)left) <= 0)
			continue;
		got = read(fd, buf_room(result, 65536), 65536);
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got <= 0)
			return true;
		buf_grown(result, (size_t)got);
	}
}

static void reap(pid_t pid, bool in_time, struct child_end *ret_end)
{
	int status = 0;

	if (!in_time)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	ret_end->timed_out = !in_time;
	ret_end->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	ret_end->status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

int child_run(int (*work)(int out_fd, void *argument), void *argument, int64_t limit_ns,
	      struct buf *result, struct child_end *ret_end, struct err *err)
{
	pid_t parent = getpid();
	int fd[2];
	pid_t pid;
	bool in_time;

	if (pipe2(fd, O_CLOEXEC) < 0)
		return err_set_errno(err, errno, "cannot make a pipe");
	pid = fork();
	if (pid < 0) {
		int failed = errno;

		close(fd[0]);
		close(fd[1]);
		return err_set_errno(err, failed, "cannot start a child process");
	}
	if (!pid) {
		close(fd[0]);
		child_main(work, argument, fd[1], parent);
	}
	close(fd[1]);
	in_time = collect(fd[0], limit_ns, result);
	close(fd[0]);
	reap(pid, in_time, ret_end);
	return 0;
}

bool child_is_denied(const char *path)
{
	return faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) < 0 &&
	       (errno == EACCES || errno == EPERM);
}

void child_limit(int64_t limit_ns)
{
	struct itimerval limit = { .it_value = { .tv_sec = limit_ns / 1000000000,
						 .tv_usec = limit_ns / 1000 % 1000000 } };

	signal(SIGALRM, SIG_DFL);
	setitimer(ITIMER_REAL, &limit, NULL);
}

static int exec_program(int out_fd, void *argument)
{
	const struct program *program = argument;

	dup2(out_fd, 1);
	execvp(program->argv[0], (char *const *)program->argv);
	return STATUS_NO_PROGRAM;
}

int child_program(const char *const argv[], int64_t limit_ns, struct buf *result,
		  struct child_end *ret_end, struct err *err)
{
	struct program program = { .argv = argv };

	return child_run(exec_program, &program, limit_ns, result, ret_end, err);
}

void child_end_text(const struct child_end *end, struct buf *out)
{
	if (end->timed_out)
		buf_adds(out, N_("timed out"));
	else if (end->signal)
		buf_addf(out, N_("killed by signal %d (%s)"), end->signal, strsignal(end->signal));
	else
		buf_addf(out, N_("exited with status %d"), end->status);
}
