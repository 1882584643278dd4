#!/usr/bin/env bash
# cuihuo judge: the verdict follows from the evidence, every time.
. "$(dirname "$0")/tap.sh"
plan 27

cat >"$TMP/try.yaml" <<'END'
name: try
version: 1
stage: bench
title: {en: Try, zh: 试}
scalable: yes
blind: allowed
steps:
  - {name: whole, kernel: cpu.integer, duration: 2s}
END
sed 's/duration: 2s/duration: 3s/' "$TMP/try.yaml" >"$TMP/other.yaml"
run=$TMP/run
exit_is "a short run ends" 0 "$CUIHUO" run "$TMP/try.yaml" --out "$run"
cp "$run/verdict.json" "$TMP/verdict.json"

exit_is "judge says PASS" 0 "$CUIHUO" judge "$run"
is "in both languages" "$(grep -c 'PASS  合格' "$TMP/out")" 1
ok "and the verdict's bytes are those of the run" cmp "$run/verdict.json" "$TMP/verdict.json"
rm "$run/verdict.json"
exit_is "a lost verdict is derived again" 0 "$CUIHUO" judge "$run"
ok "with the same bytes" cmp "$run/verdict.json" "$TMP/verdict.json"
exit_is "judge --json works" 0 "$CUIHUO" judge "$run" --json
is "and names the record" "$(jq -r .record_digest "$TMP/out")" \
  "$(jq -r .record_digest "$TMP/verdict.json")"

exit_is "--check is content" 0 "$CUIHUO" judge "$run" --check
sed -i 's/"PASS"/"FAIL"/' "$run/verdict.json"
exit_is "--check finds another verdict" 2 "$CUIHUO" judge "$run" --check
ok "and leaves it" grep -q FAIL "$run/verdict.json"
exit_is "without --check it is put right" 0 "$CUIHUO" judge "$run"
ok "again the same bytes" cmp "$run/verdict.json" "$TMP/verdict.json"

exit_is "by another profile it is incomplete" 4 "$CUIHUO" judge "$run" --profile "$TMP/other.yaml" --json
is "because it was not planned from that one" "$(jq -r '.reasons[0].code' "$TMP/out")" profile-mismatch
ok "and the run keeps the verdict that is its own" cmp "$run/verdict.json" "$TMP/verdict.json"

mkdir "$TMP/killed"
cp "$run/run.journal" "$TMP/killed"
exit_is "a run that left nothing but its journal is judged from there" 0 "$CUIHUO" judge "$TMP/killed"
ok "to the same bytes" cmp "$TMP/killed/verdict.json" "$TMP/verdict.json"
exit_is "and reported" 0 "$CUIHUO" report "$TMP/killed" --lang en
is "a cut journal alone is incomplete" "$(
  head -c "$(($(stat -c %s "$run/run.journal") - 100))" "$run/run.journal" >"$TMP/killed/run.journal"
  "$CUIHUO" judge "$TMP/killed" --json | jq -r .verdict
)" INCOMPLETE

: >"$TMP/killed/run.journal"
exit_is "a journal that cannot be read is bad input" 2 "$CUIHUO" judge "$TMP/killed"
is "and is named" "$(grep -c "$TMP/killed/run.journal: the start of the journal" "$TMP/err")" 1
mkdir "$TMP/full"
cp "$run/run.journal" "$TMP/full"
mkdir "$TMP/full/verdict.json"
"$CUIHUO" judge "$TMP/full" >"$TMP/out" 2>"$TMP/err"
is "a verdict that cannot be kept says what can be done" \
  "$? $(grep -c PASS "$TMP/out") $(grep -c 'judge a copy of the folder' "$TMP/err")" "2 1 1"

cp -r "$run" "$TMP/alone"
rm "$TMP/alone/run.journal"
exit_is "a record without its journal can be judged" 0 "$CUIHUO" judge "$TMP/alone"
is "and that is said" "$(grep -c 'no journal lies beside the record' "$TMP/err")" 1
sed -i 's/"complete":true/"complete":true /' "$TMP/alone/record.json"
exit_is "a record with one byte more is refused" 2 "$CUIHUO" judge "$TMP/alone"
exit_is "a folder that is none is bad input" 2 "$CUIHUO" judge "$TMP/nowhere"
