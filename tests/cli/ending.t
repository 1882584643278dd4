#!/usr/bin/env bash
# How a run ends that somebody or something ends: asked twice, hung up, on a real disk without room.
. "$(dirname "$0")/tap.sh"
plan 20

cat >"$TMP/long.yaml" <<'YAML'
name: long
version: 1
stage: bench
title: {en: Long, zh: 长}
scalable: yes
blind: allowed
steps:
  - {name: integer, kernel: cpu.integer, duration: 10m, floor: 1s}
YAML
cd "$TMP" || exit 1

started() { # DIR: until its first step is in the journal
  for _ in $(seq 100); do
    [ "$("$CUIHUO" status "$1" --json 2>/dev/null | jq -r .step)" = integer ] && return 0
    sleep 0.1
  done
  return 1
}

whole() { # DIR: all that a run leaves, and nothing half written
  [ "$(cd "$1" && echo *)" = "record.json report.html run.journal verdict.json" ] &&
    jq -e '.complete and .interruptions[0].kind == "signal"' "$1/record.json" >/dev/null
}

# --- asked more than once ------------------------------------------------------------------------
for try in 1 2 3; do
  "$CUIHUO" run ./long.yaml --out "again$try" >"$TMP/out" 2>"$TMP/err" &
  runner=$!
  started "again$try"
  while kill -TERM "$runner" 2>/dev/null; do :; done
  wait "$runner"
  is "asked to end again and again it ends in order ($try)" "$?" 4
  ok "with everything a run leaves ($try)" whole "again$try"
done

# --- the folder takes no more --------------------------------------------------------------------
"$CUIHUO" run ./long.yaml --out shut >"$TMP/out" 2>"$TMP/err" &
runner=$!
started shut
mkdir shut/record.json
kill -TERM "$runner"
wait "$runner"
is "a record that cannot be written is the station's fault" "$?" 3
is "it says where everything is, and what writes the rest" \
  "$(grep -c "the journal holds everything, and 'cuihuo resume shut' writes the rest: .*'shut/record.json'" "$TMP/err")" 1
rmdir shut/record.json
exit_is "judge needs the journal only" 4 "$CUIHUO" judge shut
"$CUIHUO" resume long.yaml 2>"$TMP/err"
is "a file is no run folder, which is said" "$? $(grep -c 'give the folder of a run' "$TMP/err")" "2 1"

# --- hung up -------------------------------------------------------------------------------------
# These tests may themselves be under nohup, which a program inherits.
env --default-signal=HUP "$CUIHUO" run ./long.yaml --out gone >"$TMP/out" 2>"$TMP/err" &
runner=$!
ok "a run is under way when its terminal goes" started gone
kill -HUP "$runner"
wait "$runner"
is "it ends with exit 4" "$?" 4
ok "with everything a run leaves" whole gone

nohup "$CUIHUO" run ./long.yaml --out kept >"$TMP/out" 2>"$TMP/err" </dev/null &
runner=$!
ok "another runs under nohup" started kept
kill -HUP "$runner"
sleep 1.5
ok "and goes on" kill -0 "$runner"
kill -TERM "$runner"
wait "$runner"
is "until somebody ends it" "$?" 4

# --- a real disk without room --------------------------------------------------------------------
# Room for the first frame (it says its size in bytes 4 to 7), the 256 KiB of reserve and a few KiB.
first=$(od -An -tu4 -j4 -N4 gone/run.journal | tr -d ' ')
mkdir small
dd if=/dev/zero of=disk bs=1M count=4 status=none
if [ "$(id -u)" != 0 ] || ! mkfs.ext4 -q -b 1024 -m 0 -O ^has_journal disk 2>/dev/null ||
  ! mount -o loop disk small 2>/dev/null; then
  for sentence in 1 2 3 4; do skip "a real disk without room, $sentence" "no loop mount here"; done
  exit
fi
trap 'umount "$TMP/small"; tap_end' EXIT
room=$(($(stat -f -c '%a' small) - first / 1024 - 256 - 6))
dd if=/dev/zero of=small/fill bs=1K count="$room" status=none
"$CUIHUO" run ./long.yaml --out small/run >"$TMP/out" 2>"$TMP/err"
is "a disk without room ends the run with exit 3" "$?" 3
"$CUIHUO" record small/run >record.json
is "as a fault of the station, with everything so far readable" \
  "$(jq -r '[.complete, .journal_state, (.findings[] | select(.code == "journal-full") | .code), (.outcomes[0].work > 0)] | map(tostring) | join(" ")' record.json)" \
  "true clean journal-full true"
ok "the reserve holds record, verdict and report too" test -s small/run/report.html
ok "and the record that was written is the one the journal gives" cmp small/run/record.json record.json
