#!/usr/bin/env bash
# memory.sh: what the memory kernels verify a second, against the read limit of the same cores in the same
# round, and against stressapptest, memtester and stress-ng where they are installed (packaging/needs
# bench). All in CPU time, so that other work on the machine counts little. Medians of BENCH_ROUNDS (3)
# rounds of BENCH_MIB (512) each. Figures, not a test:
# a bar that is not reached is said, and the exit is 0.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tests/bench/lib.sh
. tests/bench/lib.sh
mib=${BENCH_MIB:-512}
rounds=${BENCH_ROUNDS:-3}
bench_build memory -O3 -march=native
cpus=$(nproc)
sets=$("$cuihuo" selftest --json mem.march | jq -r '.[].isa')
best=${sets##*$'\n'}

peers() {
  local spent moved
  if command -v memtester >/dev/null; then
    # Of its data tests only solid bits, its fastest: 64 times both halves are written and one compared.
    spent=$(MEMTESTER_TEST_MASK=0x100 cpu_seconds taskset -c 0 memtester "${mib}M" 1)
    note memtester "$(awk -v mib="$mib" -v s="$spent" 'BEGIN { print 64 * mib * 1048576 / s / 1e9 }')"
  fi
  if command -v stressapptest >/dev/null; then
    spent=$(cpu_seconds taskset -c 0 stressapptest -s 3 -M "$mib" -m 1 -i 0 -c 0)
    # It counts reading and writing: half of what it moved was checked.
    moved=$(sed -n 's/.*Stats: Memory Copy: \([0-9.]*\)M at.*/\1/p' "$work/said")
    [ -z "$moved" ] || note stressapptest "$(awk -v m="$moved" -v s="$spent" 'BEGIN { print m / 2 * 1048576 / s / 1e9 }')"
  fi
  if command -v stress-ng >/dev/null; then
    spent=$(cpu_seconds taskset -c 0 stress-ng --vm 1 --vm-bytes "${mib}M" --vm-keep --vm-method zero-one \
      --verify --metrics -t 2)
    # One of its operations is 4096 words of 8 bytes.
    moved=$(awk '/ vm  / { for (i = 1; i < NF; i++) if ($i == "vm") { print $(i + 1); exit } }' "$work/said")
    [ -z "$moved" ] || note stress-ng "$(awk -v m="$moved" -v s="$spent" 'BEGIN { print m * 4096 * 8 / s / 1e9 }')"
  fi
}

for ((round = 0; round < rounds; round++)); do
  note read "$("$work/memory" "$mib" read 1)"
  for isa in $sets; do note "verify-$isa" "$("$work/memory" "$mib" verify 1 mem.march "$isa")"; done
  note flushed "$("$work/memory" "$mib" verify 1 mem.flush)"
  note read-all "$("$work/memory" $((mib / 2)) read "$cpus")"
  note verify-all "$("$work/memory" $((mib / 2)) verify "$cpus" mem.march "$best")"
  note pass "$("$work/memory" 256 pass mem.full)"
  peers
done
note flips "$("$work/memory" 4 flips 1000 mem.march)"

bar_of() {
  case $1 in
    scalar) echo 0.55 ;;
    sse2 | neon | lsx) echo 0.65 ;;
    *) echo 0.80 ;;
  esac
}

bench_begin memory
limit=$(median read)
bench_row "read, one core" "$limit" GB/s 1 ""
for isa in $sets; do
  value=$(median "verify-$isa")
  bench_row "verified, one core, $isa, of reading" "$value" GB/s "$(over "$value" "$limit")" "$(bar_of "$isa")"
done
one=$(median "verify-$best")
bench_row "verified, $cpus cores, $best, of reading" "$(median verify-all)" GB/s "$(over "$(median verify-all)" "$(median read-all)")" 0.75
bench_row "flushed march, swept" "$(median flushed)" GB/s "$(median flushed)" 1.9
bench_row "whole set a GiB and core" "$(median pass)" s "$(median pass)" 10 most
bench_row "of 1000 flips at rest, found in place" "$(median flips)" flips "$(over "$(median flips)" 1000)" 0.99
for peer in stressapptest:2.5 memtester:3 stress-ng:; do
  value=$(median "${peer%:*}")
  if [ -n "$value" ]; then
    bench_row "${peer%:*}, one core; verified above it" "$value" GB/s "$(over "$one" "$value")" "${peer#*:}"
  else
    bench_skipped "${peer%:*}"
  fi
done
bench_end
