#!/usr/bin/env bash
# The thermal kernels of each instruction set against the peak of the core's multiply-add units, measured in
# the same minute, and what their checks cost; beside it the double precision kernels of stress-ng, where that
# is installed, on the same core. As text, and as build/bench-cpu.json. Nothing is asserted: machines differ.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
seconds=${BENCH_SECONDS:-2}
[ -f "$build/libcuihuo.a" ] || { echo "build first: make bench" >&2; exit 3; }
"${CC:-cc}" -std=gnu11 -O2 -D_GNU_SOURCE -I. -o "$build/bench-cpu" tests/bench/cpu.c "$build/libcuihuo.a" \
  -lcrypto -ljansson -lpthread -lm
ours=$(taskset -c 0 "$build/bench-cpu" "$seconds")
peers='[]'
if command -v stress-ng >/dev/null; then
  # A call that it counts is 65536 rounds over 128 lanes; by cpu time, as ours.
  peers=$(for method in doublev128add doublev128mul; do
    taskset -c 0 stress-ng --vecfp 1 --vecfp-method "$method" -t "$seconds" --metrics 2>&1 |
      awk -v method="$method" '$2 == "metrc:" && $4 == "vecfp" {print method, $10 * 65536 * 128 / 1e9}'
  done | jq -nR '[inputs / " " | {method: .[0], gflops: (.[1] | tonumber)}]')
fi
jq -n --argjson ours "$ours" --argjson peers "$peers" '($ours | map(.peak_gflops) | max) as $peak |
  {kernels: $ours, "stress-ng": ($peers | map(. + {share_of_peak_percent: (.gflops / $peak * 1000 | round / 10)}))}' \
  >"$build/bench-cpu.json"
jq -r '(.kernels[] | "\(.kernel) \(.isa): \(.gflops) GFLOP/s, \(.share_of_peak_percent) % of the peak of \(.peak_gflops), checks cost \(.checks_percent) %"),
  (.["stress-ng"][] | "stress-ng \(.method): \(.gflops) GFLOP/s, \(.share_of_peak_percent) % of the peak")' "$build/bench-cpu.json"
