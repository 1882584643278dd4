#!/usr/bin/env bash
# memory.sh: what the memory kernels verify a second, against the read limit of the same cores in the same
# round, and against stressapptest, memtester and stress-ng where they are installed (packaging/needs
# bench). All in CPU time, so that other work on the machine counts little. Medians of BENCH_ROUNDS (3)
# rounds of BENCH_MIB (512) each, as a table and in build/bench.json under `memory`. Figures, not a test:
# a bar that is not reached is said, and the exit is 0.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=${BUILD:-build}
mib=${BENCH_MIB:-512}
rounds=${BENCH_ROUNDS:-3}
cuihuo=${CUIHUO:-$build/cuihuo}
PATH=$PATH:/usr/sbin
TIMEFORMAT='%U %S'
[ -f "$build/libcuihuo.a" ] || { echo "build first: make bench" >&2; exit 3; }
command -v jq >/dev/null || { echo "memory.sh: skipped, jq is not installed (packaging/needs test)"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CC:-cc}" -std=gnu11 -O3 -march=native -D_GNU_SOURCE -I. -o "$work/memory" tests/bench/memory.c \
  "$build/libcuihuo.a" -lcrypto -lpthread -lm
cpus=$(nproc)
sets=$("$cuihuo" selftest --json mem.march | jq -r '.[].isa')
best=${sets##*$'\n'}

note() { echo "$2" >>"$work/$1"; } # NAME VALUE: one round's value

# COMMAND...: seconds of CPU time of the command, its output in $work/said
cpu_seconds() {
  local spent
  spent=$( { time "$@" >"$work/said" 2>&1 || true; } 2>&1)
  awk '{ print $1 + $2 }' <<<"$spent"
}

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

median() { # NAME: of its rounds, empty when there are none
  [ ! -f "$work/$1" ] || sort -g "$work/$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# FIGURE VALUE UNIT RATIO BAR AT-MOST?: a row of the table, and a line of JSON
row() {
  awk -v figure="$1" -v value="$2" -v unit="$3" -v ratio="$4" -v bar="$5" -v most="${6:-}" 'BEGIN {
    good = most != "" ? ratio + 0 <= bar + 0 : ratio + 0 >= bar + 0
    met = bar == "" ? "" : (good ? "met" : "NOT MET")
    printf "%-44s %8.2f %-8s %8.2f %8s %s\n", figure, value, unit, ratio, bar, met
    printf "{\"figure\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"ratio\":%s,\"bar\":%s,\"met\":%s}\n", figure, value, unit,
      ratio, bar == "" ? "null" : bar, met == "" ? "null" : met == "met" ? "true" : "false" >>"'"$work/rows"'" }'
}
over() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", (b > 0 ? a / b : 0) }'; }

bar_of() {
  case $1 in
    scalar) echo 0.55 ;;
    sse2 | neon | lsx) echo 0.65 ;;
    *) echo 0.80 ;;
  esac
}

printf '%-44s %8s %-8s %8s %8s\n' "figure (medians of $rounds)" value unit ratio bar
limit=$(median read)
row "read, one core" "$limit" GB/s 1 ""
for isa in $sets; do
  value=$(median "verify-$isa")
  row "verified, one core, $isa, of reading" "$value" GB/s "$(over "$value" "$limit")" "$(bar_of "$isa")"
done
one=$(median "verify-$best")
row "verified, $cpus cores, $best, of reading" "$(median verify-all)" GB/s "$(over "$(median verify-all)" "$(median read-all)")" 0.75
row "flushed march, swept" "$(median flushed)" GB/s "$(median flushed)" 1.9
row "whole set a GiB and core" "$(median pass)" s "$(median pass)" 10 most
row "of 1000 flips at rest, found in place" "$(median flips)" flips "$(over "$(median flips)" 1000)" 0.99
for peer in stressapptest:2.5 memtester:3 stress-ng:; do
  value=$(median "${peer%:*}")
  if [ -n "$value" ]; then
    row "${peer%:*}, one core; verified above it" "$value" GB/s "$(over "$one" "$value")" "${peer#*:}"
  else
    echo "${peer%:*}: skipped, not installed (packaging/needs bench)"
  fi
done
echo "load average $(cut -d' ' -f1-3 /proc/loadavg), $cpus cpus, $(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -1)"

old=$build/bench.json
[ -s "$old" ] || echo '{}' >"$old"
jq -s --slurpfile old "$old" --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" --arg at "$(date -u +%FT%TZ)" \
  --argjson rounds "$rounds" '$old[0] + {memory: {at: $at, load: $load, rounds: $rounds, rows: .}}' \
  "$work/rows" >"$work/json"
mv "$work/json" "$old"
