#!/usr/bin/env bash
# stop.sh: how long a run takes from Ctrl-C to its end, with record, verdict and report written; and how many flips of
# vector registers a run of the program with planted faults lives through before it reports one. Figures, not a test.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tests/bench/lib.sh
. tests/bench/lib.sh
rounds=${BENCH_ROUNDS:-3}
bench_begin stop

profile() { # STEP: of one step
  printf '%s\n' 'name: stop' 'version: 1' 'stage: bench' 'title: {en: Stop, zh: 停止}' 'blind: allowed' \
    'scalable: yes' 'fences: {scratch: 64MiB}' 'steps:' "  - {name: load, $1, duration: 1h}" >"$work/stop.yaml"
}

runs() { [ "$("$cuihuo" status "$work/run" --json 2>/dev/null | jq -r .step)" = load ]; }

stop_ms() { # one run, stopped two seconds after its step began
  local runner start
  "$cuihuo" run "$work/stop.yaml" --out "$work/run" >/dev/null 2>&1 &
  runner=$!
  until runs || ! kill -0 "$runner" 2>/dev/null; do sleep 0.1; done
  sleep 2
  start=$(date +%s%N)
  kill -INT "$runner" 2>/dev/null || true
  wait "$runner" || true
  echo $((($(date +%s%N) - start) / 1000000))
  [ -s "$work/run/report.html" ] || echo "stop.sh: the run left no report" >&2
  rm -rf "$work/run"
}

while read -r name step; do
  profile "$step"
  for ((round = 0; round < rounds; round++)); do note "$name" "$(stop_ms)"; done
  ms=$(median "$name")
  bench_row "from stop to final report, $name" "$ms" ms "$ms" 1000 most
done <<'END'
kernels kernels: ["cpu.*"]
memory kernel: mem.full, bytes: 1GiB
disk kernel: disk.verify, bytes: 64MiB
END

# Half of the runs report their first flip within `median` flips, when one flip is reported with probability p.
if [ -x "$cuihuo-injected" ]; then
  flips=${BENCH_FLIPS:-12}
  found=0
  profile 'kernel: cpu.heat, cpus: one'
  for ((flip = 0; flip < flips; flip++)); do
    code=0
    "$cuihuo-injected" run "$work/stop.yaml" --duration 1s --inject register-flip:1 --out "$work/run" >/dev/null 2>&1 || code=$?
    [ "$code" != 1 ] || found=$((found + 1))
    rm -rf "$work/run"
  done
  bench_row "single flips of vector registers reported" "$found" "of $flips" "$(over "$found" "$flips")"
  [ "$found" = 0 ] || bench_row "flips of registers to detection, median" \
    "$(awk -v p="$(over "$found" "$flips")" 'BEGIN { m = p < 1 ? -log(2) / log(1 - p) : 1; m = m > int(m) ? int(m) + 1 : m; print m < 1 ? 1 : m }')" \
    flips "$(awk -v p="$(over "$found" "$flips")" 'BEGIN { m = p < 1 ? -log(2) / log(1 - p) : 1; m = m > int(m) ? int(m) + 1 : m; print m < 1 ? 1 : m }')" 2 most
else
  echo "  flips of registers: skipped, no program with planted faults (make injected)"
fi
bench_end
