#!/usr/bin/env bash
# probe.sh [N]: CPU time of `cuihuo probe` with its children, in milliseconds, the mean of N runs (20): of
# this machine, of a captured server with 128 cores (the aim is 100 ms), and of its peers on this machine,
# where they are installed. No outside program (smartctl) is found by cuihuo here, nor are there any in
# what it is compared with. Figures, not a test.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tests/bench/lib.sh
. tests/bench/lib.sh
here=tests/bench
cuihuo=$(realpath "$cuihuo")
runs=${1:-20}
peer_runs=3
bench_begin inventory

measure() { # RUNS NAME BAR COMMAND...: its CPU time with its children
  local count=$1 name=$2 bar=$3 spent
  shift 3
  spent=$( { time for ((i = 0; i < count; i++)); do "$@" >/dev/null 2>&1 || true; done; } 2>&1)
  spent=$(awk -v runs="$count" '{ print ($1 + $2) * 1000 / runs }' <<<"$spent")
  bench_row "$name, mean of $count runs" "$spent" ms "$spent" "$bar" most
}

alone() { PATH=/none "$cuihuo" "$@"; }

"$here/server-128" "$work/server"
measure "$runs" "probe, this machine" 25 alone probe --json
measure "$runs" "probe, a server of 128 cores" 100 alone probe --json --root "$work/server"

peer() { # NAME PROGRAM... -- COMMAND...: measured when all the programs are there
  local name=$1 missing=()
  shift
  while [ "$1" != -- ]; do
    command -v "$1" >/dev/null || missing+=("$1")
    shift
  done
  shift
  if [ ${#missing[@]} -gt 0 ]; then
    bench_skipped "$name (${missing[*]})"
  else
    measure "$peer_runs" "$name" "" "$@"
  fi
}

three() { dmidecode; lspci -vv; lsusb -v; }
peer "lshw" lshw -- lshw -json -quiet
peer "hwinfo" hwinfo -- hwinfo --short
peer "dmidecode, lspci -vv and lsusb -v" dmidecode lspci lsusb -- three
peer "inxi" inxi -- inxi -F -c 0
bench_end
