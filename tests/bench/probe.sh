#!/usr/bin/env bash
# probe.sh [N]: CPU time of `cuihuo probe` with its children, in milliseconds, the mean of N runs (20).
# The aim is 25 ms for everything that needs no outside program; so none (smartctl) is found here.
# A figure, not a test.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cuihuo=${CUIHUO:-$here/../../build/cuihuo}
runs=${1:-20}
TIMEFORMAT='%U %S'
spent=$( { time for ((i = 0; i < runs; i++)); do PATH=/none "$cuihuo" probe --json >/dev/null; done; } 2>&1)
awk -v runs="$runs" '{ printf "probe: %.1f ms of CPU time (user %.1f, system %.1f), mean of %d runs\n",
  ($1 + $2) * 1000 / runs, $1 * 1000 / runs, $2 * 1000 / runs, runs }' <<<"$spent"
