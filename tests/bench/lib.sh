# shellcheck shell=bash
# What the scripts of `make bench` have alike. To be sourced, with set -eu, from the top of the sources.
#
#	bench_begin memory		the section of bench.json; needs jq, else the script ends, saying so
#	bench_row FIGURE VALUE UNIT RATIO [BAR [most]]	a line of the table; met: ratio at least (at most) bar
#	bench_end			the rows into $build/bench.json, with time and load
#	bench_build NAME LIBRARY...	tests/bench/NAME.c into $work/NAME
#	note NAME VALUE; median NAME	one value of a round; their median
#
# $work is removed at the end.
PATH=$PATH:/usr/sbin:/sbin
build=${BUILD:-build}
# shellcheck disable=SC2034 # of the scripts
cuihuo=${CUIHUO:-$build/cuihuo}
export TIMEFORMAT='%U %S'
[ -f "$build/libcuihuo.a" ] || { echo "build first: make bench" >&2; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

bench_begin() {
  bench_section=$1
  command -v jq >/dev/null || { echo "$1: skipped, jq is not installed (packaging/needs test)"; exit 0; }
  : >"$work/rows"
  printf '%-52s %10s %-8s %8s %8s\n' "$1" value unit ratio bar
}

bench_row() {
  awk -v figure="$1" -v value="$2" -v unit="$3" -v ratio="$4" -v bar="${5:-}" -v most="${6:-}" -v rows="$work/rows" 'BEGIN {
    good = most != "" ? ratio + 0 <= bar + 0 : ratio + 0 >= bar + 0
    met = bar == "" ? "" : (good ? "met" : "NOT MET")
    shown = (most != "" && bar != "" ? "<= " : "") bar
    printf "  %-50s %10.2f %-8s %8.3f %8s %s\n", figure, value, unit, ratio, shown, met
    printf "{\"figure\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"ratio\":%s,\"bar\":%s,\"at_most\":%s,\"met\":%s}\n", figure,
      value + 0, unit, ratio + 0, bar == "" ? "null" : bar, most == "" ? "false" : "true",
      met == "" ? "null" : met == "met" ? "true" : "false" >>rows }'
}

bench_end() {
  local all=$build/bench.json
  [ -s "$all" ] || echo '{}' >"$all"
  jq -s --slurpfile all "$all" --arg section "$bench_section" --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" \
    --arg at "$(date -u +%FT%TZ)" --argjson rounds "${rounds:-1}" \
    '$all[0] * {sections: {($section): {at: $at, load: $load, rounds: $rounds, rows: .}}}' "$work/rows" >"$work/json"
  mv "$work/json" "$all"
}

bench_build() {
  local name=$1 libraries
  shift
  libraries=$(pkg-config --libs libpci libusb-1.0 hwloc jansson yaml-0.1 libcrypto blkid)
  # shellcheck disable=SC2086 # several words
  "${CC:-cc}" -std=gnu11 "$@" -D_GNU_SOURCE -I. -o "$work/$name" "tests/bench/$name.c" "$build/libcuihuo.a" \
    $libraries -lsensors -lpthread -lm
}

# COMMAND...: seconds of CPU time of the command, its output in $work/said
cpu_seconds() {
  local spent
  spent=$( { time "$@" >"$work/said" 2>&1 || true; } 2>&1)
  awk '{ print $1 + $2 }' <<<"$spent"
}

note() { echo "$2" >>"$work/round.$1"; }

median() { # NAME: of its rounds, empty when there are none
  [ ! -f "$work/round.$1" ] || sort -g "$work/round.$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

over() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", (b > 0 ? a / b : 0) }'; }

bench_skipped() { echo "  $1: skipped, not installed (packaging/needs bench)"; }
