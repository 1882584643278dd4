#!/usr/bin/env bash
# Whatever a machine, a profile or a record says: no control character of theirs reaches a terminal,
# and no name of a file hides the rest.
. "$(dirname "$0")/tap.sh"
plan 34
. "$(dirname "$0")/certify_scene.sh"
# Control characters of one byte and of two, and bytes that are no UTF-8; line ends are ours.
tame() { # SENTENCE: what the last command said holds none of them
  cat "$TMP/out" "$TMP/err" >said
  iconv -f UTF-8 -t UTF-32LE said >wide 2>/dev/null && [ -s said ] &&
    ! od -An -v -tx4 -w4 wide | grep -qE '0000000[0-9b-f]|0000001.|0000007f|0000008.|0000009.|0000202[8-e]'
  tap_result $? "$1"
}

for name in $'e\e[31m0' $'f\xff0' $'g\xc2\x9b0' $'h\xe2\x80\xae0' eth0; do
  card=devices/pci0000:00/0000:00:01.0/net/$name
  mkdir -p "evil/sys/$card" evil/sys/class/net evil/proc
  echo $'\e[5mup' >"evil/sys/$card/operstate"
  echo 00:07:3e:aa:bb:cc >"evil/sys/$card/address"
  ln -s "../../$card" "evil/sys/class/net/$name"
done
exit_is "interfaces of any name are listed" 0 "$CUIHUO" probe net --root evil
tame "without obeying one of them"
exit_is "also as JSON" 0 "$CUIHUO" probe net --root evil --json
is "where each is one" "$(jq -r '[.components[] | select(.class == "net")] | length' "$TMP/out")" 5

sed -e 's/^title: .*/title: {en: "a\\e[31mb", zh: "a\\nb"}/' small.yaml >title.yaml
exit_is "a profile whose title has an escape is shown" 0 "$CUIHUO" profile show ./title.yaml
tame "without obeying it"
sed -e 's/^stage: .*/stage: "a\\e[31mb"/' small.yaml >stage.yaml
exit_is "a profile whose stage has one is refused" 2 "$CUIHUO" profile check ./stage.yaml
tame "without obeying it either"

mkdir record
jq -cjS '.outcomes[0].kind = "failed" | .outcomes[0].reason = "\u001b[31m\u009b\nPASS"' pass/record.json >record/record.json
exit_is "a record that was made up is judged" 4 "$CUIHUO" judge record
tame "without obeying what it says"
exit_is "or refused a certificate" 4 certify record
tame "just as quietly"
printf '{"payload":\e[31m}' >escape.json
exit_is "what is no JSON is refused" 1 verify escape.json
tame "without repeating it"

# --json: one canonical value and a line end, whatever a folder is called.
canonical() { # SENTENCE COMMAND...
  ok "$1" bash -c '"$@" >j 2>/dev/null; [ -s j ] && jq -cS . j | cmp -s - j' _ "${@:2}"
}
cp -r pass $'p\xff'
canonical "run --json is canonical" "$CUIHUO" run small.yaml --out $'r\xff' --json
is "and says how it ended" "$(jq -r '[.cause, .verdict] | join(" ")' j)" "done PASS"
canonical "so is status --json" "$CUIHUO" status $'p\xff' --json
canonical "so is resume --json" "$CUIHUO" resume $'p\xff' --json
canonical "so is judge --json" "$CUIHUO" judge $'p\xff' --json
canonical "so is certify --json" "$CUIHUO" certify pass --key bench.key --password-file pw --out $'c\xff' --json
canonical "so is what it says of a refusal" "$CUIHUO" certify record --key bench.key --password-file pw --json
canonical "so is verify --json" "$CUIHUO" verify $'c\xff' --json
canonical "also of what is no certificate" "$CUIHUO" verify escape.json --json
canonical "so is plan --json" "$CUIHUO" plan small.yaml --json
canonical "so is profile list --json" "$CUIHUO" profile list --json
canonical "so is profile show --json" "$CUIHUO" profile show ./title.yaml --json
cp stage.yaml $'s\xff.yaml'
canonical "so is profile check --json" "$CUIHUO" profile check $'./s\xff.yaml' --json
canonical "so is key make --json" "$CUIHUO" key make other.key --password-file pw --json
canonical "so is key show --json" "$CUIHUO" key show other.key.pub --json
canonical "so is key trust --json" "$CUIHUO" key trust other.key.pub --trust t --name n --stage batch --json
canonical "so is probe --json" "$CUIHUO" probe os kernel --json
canonical "so is selftest --json" "$CUIHUO" selftest cpu.integer --json

# docs/formats/commands.md: every key of what has no page of its own.
keys() { "$CUIHUO" "$@" --json 2>/dev/null | jq -r 'if type == "array" then .[0] else . end | keys[]'; }
{ keys resume pass; keys status pass; keys judge pass; keys key show other.key.pub; keys profile list
  keys profile check ./stage.yaml; keys selftest cpu.integer --isa scalar; } | sort -u >documented
missing=$(while read -r key; do
  grep -qF "\`$key\`" "$SOURCE/docs/formats/commands.md" || echo "$key"; done <documented)
is "every key is documented" "$([ -s documented ] || echo none; echo "$missing")" ""

full=0
for said in --help --version 'help run' 'probe os' 'profile list' 'status pass'; do
  # shellcheck disable=SC2086
  "$CUIHUO" $said >/dev/full 2>"$TMP/err"
  [ $? = 3 ] && [ "$(wc -l <"$TMP/err")" = 1 ] && full=$((full + 1))
done
is "what could not be said is the station's fault, in one line" "$full" 6
