#!/usr/bin/env bash
# cuihuo plan: on this machine and on captured ones.
. "$(dirname "$0")/tap.sh"
plan 37

cat >"$TMP/try.yaml" <<'END'
name: try
version: 2
stage: bench
title: {en: Try, zh: 试}
blind: allowed
fences: {scratch: 64MiB}
guard:
  - {metric: temperature, stop: 88C}
steps:
  - {name: whole, kernel: cpu.integer, duration: 60s, floor: 10s}
  - {name: one, kernel: cpu.vector, duration: 60s, cpus: one}
  - {name: lots, kernel: mem.march, duration: 60s, bytes: 512TiB, required: no}
END
exit_is "a plan is made" 0 "$CUIHUO" plan "$TMP/try.yaml" --out "$TMP"
is "it says what is skipped and why" "$(grep -c 'lots .*skipped: .*memory' "$TMP/out")" 1
is "in Chinese too" \
  "$(LC_ALL=C.UTF-8 LANGUAGE=zh_CN "$CUIHUO" plan "$TMP/try.yaml" --out "$TMP" | grep -c 'lots .*跳过：需要.*内存')" 1
is "and what the run folder lies on" "$(grep -c '^Run folder on: [a-z0-9]' "$TMP/out")" 1
is "every source of readings is named, and where one that is not there was looked for" \
  "$(grep -cE "^  (lmsensors|thermal|cpufreq|edac|aer|kmsg|netdev|diskstat) +[0-9]+" "$TMP/out")" 8
is "a profile that writes nothing is not said to write" "$(grep -c '^Written' "$TMP/out")" 0
"$CUIHUO" plan disk --out . >"$TMP/written" 2>&1
if grep -q 'disk .*skipped' "$TMP/written"; then
  ok "what tests write in the run folder is said # SKIP the folder lies on no disk" true
else
  is "what tests write in the run folder is said, by the budget and not by the size" \
    "$(grep -c '^Written on the disk of the run folder: at most [1-9]' "$TMP/written")" 1
fi
exit_is "plan --json works" 0 "$CUIHUO" plan "$TMP/try.yaml" --json
is "it is canonical" "$(jq -cS . "$TMP/out")" "$(cat "$TMP/out")"
is "one cpu where one is asked for" "$(jq '.steps[1].cpu | length' "$TMP/out")" 1
is "asked and planned time" "$(jq -c '[.asked_ns, .duration_ns]' "$TMP/out")" '[180000000000,120000000000]'

exit_is "a profile that is not scalable is cut short" 0 \
  "$CUIHUO" plan "$TMP/try.yaml" --duration 30s --json
is "and that stands in the plan" "$(jq .cut_short "$TMP/out")" true
exit_is "quick is scaled" 0 "$CUIHUO" plan quick --duration 20s --json
is "and not cut short" "$(jq .cut_short "$TMP/out")" false
exit_is "mem is not scaled" 0 "$CUIHUO" plan mem --duration 20s --json
is "but cut short" "$(jq .cut_short "$TMP/out")" true
exit_is "a duration that is none is a usage error" 2 "$CUIHUO" plan quick --duration soon
exit_is "so is one of more than ninety days" 2 "$CUIHUO" plan quick --duration 2161h
exit_is "ninety days are none" 0 "$CUIHUO" plan quick --duration 2160h --json
exit_is "memory alone is planned for as long as asked" 0 "$CUIHUO" plan mem --duration 20m --memory 64MiB --json
is "with just so much of it" "$(jq -c '[.duration_ns, .steps[0].bytes]' "$TMP/out")" '[1200000000000,67108864]'
exit_is "a share of it will do" 0 "$CUIHUO" plan mem --memory 2%
exit_is "an amount of memory that is none is a usage error" 2 "$CUIHUO" plan mem --memory lots
exit_is "a profile that proves something takes no other amount" 3 "$CUIHUO" plan field --memory 64MiB
is "and says so" "$(grep -c "profile 'field' says itself how much memory" "$TMP/err")" 1
exit_is "quick gives no certificate of mass production" 3 "$CUIHUO" plan quick --stage mass

cat >"$TMP/modes.yaml" <<'END'
name: modes
version: 1
stage: bench
title: {en: Modes, zh: 方式}
blind: allowed
steps:
  - {name: alone, kernel: cpu.integer, duration: 60s, turns: cpu}
  - {name: mix, kernels: ["cpu.*"], slice: 100ms, duration: 60s, edges: {load: 2s, idle: 500ms}}
  - {name: little, kernel: mem.march, bytes: 1MiB, cpus: one, budget: 1GiB, duration: 60s}
END
exit_is "how steps share cpus and time is rehearsed" 0 "$CUIHUO" plan "$TMP/modes.yaml"
is "in words" "$(grep -cE 'alone .*one cpu at a time, each 1m$|mix .*[0-9]+ kernels take turns of 100ms, load 2s, idle 500ms$|little .*done when 1 GiB are verified$' "$TMP/out")" 3
sed 's/turns: cpu/turns: cpus/' "$TMP/modes.yaml" >"$TMP/slip.yaml"
exit_is "a slip of the pen among them is bad input" 2 "$CUIHUO" plan "$TMP/slip.yaml"
is "at its line and column" "$(grep -c "slip.yaml:7:62: 'cpus' is not known here; did you mean 'cpu'?" "$TMP/err")" 1

"$SOURCE/tests/roots/build" taishan-200-2280 "$TMP"
exit_is "a captured machine can be planned for" 0 \
  "$CUIHUO" plan "$TMP/try.yaml" --root "$TMP/taishan-200-2280" --json
is "an absent source says what was looked at" \
  "$(jq -r '.telemetry[] | select(.name == "edac") | "\(.channels) \(.looked_at)"' "$TMP/out")" \
  "0 sys/devices/system/edac/mc/mc*/ce_count"
is "and what stands in the way of another" \
  "$(jq -r '.telemetry[] | select(.name == "lmsensors") | .problem' "$TMP/out")" \
  "libsensors reads the live machine only"
is "with its cpus, not ours" "$(jq '.steps[0].cpu | length' "$TMP/out")" 96

sed 's/^stage: bench/stage: mass/; s/^blind: allowed/blind: allowed\nblind-approver: QA/' \
  "$TMP/try.yaml" >"$TMP/mass.yaml"
if [ "$(stat -f -c %T /dev/shm 2>/dev/null)" = tmpfs ]; then
  exit_is "mass refuses a run folder in memory" 3 "$CUIHUO" plan "$TMP/mass.yaml" --out /dev/shm/run
  is "and says so" "$(grep -c 'stage mass keeps its evidence on a disk' "$TMP/err")" 1
else
  skip "mass refuses a run folder in memory" "no tmpfs at /dev/shm"
  skip "and says so" "no tmpfs at /dev/shm"
fi
