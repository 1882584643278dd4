#!/usr/bin/env bash
# cuihuo profile list, show, check.
. "$(dirname "$0")/tap.sh"
plan 21

exit_is "list works" 0 "$CUIHUO" profile list
is "every stage has a profile" "$(awk 'NR > 1 && $3 != "-" { print $3 }' "$TMP/out" | sort -u | tr '\n' ' ')" \
  "batch bench field first-article mass reliability rework sample trial "
exit_is "list --json works" 0 "$CUIHUO" profile list --json
is "and names quick with its stage" "$(jq -r '.[] | select(.name == "quick") | .stage' "$TMP/out")" bench

exit_is "show prints the effective profile" 0 "$CUIHUO" profile show mass
is "with what is inherited and from where" "$(grep -c '^File: common.yaml, SM3 [0-9a-f]\{64\}$' "$TMP/out")" 1
"$CUIHUO" profile show mass --json >"$TMP/mass.json"
is "show --json is canonical" "$(jq -cS . "$TMP/mass.json")" "$(cat "$TMP/mass.json")"

exit_is "the shipped profiles are good" 0 "$CUIHUO" profile check "$SOURCE"/profiles/*.yaml

cat >"$TMP/bad.yaml" <<'END'
name: bad
version: 1
stage: mass
title: {en: Bad, zh: 坏}
blind: allowed
steps:
  - {name: a, kernel: cpu.integr, duration: 10s}
  - {name: b, kernel: cpu.vector, duraton: 0s, params: {speed: 9}}
  - {name: c, kernel: disk.verify, duration: 10s, floor: 20s, bytes: 1GiB}
guard:
  - {metric: temperature, stop: 950C}
END
exit_is "check finds several slips at once, exit 2" 2 "$CUIHUO" profile check "$TMP/bad.yaml"
cp "$TMP/out" "$TMP/found"
is "each with file, line and column" "$(sed "s|^$TMP/||" "$TMP/found" | cut -d: -f1-3 | tr '\n' ' ')" \
  "bad.yaml:5:8 bad.yaml:7:23 bad.yaml:8:5 bad.yaml:8:35 bad.yaml:8:57 bad.yaml:9:5 bad.yaml:9:58 bad.yaml:11:33 "
ok "and says what was meant" grep -q "unknown key 'duraton'; did you mean 'duration'?" "$TMP/found"
exit_is "check --json says the same" 2 "$CUIHUO" profile check --json "$TMP/bad.yaml"
is "as many problems" "$(jq '.problems | length' "$TMP/out")" "$(wc -l <"$TMP/found")"

printf 'name: a\nversion: 1\nextends: b\n' >"$TMP/a.yaml"
printf 'name: b\nversion: 1\nextends: a\n' >"$TMP/b.yaml"
"$CUIHUO" profile check "$TMP/a.yaml" >"$TMP/circle" 2>&1
ok "a circle is found in files beside each other" \
  grep -q "b.yaml:3:10: 'extends' goes round in a circle" "$TMP/circle"

exit_is "an unknown name is bad input" 2 "$CUIHUO" profile show nothing
is "and the message says what to do" "$(grep -c "'cuihuo profile list' lists them" "$TMP/err")" 1
exit_is "words that are none are a usage error" 2 "$CUIHUO" profile explode

{ printf '\xef\xbb\xbf'; cat "$SOURCE/profiles/quick.yaml"; } >"$TMP/bom.yaml"
cp "$SOURCE/profiles/common.yaml" "$TMP" 2>/dev/null
exit_is "a byte order mark, as some editors write it, is no fault" 0 "$CUIHUO" profile check "$TMP/bom.yaml"
exit_is "a folder is no profile: bad input" 2 "$CUIHUO" profile check "$TMP"
sed 's/^steps:/expect:\n  - {class: cpus, is: present}\n  - {class: gargle, is: absent}\nsteps:/' \
  "$SOURCE/profiles/quick.yaml" >"$TMP/class.yaml"
exit_is "a component class that no probe knows is found" 2 "$CUIHUO" profile check "$TMP/class.yaml"
line=$(grep -n '^expect:' "$TMP/class.yaml" | cut -d: -f1)
is "each with its line and column, and the word that was meant" "$(sed "s|$TMP/||" "$TMP/err" "$TMP/out" | grep '^class.yaml' | cut -d: -f2-4 | tr '\n' ' ')" \
  "$((line + 1)):13: there is no component class 'cpus'; did you mean 'cpu'? $((line + 2)):13: there is no component class 'gargle'; 'cuihuo probe' shows them "
