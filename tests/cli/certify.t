#!/usr/bin/env bash
# certify: judges again, refuses what did not pass, never overwrites, keeps key and evidence apart.
. "$(dirname "$0")/tap.sh"
plan 21
. "$(dirname "$0")/certify_scene.sh"
profile huge "expect:" "  - {class: cpu, count: 4096}"
"$CUIHUO" run huge.yaml --out fail >/dev/null 2>&1
"$CUIHUO" run small.yaml --duration 500ms --out short >/dev/null 2>&1

exit_is "a run that passed is certified" 0 certify pass
is "the certificate is named for the serial" "$(ls pass/*.cert.json)" pass/SN42.cert.json
exit_is "a certificate is never overwritten" 2 certify pass
exit_is "it can be written elsewhere" 0 certify pass -o other.cert.json
exit_is "--json says which file, key and record" 0 certify pass --out third.json --json
is "the record is named by its SM3" "$(jq -r .record "$TMP/out")" "$(openssl dgst -sm3 -r pass/record.json | cut -d' ' -f1)"
is "and the key by its id" "$(jq -r .key "$TMP/out")" "$("$CUIHUO" key show bench.key.pub --json | jq -r .key)"
exit_is "FAIL is refused with exit code 1" 1 certify fail
is "it says why" "$(grep -c '  expectation-failed' "$TMP/err")" 1
is "in the language of the user" \
  "$(LC_ALL=C.UTF-8 LANGUAGE=zh_CN certify fail 2>&1 | grep -c '^  expectation-failed cpu: 类别 cpu')" 1
exit_is "INCOMPLETE is refused with exit code 4" 4 certify short
is "it says why, too" "$(grep -c '  cut-short' "$TMP/err")" 1
is "nothing is written then" "$(ls fail/*.cert.json short/*.cert.json 2>/dev/null)" ""
cp pass/verdict.json fail/verdict.json
exit_is "a verdict that was put there is not believed" 1 certify fail
cp bench.key pass/inside.key
exit_is "a key inside the run folder is refused" 2 "$CUIHUO" certify pass --key pass/inside.key --password-file pw --out x
"$CUIHUO" key make line.key --password-file pw >/dev/null
exit_is "a product key does not sign stage bench" 2 "$CUIHUO" certify pass --key line.key --password-file pw --out x
echo wrong >wrong
exit_is "a wrong password signs nothing" 2 "$CUIHUO" certify pass --key bench.key --password-file wrong --out x
cp -r pass changed
sed -i 's/"serial":"SN42"/"serial":"SN43"/' changed/record.json
exit_is "a record that the journal does not bear out is refused" 2 certify changed --out x
rm changed/run.journal
exit_is "a record alone is judged alone" 0 certify changed --out alone.json
is "and that is said" "$(grep -c 'no run.journal' "$TMP/err")" 1
is "no refused certificate was written" "$(ls x 2>/dev/null)" ""
