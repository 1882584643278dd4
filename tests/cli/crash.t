#!/usr/bin/env bash
# kill -9 of the runner, of a step's child, or of everything at random moments of a real run: what was
# synced stays, the record tells what happened, and resume goes on or says why not.
# CRASHES=50 SEED=7 tests/cli/crash.t: more of them, the same ones again.
. "$(dirname "$0")/tap.sh"
crashes=${CRASHES:-8}
seed=${SEED:-$$}
RANDOM=$seed
plan $((crashes * 4))
echo "# seed $seed"

cat >"$TMP/short.yaml" <<'YAML'
name: short
version: 1
stage: bench
title: {en: Short, zh: 短}
scalable: yes
blind: allowed
fences: {scratch: 64MiB}
steps:
  - {name: integer, kernel: cpu.integer, duration: 1s, floor: 1s}
  - {name: memory, kernel: mem.march, duration: 1s, floor: 1s, bytes: 16MiB}
  - {name: disk, kernel: disk.verify, duration: 1s, floor: 1s, bytes: 64MiB, required: no}
YAML
cd "$TMP" || exit 1

children_of() { # PID
  local file
  for file in /proc/[0-9]*/stat; do
    awk -v parent="$1" '{ sub(/^.*\) /, pid = $1 " "); if ($3 == parent) print pid }' "$file" 2>/dev/null
  done
}

child_of() { # PID NAME
  local pid
  for pid in $(children_of "$1"); do
    [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$2" ] && echo "$pid"
  done
}

gone() { # PID...: within three seconds
  local pid try
  for pid in "$@"; do
    for try in $(seq 30); do
      [ -e "/proc/$pid" ] || break
      sleep 0.1
    done
    [ "$try" -lt 30 ] || return 1
  done
}

prefix_kept() { # COPY JOURNAL: of a copy that ends with a whole frame
  [ "$("$CUIHUO" status "$1" --json 2>/dev/null | jq -r .journal)" = clean ] || return 0
  cmp -n "$(stat -c %s "$1/run.journal")" "$1/run.journal" "$2/run.journal"
}

tells() { # DIR VICTIM: what the record must say
  case $2 in
  child) # nothing to resume: the step failed, or ended before it was hit
    jq -e '.complete and .journal_state == "clean"' "$1/record.json" >/dev/null
    ;;
  *)
    jq -e '.complete and .journal_state == "clean" and
      (.interruptions | length > 0) and all(.interruptions[]; .kind == "crash" and .resumed_ns >= 0)' \
      "$1/record.json" >/dev/null
    ;;
  esac
}

for n in $(seq "$crashes"); do
  run=run$n
  victim=$(printf 'runner\nchild\nall\n' | sed -n "$((RANDOM % 3 + 1))p")
  delay=$((RANDOM % 3200))
  "$CUIHUO" run ./short.yaml --out "$run" >"$TMP/screen" 2>&1 &
  runner=$!
  sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
  mkdir -p "copy$n"
  cp "$run/run.journal" "copy$n/" 2>/dev/null
  others=$(children_of "$runner")
  case $victim in
  runner) kill -9 "$runner" 2>/dev/null ;;
  child) # shellcheck disable=SC2046
    kill -9 $(child_of "$runner" cuihuo-step) 2>/dev/null ;;
  all) # shellcheck disable=SC2086
    kill -9 "$runner" $others 2>/dev/null ;;
  esac
  wait "$runner" 2>/dev/null
  # shellcheck disable=SC2086
  ok "$n: $victim killed after $delay ms: no process stays" gone $others
  state=$("$CUIHUO" status "$run" --json 2>/dev/null | jq -r .state)
  "$CUIHUO" resume "$run" >"$TMP/out" 2>"$TMP/err"
  code=$?
  if [ ! -s "$run/run.journal" ] || [ "$code" = 2 ]; then
    # Hit before the first frame was durable: there is no run yet, and that is said.
    is "$n: resume says why not in one line" "$(wc -l <"$TMP/err")" 1
    skip "$n: what was synced is kept" "nothing was"
    skip "$n: the record tells what happened" "there is none"
    continue
  fi
  [ "$code" = 0 ] || [ "$code" = 4 ]
  tap_result $? "$n: resume goes on to the end (exit $code)"
  ok "$n: what was synced is kept" prefix_kept "copy$n" "$run"
  if [ "$state" = ended ] && [ "$victim" != child ]; then
    # Hit after the end was durable, perhaps before record.json was: nothing was interrupted.
    ok "$n: the record is that of a whole run" jq -e '.complete and .interruptions == []' "$run/record.json"
  else
    ok "$n: the record tells what happened" tells "$run" "$victim"
  fi
done
