#!/usr/bin/env bash
# A run from plan to verdict: its files, its end by Ctrl-C, a full disk, and two runners at once.
. "$(dirname "$0")/tap.sh"
plan 55

cat >"$TMP/short.yaml" <<'YAML'
name: short
version: 1
stage: bench
title: {en: Short, zh: 短}
scalable: yes
blind: allowed
steps:
  - {name: integer, kernel: cpu.integer, duration: 2s, floor: 1s}
  - {name: memory, kernel: mem.march, duration: 2s, floor: 1s, bytes: 16MiB}
YAML
sed 's/duration: 2s/duration: 10m/' "$TMP/short.yaml" >"$TMP/long.yaml"
cd "$TMP" || exit 1

started() { # DIR: until its first step is in the journal
  for _ in $(seq 100); do
    [ "$("$CUIHUO" status "$1" --json 2>/dev/null | jq -r .step)" = integer ] && return 0
    sleep 0.1
  done
  return 1
}

children_of() { # PID
  local file
  for file in /proc/[0-9]*/stat; do
    awk -v parent="$1" '{ sub(/^.*\) /, pid = $1 " "); if ($3 == parent) print pid }' "$file" 2>/dev/null
  done
}

# --- a whole run ---------------------------------------------------------------------------------
exit_is "a short run passes" 0 "$CUIHUO" run ./short.yaml --serial 'SN/1' --lot L7 --out run
cp "$TMP/out" "$TMP/screen"
cp "$TMP/err" "$TMP/talk"
ok "the verdict is on the screen in both languages" grep -q 'PASS  合格' "$TMP/screen"
"$CUIHUO" run ./short.yaml --out run >"$TMP/out" 2>"$TMP/err"
is "a folder that is there is refused with exit 3" "$?" 3
is "in one line" "$(wc -l <"$TMP/err")" 1
for file in run.journal record.json verdict.json report.html; do
  ok "it leaves $file" test -s "run/$file"
done
"$CUIHUO" record run >"$TMP/again"
is "every source of telemetry that was asked stands in the record" \
  "$(jq -r '.plan.telemetry | map(.name) - ["lmsensors", "hwmon"] | join(" ")' run/record.json)" \
  "thermal cpufreq edac kmsg online presence aer netdev diskstat pcielink smart steal"
is "those that give no reading are named on the screen" \
  "$(sed -n "s/^no readings here from: \(.*\); 'cuihuo plan'.*/\1/p" "$TMP/talk")" \
  "$(jq -r '[.plan.telemetry[] | select(.channels == 0) | .name] | join(", ")' run/record.json)"
ok "the record derived from the journal again is the same bytes" cmp "$TMP/again" run/record.json
is "the record holds serial and lot" "$(jq -r '.serial + " " + .lot' run/record.json)" "SN/1 L7"
is "it holds the digest of the journal's last frame" "$(jq -r '.journal_digest | length' run/record.json)" 64
is "work per second is a series of every step" \
  "$(jq '[.series[] | select(.metric == "work-rate" and (.component | startswith("step/")) and .good > 0)] | length' run/record.json)" 2
is "status says how it ended" "$("$CUIHUO" status run --json | jq -r '.state + " " + .cause + " " + .verdict')" "ended done PASS"
ok "the scratch folder is gone" test ! -e run/scratch
"$CUIHUO" resume run >"$TMP/out" 2>"$TMP/err"
is "resume has nothing to do with it and shows the verdict again" "$?" 0
ok "the record stays as it was" cmp "$TMP/again" run/record.json

# --- without a profile of one's own --------------------------------------------------------------
for part in 'cpu cpu' 'mem mem --memory 16MiB'; do
  # shellcheck disable=SC2086 # words
  set -- $part
  kind=$1
  shift
  exit_is "run $kind needs no profile, and cut short it is incomplete" 4 \
    "$CUIHUO" run "$@" --duration 4s --out "only-$kind"
  is "for that reason, and nothing was found" \
    "$(jq -c '[any(.reasons[]; .code == "cut-short"), any(.reasons[]; .towards == "FAIL")]' "only-$kind/verdict.json")" \
    "[true,false]"
  is "and leaves verdict, record and report of that alone" \
    "$(jq -r '[.plan.steps[].kernel | split(".")[0]] | unique | join(" ")' "only-$kind/record.json") $(cd "only-$kind" && echo report.html verdict.json)" \
    "$kind report.html verdict.json"
done
exit_is "no memory at all is a usage error" 2 "$CUIHUO" run mem --memory 0 --out x

# --- how steps share cpus and time ---------------------------------------------------------------
cat >modes.yaml <<'YAML'
name: modes
version: 1
stage: bench
title: {en: Modes, zh: 方式}
blind: allowed
steps:
  - {name: alone, kernel: cpu.sort, duration: 1s, turns: cpu}
  - {name: mix, kernels: [cpu.sort, cpu.string, cpu.add8], slice: 100ms, duration: 3s}
  - {name: edges, kernel: cpu.sort, duration: 2s, edges: {load: 100ms, idle: 100ms}}
  - {name: budget, kernel: mem.march, bytes: 16MiB, budget: 32MiB, duration: 10m}
YAML
exit_is "cpus in turn, several kernels, edges and a budget pass" 0 "$CUIHUO" run ./modes.yaml --out modes
is "each worker did work of each kernel" "$(jq -c '[.outcomes[1].workers[].kernels] | unique' modes/record.json)" '[3]'
is "and what was spent early is done" "$(jq -r '.outcomes[3] | .kind + " " + (.work >= 33554432 and .done_ns < 60000000000 | tostring)' modes/record.json)" "done true"

# --- options -------------------------------------------------------------------------------------
exit_is "a duration that is none is a usage error" 2 "$CUIHUO" run ./short.yaml --duration soon --out x
exit_is "a profile that is not there is bad input" 2 "$CUIHUO" run nosuch --out x
exit_is "an instruction set that is none is a usage error" 2 "$CUIHUO" run ./short.yaml --isa mmx9 --out x
bad=0
for serial in '' "$(printf 'x%.0s' {1..129})" $'a\001b' $'a\nb' $'\xff' $'a\xc2\x9bb' $'\xe2\x80\xaeNS' ' SN' 'SN '; do
  "$CUIHUO" run ./short.yaml --serial "$serial" --out x >/dev/null 2>"$TMP/err"
  [ $? = 2 ] && [ "$(wc -l <"$TMP/err")" = 1 ] && bad=$((bad + 1))
done
is "a serial that is empty, too long, not UTF-8, or holds what no eye sees is refused in one line" "$bad" 9
exit_is "so is a lot" 2 "$CUIHUO" run ./short.yaml --lot $'L\t7' --out x
exit_is "a Chinese serial of full length is none of these" 2 "$CUIHUO" run nosuch --out x \
  --serial "$(printf '\xe9\xbe\x99%.0s' {1..42})"
is "and only the profile is complained of" "$(grep -c "no profile 'nosuch'" "$TMP/err")" 1
ok "none of them makes a folder" test ! -e x

cat "$TMP/short.yaml" - >lost.yaml <<'YAML'
  - {name: more, kernel: mem.march, duration: 1s, bytes: 1000TiB}
YAML
exit_is "what can no longer pass is run all the same" 4 "$CUIHUO" run ./lost.yaml --duration 3s --out lost
is "it is said before the first step that a required one is skipped" \
  "$(sed -n '/^step more is skipped: needs /s/:.*//p; /^a required step is skipped/s/:.*//p; /step 1\//s/.*step/step/p' "$TMP/err" |
    cut -d' ' -f1-5 | paste -sd,)" "step more is skipped,a required step is skipped,step 1/3 integer  remaining"
sed -i 's/1000TiB/1000TiB, required: no/' lost.yaml
"$CUIHUO" run ./lost.yaml --duration 3s --out spared 2>"$TMP/err" >/dev/null
is "one that is not required spoils nothing" "$? $(grep -c 'step more is skipped\|can be no better' "$TMP/err")" "0 1"

# --- Ctrl-C, two runners -------------------------------------------------------------------------
"$CUIHUO" run ./long.yaml --out broken --json >"$TMP/json" 2>"$TMP/talk" &
runner=$!
ok "a long run is seen to run" started broken
is "with its process" "$("$CUIHUO" status broken --json | jq -r '.state + " " + (.runner_pid | tostring)')" "running $runner"
exit_is "a second runner is kept out with exit 3" 3 "$CUIHUO" resume broken
others=$(children_of "$runner")
before=$(date +%s%N)
kill -INT "$runner"
wait "$runner"
is "Ctrl-C ends with exit 4" "$?" 4
ok "within two seconds" test $(($(date +%s%N) - before)) -lt 2500000000
is "the end is one JSON object" "$(jq -r '.cause + " " + .verdict + " " + (.complete | tostring)' "$TMP/json")" "signal INCOMPLETE true"
is "the record is marked interrupted" "$(jq -r '.interruptions[0].kind' broken/record.json)" signal
left=0
for pid in $others; do [ -e "/proc/$pid" ] && left=$((left + 1)); done
is "no process is left behind" "$left" 0

"$CUIHUO" run ./short.yaml --out twice >"$TMP/out" 2>"$TMP/err" &
runner=$!
started twice
kill -TERM "$runner"
wait "$runner"
exit_is "an interrupted run goes on to its verdict" 0 "$CUIHUO" resume twice
is "with a new attempt of the step" "$(jq -c '[.outcomes[] | select(.step == 0) | [.attempt, .kind]]' twice/record.json)" \
  '[[1,"interrupted"],[2,"done"]]'
if script -qec true /dev/null >/dev/null 2>&1; then
  script -qec "'$CUIHUO' run ./short.yaml --out terminal" /dev/null >"$TMP/screen" 2>/dev/null </dev/null
  ok "on a terminal one line is written over" grep -q $'\r\033\\[K.*step 1/2 integer' "$TMP/screen"
  script -qec "stty cols 40; '$CUIHUO' run ./short.yaml --out narrow" /dev/null >"$TMP/screen" 2>/dev/null </dev/null
  ok "forty columns still show step, time left and errors" \
    grep -qE $'\\[K[0-9:]+ 1/2 -[0-9:]+[^\r]*  errors 0' "$TMP/screen"
else
  skip "on a terminal one line is written over" "no script(1) or no terminal to lend"
  skip "forty columns still show step, time left and errors" "no script(1) or no terminal to lend"
fi

# --- a full disk ---------------------------------------------------------------------------------
# The first frame says its size in bytes 4 to 7; behind it go 256 KiB of reserve and about a KiB.
size=$(od -An -tu4 -j4 -N4 broken/run.journal | tr -d ' ')
(
  ulimit -f $(((size + 262144) / 1024 + 2))
  exec "$CUIHUO" run ./long.yaml --out full
) >"$TMP/out" 2>"$TMP/err"
is "a journal that is full ends the run with exit 3" "$?" 3
is "as a fault of the station, with everything so far readable" \
  "$(jq -r '[.complete, .journal_state, (.findings[] | select(.code == "journal-full") | .code), (.outcomes[0].work > 0)] | map(tostring) | join(" ")' full/record.json)" \
  "true clean journal-full true"
said=$( (
  ulimit -f 1
  exec "$CUIHUO" run ./long.yaml --out never
) 2>&1 >/dev/null | grep -c "never/run.journal")
is "where not even the beginning fits the run says so" "$said" 1
ok "and leaves no empty folder behind" test ! -e never
