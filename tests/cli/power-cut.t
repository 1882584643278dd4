#!/usr/bin/env bash
# A run of forced writes is cut off; what a disk would have lost is taken out of its file; resume finds it.
. "$(dirname "$0")/tap.sh"
plan 8
cd "$TMP" || exit 1

cat >"$TMP/forced.yaml" <<'YAML'
name: forced
version: 1
stage: bench
title: {en: Forced writes, zh: 强制写入}
scalable: yes
blind: allowed
fences: {scratch: 1MiB}
steps:
  - {name: forced, kernel: disk.order, duration: 4s, floor: 1s, bytes: 1MiB}
YAML

# Nobody reads the file meanwhile: what the page cache holds is no proof of a disk, and the kernel says so.
begin() { # DIR: cut off when it has written for a while
  local runner file=$1/scratch/disk.order
  "$CUIHUO" run ./forced.yaml --out "$1" >"$TMP/screen" 2>&1 &
  runner=$!
  while [ -e "/proc/$runner" ]; do
    [ "$(stat -c %s "$file" 2>/dev/null)" = 1048576 ] && break
    sleep 0.05
  done
  sleep 1.5
  kill -9 "$runner" 2>/dev/null
  wait "$runner" 2>/dev/null
  sleep 0.5 # its child goes with it
  [ -s "$file" ]
}

if ! begin held; then
  for n in $(seq 8); do skip "test $n" "the temporary folder lies on no disk with O_DIRECT"; done
  exit
fi
"$CUIHUO" resume held >"$TMP/out" 2>&1
is "what was acknowledged is there: no finding" "$(jq -c '[.findings[].code | select(startswith("disk"))]' held/record.json)" '[]'
is "and the step began again" "$(jq '[.outcomes[].attempt] | max' held/record.json)" 2
is "nothing is left in the run folder" "$(ls held/scratch 2>/dev/null)" ""

begin lied
tap_result $? "another one is cut off"
# The oldest kilobytes of the data are taken back: there are later ones, so they had been acknowledged.
block() { od -An -tu8 -j $(($1 * 4096 + 24)) -N 8 lied/scratch/disk.order | tr -d ' '; }
newest=0
for n in $(seq 0 127); do
  [ "$(block "$n")" -gt "$newest" ] && newest=$(block "$n")
done
for n in $(seq 0 127); do
  [ "$(block "$n")" = $((newest - 20)) ] && victim=$n
done
dd if=/dev/zero of=lied/scratch/disk.order bs=4096 count=1 seek="$victim" conv=notrunc,fsync 2>/dev/null
exit_is "resume goes on, and the machine failed" 1 "$CUIHUO" resume lied
is "one write is missing" "$(jq '[.findings[] | select(.code == "disk-mismatch")] | length' lied/record.json)" 1
is "it is said where" \
  "$(jq -r '.findings[] | select(.code == "disk-mismatch") | .evidence.offset' lied/record.json)" \
  "$(printf '0x%016x' $((victim * 4096 + 24)))"
is "and by which kernel" \
  "$(jq -r '.findings[] | select(.code == "disk-mismatch") | [.evidence.kernel, .evidence.fault] | join(" ")' lied/record.json | sed 's/stale/lost/')" \
  "disk.order lost"
