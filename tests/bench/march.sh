#!/usr/bin/env bash
# Verified bytes a second of mem.march against the pure read rate of the core, and against memtester and
# stressapptest where they are installed (on the first cpu, 512 MiB). Nothing is asserted: machines differ.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
mib=${BENCH_MIB:-512}
[ -f "$build/libcuihuo.a" ] || { echo "build first: make bench" >&2; exit 3; }
"${CC:-cc}" -std=gnu11 -O3 -march=native -D_GNU_SOURCE -I. -o "$build/bench-march" tests/bench/march.c \
  "$build/libcuihuo.a" -lcrypto -lpthread -lm
taskset -c 0 "$build/bench-march" "$mib" 2
if command -v memtester >/dev/null; then
  # Of its data tests only solid bits: 64 times the whole is written and compared.
  start=$(date +%s%N)
  MEMTESTER_TEST_MASK=0x100 taskset -c 0 memtester "${mib}M" 1 >/dev/null
  ns=$(($(date +%s%N) - start))
  echo "memtester, solid bits: $((64 * mib * 1048576 / (ns / 1000))) MB/s verified"
fi
if command -v stressapptest >/dev/null; then
  taskset -c 0 stressapptest -s 5 -M "$mib" -m 1 -i 0 -c 0 |
    sed -n 's/.*Stats: Memory Copy: .* at \(.*\)MB\/s/stressapptest: \1 MB\/s copied, half of it verified/p'
fi
