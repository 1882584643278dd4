#!/usr/bin/env bash
# Planted faults: each is found as what it is, by a program that says INJECTED; an ordinary one plants none.
. "$(dirname "$0")/tap.sh"
injected=$CUIHUO-injected
[ -x "$injected" ] || { echo "Bail out! no program '$injected': run make injected"; exit 1; }
plan 31
cd "$TMP" || exit 1

cat >try.yaml <<'YAML'
name: try
version: 1
stage: bench
title: {en: Try, zh: 试}
blind: allowed
fences: {scratch: 64MiB}
steps:
  - {name: cpu, kernel: cpu.vector, duration: 2s}
  - {name: memory, kernel: mem.march, bytes: 32MiB, duration: 2s}
  - {name: disk, kernel: disk.verify, bytes: 8MiB, duration: 2s, required: no}
YAML

exit_is "an ordinary program plants nothing" 3 "$CUIHUO" run ./try.yaml --inject memory-flip --out x
is "it says so in one line" "$(grep -c 'this program plants no faults' "$TMP/err") $(wc -l <"$TMP/err")" "1 1"
ok "and begins no run" test ! -e x
is "the other one says what it is" "$("$injected" --version | grep -c ' INJECTED$')" 1
exit_is "a fault that there is not is a usage error" 2 "$injected" run ./try.yaml --inject gremlin --out x
exit_is "so is a number of flips that is none" 2 "$injected" run ./try.yaml --inject memory-flip:few --out x

found() { # FOLDER CODE: how many findings of that code
  jq --arg code "$2" '[.findings[] | select(.code == $code)] | length' "$1/record.json"
}

exit_is "bits of memory flip and the machine fails" 1 "$injected" run ./try.yaml --inject memory-flip:3 --out flips
is "each with its one bit and its address" \
  "$(jq -c '[.findings[] | select(.code == "memory-mismatch") | .evidence | has("bit") and has("address")] | unique' flips/record.json)" '[true]'
is "and nothing else is accused" "$(jq -r '[.findings[].code | select(startswith("memory-") | not)] | join(" ")' flips/record.json)" ""
is "record and report carry the word, and what was planted" \
  "$(jq -r .harness_version flips/record.json | grep -c ' INJECTED memory-flip:3$') $(grep -c 'INJECTED memory-flip:3' flips/report.html | grep -vx 0 >/dev/null && echo yes)" "1 yes"

cpu=$(jq -r '.plan.steps[0].cpu[-1]' flips/record.json)
exit_is "a core that is wrong fails" 1 "$injected" run ./try.yaml --inject "wrong-core:$cpu" --out core
is "it alone, always, and each wrong word names it" \
  "$(jq -r '[.findings[] | select(.code == "cpu-mismatch") | .evidence.cpu] | unique | join(" ")' core/record.json)" "$cpu"
is "the same on that core each time" \
  "$(jq -r '[.findings[] | select(.evidence.repeat) | .evidence.repeat] | unique | join(" ")' core/record.json)" consistent
is "by plain code too" "$(jq -r '[.findings[].evidence | select(.repeat and .isa != "scalar") | .repeat_code // "unknown"]
  | unique - ["every-set"] | join(" ")' core/record.json)" ""

cat >cross.yaml <<'YAML'
name: cross
version: 1
stage: bench
title: {en: Cross, zh: 互检}
blind: allowed
steps:
  - {name: votes, kernel: cpu.vote, duration: 2s}
  - {name: relay, kernel: cpu.relay, duration: 2s}
YAML
cat >held.yaml <<'YAML'
name: held
version: 1
stage: bench
title: {en: Held, zh: 保持}
blind: allowed
steps:
  - {name: switches, kernel: cpu.switch, duration: 2s}
  - {name: moves, kernel: cpu.migrate, duration: 2s}
YAML
exit_is "cores held against each other fail when one is wrong" 1 "$injected" run ./cross.yaml --inject "wrong-core:$cpu" --out cross
is "both by votes and by work undone elsewhere, and that core alone is named" \
  "$(jq -r '[.findings[] | select(.code == "cpu-mismatch") | .evidence | .kernel + " " + .cpu] | unique | join(" ")' cross/record.json)" "cpu.relay $cpu cpu.vote $cpu"
others=$(jq -r --arg cpu "$cpu" '[.findings[].evidence | select(.judge and .judge != "cpu " + $cpu)] | length > 0' cross/record.json)
if [ "$(jq '.plan.steps[0].cpu | length' cross/record.json)" -gt 1 ]; then
  is "by the judgement of another core" "$others" true
else
  skip "by the judgement of another core" "there is one core only"
fi

exit_is "a core that gives back wrong registers fails" 1 "$injected" run ./held.yaml --inject "wrong-core:$cpu" --out held
is "after a switch and after a move to it, and that core alone is named" \
  "$(jq -r '[.findings[] | select(.code == "cpu-mismatch") | .evidence | select(.cpu) | .kernel + " " + .cpu] | unique | join(" ")' held/record.json)" "cpu.migrate $cpu cpu.switch $cpu"
is "with register and bit, and with both cpus of a move" \
  "$(jq -c '[.findings[].evidence | select(.kernel == "cpu.migrate" and .register) | has("bit") and has("seed") and has("from_cpu") and .to_cpu == .cpu] | unique' held/record.json)" '[true]'

cat >both.yaml <<'YAML'
name: both
version: 1
stage: bench
title: {en: Both, zh: 同时}
blind: allowed
steps:
  - {name: both, kernel: mem.march, beside: cpu.vector, bytes: 32MiB, duration: 2s}
YAML
if [ "$(jq '.plan.steps[0].cpu | length' cross/record.json)" -gt 1 ]; then
  exit_is "a wrong core fails while memory is tested beside it" 1 "$injected" run ./both.yaml --inject "wrong-core:$(jq '.plan.steps[0].cpu[1]' cross/record.json)" --out both
  is "and the memory is not accused" "$(jq -r '[.findings[].code] | unique | join(" ")' both/record.json)" cpu-mismatch
else
  skip "a wrong core fails while memory is tested beside it" "there is one core only"
  skip "and the memory is not accused" "there is one core only"
fi

exit_is "bits of registers flip and the machine fails" 1 "$injected" run ./try.yaml --inject register-flip:150 --out registers
is "a processor is accused, with kernel and seed" \
  "$(jq -c '[.findings[] | select(.code == "cpu-mismatch" or .code == "worker-crashed") | .evidence | .kernel == "cpu.vector" and has("seed")] | unique' registers/record.json)" '[true]'

if [ "$(jq -r '.outcomes[-1].kind' flips/record.json)" = 'done' ]; then
  exit_is "a disk that gives back old blocks fails" 1 "$injected" run ./try.yaml --inject stale-block --out stale
  is "as stale data" "$(jq -r '[.findings[] | select(.code == "disk-mismatch") | .evidence.fault // empty] | unique | join(" ")' stale/record.json)" stale
else
  skip "a disk that gives back old blocks fails" "the folder of the test lies on no disk"
  skip "as stale data" "the folder of the test lies on no disk"
fi

sed 's/^steps:/guard:\n  - {metric: net-errors, component: "net\/*", stop: 1000000, silent: 2s}\nsteps:/; s/cpu.vector, duration: 2s/cpu.vector, duration: 1m/' \
  try.yaml >guarded.yaml
if jq -e '[.series[] | select(.metric == "net-errors")] | length > 0' flips/record.json >/dev/null; then
  exit_is "a guarded sensor that falls silent stops the run" 5 "$injected" run ./guarded.yaml --inject 'lost-sensor:net/*' --out lost
  is "as that" "$(found lost sensor-silent)" 1
else
  skip "a guarded sensor that falls silent stops the run" "no counter of a network port here"
  skip "as that" "no counter of a network port here"
fi

# --- no papers -----------------------------------------------------------------------------------
"$injected" run ./try.yaml --out clean >/dev/null 2>&1
is "without a fault its run is INCOMPLETE for that alone" "$(jq -c '[.verdict, [.reasons[].code]]' clean/verdict.json)" '["INCOMPLETE",["injected"]]'
echo word >pw
"$CUIHUO" key make bench.key --bench --password-file pw >/dev/null
exit_is "and an ordinary program does not certify it" 4 "$CUIHUO" certify clean --key bench.key --password-file pw
is "which it says" "$(grep -c '  injected' "$TMP/err")" 1
