# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs, some at a time, each in a process of its own that leaves with this one.

    carry_out(jobs, size, hear)     jobs are functions job(say); hear(what) gets what they say

A job that ends without returning, or raises, makes hear(Died(number, why))."""
import ctypes
import dataclasses
import multiprocessing
import multiprocessing.connection
import signal
import sys
import traceback

PR_SET_PDEATHSIG = 1
FORK = multiprocessing.get_context("fork")


@dataclasses.dataclass(frozen=True)
class Died:
    number: int  # of the job
    why: str


def life(job, pipe):
    """What the process of a job does."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    why = None
    try:
        job(pipe.send)
    except Exception:
        why = traceback.format_exc(limit=-3)
    pipe.send((why,))
    sys.stdout.flush()


def start(job):
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=life, args=(job, theirs))
    process.start()
    theirs.close()
    return ours, process


def carry_out(jobs, size, hear):
    waiting = list(enumerate(jobs))
    running = {}  # pipe: (number, process)
    try:
        while waiting or running:
            while waiting and len(running) < size:
                number, job = waiting.pop(0)
                pipe, process = start(job)
                running[pipe] = (number, process)
            for pipe in multiprocessing.connection.wait(list(running)):
                listen(pipe, running, hear)
    finally:
        # Each leaves through its own 'with', which ends its machine and removes its files.
        for _, process in running.values():
            process.terminate()
        for _, process in running.values():
            process.join()


def listen(pipe, running, hear):
    """One thing that a job says; its last one is a tuple with why it failed, or None."""
    number, process = running[pipe]
    try:
        said = pipe.recv()
    except EOFError:
        said = ("its process ended",)
    if not isinstance(said, tuple):
        hear(said)
        return
    del running[pipe]
    pipe.close()
    process.join()
    if said[0]:
        hear(Died(number, said[0]))
