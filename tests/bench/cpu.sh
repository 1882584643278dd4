#!/usr/bin/env bash
# cpu.sh: the thermal kernels of each instruction set against the peak of the core's multiply-add units,
# measured in the same minute, and what their checks cost; beside it the double precision kernels of
# stress-ng, where that is installed, on the same core; and how many kernels are proven here. Figures,
# not a test.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tests/bench/lib.sh
. tests/bench/lib.sh
seconds=${BENCH_SECONDS:-2}
bench_build cpu -O2
bench_begin cpu
taskset -c 0 "$work/cpu" "$seconds" >"$work/ours"
while read -r kernel isa gflops share checks; do
  bar=0.9
  # Without fused operations there are not enough registers to keep the units busy.
  [ "$kernel" = cpu.heat ] || bar=
  bench_row "$kernel, $isa, of the multiply-add peak" "$gflops" GFLOP/s "$share" $bar
  most=${bar:+most}
  bench_row "$kernel, $isa, time in checks" "$checks" % "$checks" "${bar:+2}" "$most"
done < <(jq -r '.[] | "\(.kernel) \(.isa) \(.gflops) \(.share_of_peak_percent / 100) \(.checks_percent)"' "$work/ours")
if command -v stress-ng >/dev/null; then
  peak=$(jq 'map(.peak_gflops) | max' "$work/ours")
  for method in doublev128add doublev128mul; do
    # A call that it counts is 65536 rounds over 128 lanes; by cpu time, as ours.
    gflops=$(taskset -c 0 stress-ng --vecfp 1 --vecfp-method "$method" -t "$seconds" --metrics 2>&1 |
      awk '$2 == "metrc:" && $4 == "vecfp" { print $10 * 65536 * 128 / 1e9 }')
    [ -z "$gflops" ] || bench_row "stress-ng $method, of the highest peak" "$gflops" GFLOP/s "$(over "$gflops" "$peak")"
  done
else
  bench_skipped stress-ng
fi
"$cuihuo" selftest --json >"$work/proofs" || true
kernels=$(jq '[.[] | select(.kernel | startswith("cpu."))] | group_by(.kernel) | map(select(all(.ok))) | length' "$work/proofs")
bench_row "processor kernels with a bit-exact check, proven" "$kernels" kernels "$kernels" 30
bad=$(jq '[.[] | select(.ok | not)] | length' "$work/proofs")
bench_row "kernels and sets that failed their proof" "$bad" pairs "$bad" 0 most
bench_end
