#!/usr/bin/env bash
# cuihuo capture: machines as files, and what is refused.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
plan 29

# What may differ between a machine and its redacted capture: the values that name one unit.
same_but_for_secrets() { # ONE OTHER
  local strip='del(.root) | .components |= map(.attributes |= with_entries(
    if .key | test("serial|uuid|asset|^mac$|wwid|wwn|chip_id|cmdline") then del(.value.value) else . end))'
  diff <(jq -S "$strip" "$1") <(jq -S "$strip" "$2")
}

exit_is "capture writes this machine down" 0 "$CUIHUO" capture "$TMP/live.capture"
is "it says nothing on standard output" "$(cat "$TMP/out")" ""
is "the file says its format first" "$(head -n 1 "$TMP/live.capture")" "cuihuo-capture 1"
"$CUIHUO" capture - >"$TMP/piped.capture" 2>"$TMP/err"
is "as - it goes to standard output" "$? $(head -n 1 "$TMP/piped.capture") $(grep -c '^standard output: ' "$TMP/err")" \
  "0 cuihuo-capture 1 1"
ok "and makes no file of that name" test ! -e ./-
exit_is "the capture is probed" 0 "$CUIHUO" probe --root "$TMP/live.capture" --json
cp "$TMP/out" "$TMP/captured.json"
# ... but for what the disks themselves are asked: a capture has none of it.
"$CUIHUO" probe --json |
  jq -c '.components |= map(.attributes |= with_entries(select(.value.source != "smartctl")))' >"$TMP/live.json"
ok "it says what the machine says" same_but_for_secrets "$TMP/live.json" "$TMP/captured.json"

for name in $("$SOURCE/tests/roots/build" --list); do
  "$SOURCE/tests/roots/build" "$name" "$TMP"
  "$CUIHUO" probe --json --root "$TMP/$name" >"$TMP/folder.json"
  "$CUIHUO" capture --root "$TMP/$name" "$TMP/$name.capture" 2>/dev/null
  "$CUIHUO" probe --json --root "$TMP/$name.capture" >"$TMP/captured.json"
  ok "$name and its capture say the same" same_but_for_secrets "$TMP/folder.json" \
    "$TMP/captured.json"
  secret=$(jq -r '.components[] | select(.id == "board/0" or .class == "board") |
    .attributes.serial.value // empty' "$TMP/folder.json" | head -n 1)
  ok "its serial number '$secret' is not in the capture" \
    sh -c "[ -n '$secret' ] && ! grep -q '$secret' '$TMP/$name.capture'"
done

exit_is "a file that is there is not replaced" 2 "$CUIHUO" capture "$TMP/live.capture"
is "the message says how to" "$(grep -c -- --force "$TMP/err")" 1
before=$(cksum <"$TMP/live.capture")
"$CUIHUO" capture "$TMP/live.capture" 2>/dev/null
is "it stays as it was" "$(cksum <"$TMP/live.capture")" "$before"
exit_is "--force replaces it" 0 "$CUIHUO" capture --force "$TMP/live.capture"
is "nothing is left beside it" "$(find "$TMP" -name 'live.capture.*')" ""
mkfifo "$TMP/pipe"
exit_is "nor does --force put a file where a pipe or a device is" 2 \
  "$CUIHUO" capture --force "$TMP/pipe"
ok "the pipe is still one" test -p "$TMP/pipe"
sed 's/$/\r/' "$TMP/live.capture" >"$TMP/mailed.capture"
exit_is "a capture whose line ends were changed on the way is refused" 2 "$CUIHUO" probe --root "$TMP/mailed.capture"
is "and is not taken for a later format" "$(grep -c 'its line ends were changed' "$TMP/err")" 1
head -c 5000 "$TMP/live.capture" >"$TMP/cut.capture"
is "what is wrong in a capture is told in Chinese, too" \
  "$(LC_ALL=zh_CN.UTF-8 "$CUIHUO" probe --root "$TMP/cut.capture" 2>&1 | grep -c '：该行没有结尾：文件被截断$\|在 .end. 行之前结束$')" 1
exit_is "a folder that is not there is bad input" 2 "$CUIHUO" capture "$TMP/none/x.capture"
exit_is "a file is asked for" 2 "$CUIHUO" capture

# A host's file behind an absolute link, at the places where libraries and probes read.
root=$TMP/planted
mkdir -p "$root/proc" "$root/sys/bus/pci/devices/0000:00:01.0" "$root/sys/class/hwmon/hwmon0" \
  "$root/sys/devices/system/cpu/cpu0/topology"
echo "content of the host" >"$TMP/host"
ln -s "$TMP/host" "$root/sys/bus/pci/devices/0000:00:01.0/config"
ln -s "$TMP/host" "$root/sys/class/hwmon/hwmon0/temp1_input"
ln -s "$TMP/host" "$root/sys/devices/system/cpu/cpu0/topology/core_id"
exit_is "a root with links that leave it is captured" 0 \
  "$CUIHUO" capture --root "$root" "$TMP/planted.capture"
ok "nothing behind those links is in it" \
  sh -c "grep -q '^link sys/class/hwmon/hwmon0/temp1_input ' '$TMP/planted.capture' &&
    ! grep -q 'content of the host' '$TMP/planted.capture'"

sed '5s/^/x/' "$TMP/live.capture" >"$TMP/bad.capture"
exit_is "a damaged capture is bad input" 2 "$CUIHUO" probe --root "$TMP/bad.capture"
is "the line is named" "$(grep -c 'bad.capture:5: ' "$TMP/err")" 1
