#!/usr/bin/env bash
# probe.sh [N]: CPU time of `cuihuo probe` with its children, in milliseconds, the mean of N runs (20): of
# this machine, of a captured server with 128 cores (the aim is 100 ms), and of its peers on this machine,
# where they are installed. No outside program (smartctl) is found by cuihuo here, nor are there any in
# what it is compared with. Figures, not a test.
set -eu
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cuihuo=${CUIHUO:-$here/../../build/cuihuo}
runs=${1:-20}
peer_runs=3
TIMEFORMAT='%U %S'
PATH=$PATH:/usr/sbin:/sbin

measure() { # RUNS NAME COMMAND...: prints NAME and its CPU time
  local count=$1 name=$2 spent
  shift 2
  spent=$( { time for ((i = 0; i < count; i++)); do "$@" >/dev/null 2>&1 || true; done; } 2>&1)
  awk -v runs="$count" -v name="$name" '{
    printf "%-36s %7.1f ms of CPU time (user %.1f, system %.1f), mean of %d runs\n", name ":",
      ($1 + $2) * 1000 / runs, $1 * 1000 / runs, $2 * 1000 / runs, runs }' <<<"$spent"
}

alone() { PATH=/none "$cuihuo" "$@"; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/server-128" "$work/server"
measure "$runs" "probe, this machine" alone probe --json
measure "$runs" "probe, a server of 128 cores" alone probe --json --root "$work/server"

peer() { # NAME PROGRAM... -- COMMAND...: measured when all the programs are there
  local name=$1 missing=()
  shift
  while [ "$1" != -- ]; do
    command -v "$1" >/dev/null || missing+=("$1")
    shift
  done
  shift
  if [ ${#missing[@]} -gt 0 ]; then
    echo "$name: skipped, not installed: ${missing[*]} (packaging/needs bench)"
  else
    measure "$peer_runs" "$name" "$@"
  fi
}

three() { dmidecode; lspci -vv; lsusb -v; }
peer "lshw" lshw -- lshw -json -quiet
peer "hwinfo" hwinfo -- hwinfo --short
peer "dmidecode, lspci -vv and lsusb -v" dmidecode lspci lsusb -- three
peer "inxi" inxi -- inxi -F -c 0
