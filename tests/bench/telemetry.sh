#!/usr/bin/env bash
# telemetry.sh: what sampling 200 channels ten times a second costs of a core, and how late the rounds come
# while every core is busy. Figures, not a test.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tests/bench/lib.sh
. tests/bench/lib.sh
seconds=${BENCH_SECONDS:-10}
for chip in $(seq 0 19); do
  folder=$work/root/sys/class/hwmon/hwmon$chip
  mkdir -p "$folder" "$work/root/proc"
  echo "chip$chip" >"$folder/name"
  for value in $(seq 1 10); do echo 45000 >"$folder/temp${value}_input"; done
done
bench_build telemetry -O2
bench_begin telemetry
read -r place lanes < <("$work/telemetry" "$work/root" cost)
share() { awk -v ns="$1" 'BEGIN { printf "%.3f", ns * 200 * 10 / 1e9 * 100 }'; }
bench_row "200 channels, 10 Hz, read in place, of a core" "$(share "$place")" % "$(share "$place")" 0.2 most
bench_row "the same, a lane for each of 20 drivers" "$(share "$lanes")" % "$(share "$lanes")"
read -r p50 p99 < <("$work/telemetry" "$work/root" jitter "$seconds")
bench_row "lateness of a round, all cores busy, median" "$p50" ms "$p50"
bench_row "lateness of a round, all cores busy, p99" "$p99" ms "$p99" 10 most
bench_end
