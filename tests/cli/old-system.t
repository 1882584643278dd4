#!/usr/bin/env bash
# What older systems lack: the system calls that came after Linux 4.19, and a smartctl that speaks JSON.
. "$(dirname "$0")/tap.sh"
plan 12

cat >"$TMP/small.yaml" <<'END'
name: small
version: 1
stage: bench
blind: allowed
fences: {scratch: 256MiB}
title: {en: small, zh: 小}
steps:
  - {name: whole, kernel: cpu.integer, duration: 1s}
  - {name: memory, kernel: mem.march, duration: 1s, bytes: 16MiB}
  - {name: disk, kernel: disk.verify, duration: 1s, bytes: 64MiB}
END

# --- Linux 4.19 ---------------------------------------------------------------------------------------
ok "system calls can be refused in a test" "${CC:-cc}" -Wall -Wextra -Werror -o "$TMP/linux-4.19" \
  "$SOURCE/tests/cross/linux-4.19.c"
if "$TMP/linux-4.19" true 2>"$TMP/err"; then
  old() { "$TMP/linux-4.19" "$CUIHUO" "$@"; }
  "$SOURCE/tests/roots/build" greatwall-td120a2 "$TMP"
  root=$TMP/greatwall-td120a2
  ok "Linux 4.19: a captured machine is probed" old probe --root "$root" --json
  is "to the byte as with newer system calls" "$(sha256sum <"$TMP/out")" \
    "$("$CUIHUO" probe --root "$root" --json | sha256sum)"
  classes='[.classes[] | .class + " " + .presence] | sort'
  ok "Linux 4.19: this machine is probed" old probe --json
  is "and has what it has with newer system calls" "$(jq -c "$classes" "$TMP/out")" \
    "$("$CUIHUO" probe --json | jq -c "$classes")"
  exit_is "Linux 4.19: a run of processor, memory and disk passes" 0 old run "$TMP/small.yaml" --out "$TMP/old"
  is "and every step is done" "$(jq -c '[.outcomes[].kind]' "$TMP/old/record.json")" '["done","done","done"]'
else
  why=$(cat "$TMP/err")
  for sentence in 2 3 4 5 6 7; do skip "Linux 4.19, $sentence" "$why"; done
fi

# --- smartctl 6.6 -------------------------------------------------------------------------------------
mkdir "$TMP/bin"
cat >"$TMP/bin/smartctl" <<'END'
#!/bin/sh
echo "$@" >>"${0%/*}/asked"
cat <<'TEXT'
smartctl 6.6 2017-11-05 r4594 [x86_64-linux-4.19.0-amd64-desktop] (local build)
Copyright (C) 2002-17, Bruce Allen, Christian Franke, www.smartmontools.org

=======> UNRECOGNIZED OPTION: json=c

Use smartctl -h to get a usage summary

TEXT
exit 1
END
chmod +x "$TMP/bin/smartctl"
too_old='[{"certainty":"unknown","source":"smartctl","value":"unreadable: too old"}]'
smart='[.components[] | select(.class == "block").attributes.smart // empty] | unique'
with_it() { PATH=$TMP/bin:$PATH "$@"; }

with_it "$CUIHUO" probe block --json >"$TMP/block"
if ! jq -e "$smart | length > 0" "$TMP/block" >"$TMP/out" || grep -q "without root" "$TMP/block"; then
  for sentence in 1 2 3 4; do skip "smartctl 6.6, $sentence" "no disk here that this user may ask"; done
else
  is "smartctl 6.6: the health of each disk is unreadable: too old" "$(jq -c "$smart" "$TMP/block")" "$too_old"
  is "and nothing else is taken from it" \
    "$(jq '[.components[].attributes[] | select(.source == "smartctl")] | length' "$TMP/block")" \
    "$(jq '.components | map(select(.class == "block")) | length' "$TMP/block")"
  with_it env LC_ALL=zh_CN.UTF-8 "$CUIHUO" probe block >"$TMP/out" 2>"$TMP/err"
  is "who reads Chinese is told the same" "$(grep -c 'smart  *unreadable: too old' "$TMP/out")" \
    "$(jq '.components | map(select(.class == "block")) | length' "$TMP/block")"
  with_it "$CUIHUO" run "$TMP/small.yaml" --out "$TMP/smart" >"$TMP/out" 2>"$TMP/err"
  is "a run passes, and its record says why the health of the disks is not known" \
    "$? $(jq -c ".inventory | $smart" "$TMP/smart/record.json")" "0 $too_old"
fi

# Only disks called sd and nvme are asked while they work, first after 5 s: one is planted.
sentence="of a disk that such a smartctl is asked about during a run there is no reading and no finding"
if unshare --mount mount -t tmpfs none /sys/block 2>/dev/null; then
  sed '/name: memory/,$d; s/duration: 1s/duration: 10s/' "$TMP/small.yaml" >"$TMP/longer.yaml"
  # shellcheck disable=SC2016 # for the inner shell
  with_it unshare --mount sh -euc 'mount -t tmpfs none /sys/block; ln -s none /sys/block/sda; exec "$@"' sh \
    "$CUIHUO" run "$TMP/longer.yaml" --out "$TMP/planted" >"$TMP/out" 2>"$TMP/err"
  is "$sentence" \
    "$? $(grep -c sda "$TMP/bin/asked") $(jq -c '[.series[] | select(.source == "smart") | [.metric, .component, .good, .bad]], .findings' "$TMP/planted/record.json" | xargs)" \
    "0 1 [[smart-warning,block/sda,0,0],[media-written,block/sda,0,0],[media-wear,block/sda,0,0]] []"
else
  skip "$sentence" "a disk cannot be planted: mounting is not permitted"
fi
