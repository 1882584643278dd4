#!/usr/bin/env bash
# cuihuo report: a record as a page or as text. The records come from the unit tests of reports.
. "$(dirname "$0")/tap.sh"
plan 21
made=$TMP/made
mkdir "$made"
CUIHUO_GOLDEN=$made "$(dirname "$CUIHUO")/tests/unit/test_report" >"$TMP/log" || { cat "$TMP/log"; exit 3; }
record=$made/record-pass.json
cd "$TMP" || exit 3

ok "a record becomes a page" "$CUIHUO" report "$record" -o out.html
ok "the page is HTML" grep -q '^<!DOCTYPE html>' out.html
ok "--out says the same as -o" "$CUIHUO" report "$record" --out long.html
ok "the same record gives the same bytes" cmp out.html long.html
ok "--lang zh speaks Chinese in an English locale" "$CUIHUO" report "$record" --lang zh -o zh.html
ok "the Chinese page says so" grep -q '<html lang="zh-CN">' zh.html
ok "--lang en speaks English in a Chinese locale" env LC_ALL=zh_CN.UTF-8 "$CUIHUO" report "$record" --lang en -o en.html
ok "whatever the locale the bytes are the same" cmp en.html out.html
ok "without --lang the locale decides" env LC_ALL=zh_CN.UTF-8 "$CUIHUO" report "$record" -o own.html
ok "and gives the same page" cmp own.html zh.html
"$CUIHUO" report "$record" >out.txt
ok "without -o there is text on standard output" grep -q '^Burn-in test report  TF630V3-2026-000042' out.txt
"$CUIHUO" report "$record" -o - >dash.txt
ok "and - means the same" cmp out.txt dash.txt
mkdir run
cp "$record" run/record.json
ok "a run folder is as good as its record" "$CUIHUO" report run -o run.html
ok "with the same page" cmp run.html out.html
exit_is "an unknown ending is refused" 2 "$CUIHUO" report "$record" -o out.doc
sed 's/"serial":"[^"]*"/"serial":1/' "$record" >bad.json
exit_is "a record that is none is refused" 2 "$CUIHUO" report bad.json -o bad.html
ok "and nothing is written" test ! -e bad.html
"$CUIHUO" report "$record" --public -o public.html
ok "--public does not show the serial number" sh -c "! grep -q TF630V3-2026-000042 public.html"
ok "and says that this copy is such a one" grep -q 'replaced by others of the same form' public.html
digest=$("$CUIHUO" report "$record" --lang en | sed -n 's/^SM3 of the record  *//p')
is "a digest of the record is 64 digits" 64 "${#digest}"
ok "and it is that of the record in the copy, too" grep -q "$digest" public.html
