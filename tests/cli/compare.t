#!/usr/bin/env bash
# cuihuo compare, and bills of materials in profiles.
. "$(dirname "$0")/tap.sh"
plan 36
golden=$SOURCE/tests/golden/greatwall-td120a2.json
cd "$TMP" || exit 3

exit_is "a machine is the same as itself" 0 "$CUIHUO" compare "$golden" "$golden"
is "and that is all" "$(cat out)" "SAME: nothing that counts differs"

jq -c '(.components[] | select(.id == "dimm/Channel-1").attributes) |=
    (.size_bytes.value = 4294967296 | .part_number.value = "FD4AU3200C4GTG" | .serial.value = "1") |
  (.components[] | select(.id == "block/nvme0n1").attributes.firmware.value) = "H1.0.3" |
  .components |= map(select(.id != "pci/0000:03:00.0" and .id != "usb/1-2"))' "$golden" >unit.json
exit_is "another build differs" 1 "$CUIHUO" compare "$golden" unit.json
cp out text
ok "a smaller module is a downgrade, by slot" grep -q \
  'Memory  *dimm/Channel-1  *downgraded .*4 GiB.*size 8 GiB → 4 GiB$' text
ok "a card is removed" grep -q 'pci/0000:03:00.0  *removed ' text
ok "firmware has changed" grep -q 'block/nvme0n1  *changed .*firmware H1.0.2 → H1.0.3$' text
ok "kinds are counted" grep -q 'Longsys FD4AU3200C8GTG 8 GiB DDR4 3200 MT/s  *1  *0$' text
ok "what comes and goes stands apart" grep -A 2 '^Comes and goes' text
is "what still holds is said" "$(grep '^Still holds' text)" \
  "Still holds: processor, network, drivers and operating system, temperature"
is "and which tests must run again" \
  "$(sed -n '/^Tests to run again/,$s/^  \([a-z]*\.\*\) ([0-9]*) .*/\1/p' text | LC_ALL=C sort | tr '\n' ' ')" "disk.* mem.* "
exit_is "it speaks Chinese" 1 env LC_ALL=zh_CN.UTF-8 "$CUIHUO" compare "$golden" unit.json
cp out text
ok "in the words of the line" grep -q '内存  *dimm/Channel-1  *降级 .*容量 8 GiB → 4 GiB$' text
exit_is "--json works" 1 "$CUIHUO" compare "$golden" unit.json --json
is "and is canonical" "$(jq -cS . out)" "$(cat out)"
is "and says the same" "$(jq -c '[.answer, (.changes[] | select(.counts) | .change)]' out)" \
  '["different","downgraded","removed","changed"]'
is "and names every test of the kinds that must run again" \
  "$(jq -r '.again[].run' out | LC_ALL=C sort | xargs)" \
  "$("$CUIHUO" selftest none 2>&1 | grep -oE '(mem|disk)\.[a-z-]+' | LC_ALL=C sort | xargs)"

jq -c '(.classes[] | select(.class == "memory")) = {class: "memory", presence: "unreadable", note: "broken"} |
  .components |= map(select(.class != "memory"))' "$golden" >blind.json
exit_is "what could not be read cannot be told" 4 "$CUIHUO" compare "$golden" blind.json

echo '{' >bad.json
exit_is "a file that is no inventory is refused" 2 "$CUIHUO" compare "$golden" bad.json
exit_is "one that is not there too" 2 "$CUIHUO" compare "$golden" none.json
exit_is "and one machine alone" 2 "$CUIHUO" compare "$golden"

# --- roots, runs, bills of materials
"$SOURCE/tests/roots/build" greatwall-td120a2 "$TMP"
exit_is "a captured machine is what its inventory says" 0 "$CUIHUO" compare "$golden" greatwall-td120a2
"$CUIHUO" probe --json >here.json
cat >bom.yaml <<'END'
name: bom
version: 1
stage: bench
title: {en: Bill, zh: 清单}
scalable: yes
blind: allowed
expect:
  - {bom: here.json, except: [firmware]}
steps:
  - {name: whole, kernel: cpu.integer, duration: 1s}
END
jq -c '(.components[] | select(.id == "topology/machine").attributes.cores.value) += 1' here.json >more.json
sed 's/here\.json, except.*\]/more.json/' bom.yaml >more.yaml
readable=$(jq '[.classes[] | select(.presence == "unreadable")] + [.problems[] | select(.code == "permission")] | length' here.json)
if [ "$readable" = 0 ]; then
  "$CUIHUO" plan bom.yaml >text
  ok "a rehearsal says that the machine is as declared" grep -qx 'This machine is as the profile expects' text
  "$CUIHUO" plan more.yaml >text
  ok "and which part is not" grep -q '^Not as expected: topology/machine: downgraded, cores was ' text
  exit_is "the machine that was declared passes" 0 "$CUIHUO" run bom.yaml --out run
  exit_is "another fails" 1 "$CUIHUO" run more.yaml --out other --json
  is "and each difference is a reason" "$(jq -r '.reasons[] | .code + " " + .subject' out)" \
    "expectation-failed topology/machine"
  exit_is "the verdict is derived again" 1 "$CUIHUO" judge other --check
  exit_is "two runs of one machine are the same" 0 "$CUIHUO" compare run other
  exit_is "a run and an inventory can be compared" 1 "$CUIHUO" compare run/record.json more.json --json
  is "and the steps to do again are named" "$(jq -c '[.again[] | select(.run == "cpu.integer").steps[]]' out)" '["whole"]'
else
  for sentence in "a rehearsal says that the machine is as declared" "and which part is not" "the machine that was declared passes" "another fails" "and each difference is a reason" \
    "the verdict is derived again" "two runs of one machine are the same" "a run and an inventory can be compared" \
    "and the steps to do again are named"; do
    skip "$sentence" "parts of this machine are readable by root only"
  done
fi

# Problems of a profile: LINE:COLUMN.
problem_is() { # SENTENCE LINE-OF-EXPECT PLACE
  sed "s|^  - {bom.*|  - $2|" bom.yaml >wrong.yaml
  "$CUIHUO" profile check wrong.yaml >out 2>&1
  is "$1" "$(sed -n 's/^\(wrong.yaml:[0-9]*:[0-9]*\): .*/\1/p' out)" "wrong.yaml:$3"
}
problem_is "a bill that is not there has its place" "{bom: none.json}" 8:11
problem_is "a bill that is no inventory too" "{bom: bad.json}" 8:11
problem_is "and one that was made blindly" "{bom: blind.json}" 8:11
problem_is "and a class that nobody knows" "{bom: $golden, except: [blok]}" "8:$((22 + ${#golden}))"
problem_is "a bill speaks of everything" "{bom: $golden, class: cpu}" 8:5
problem_is "'except' needs a bill" "{class: cpu, is: present, except: [cpu]}" 8:39
