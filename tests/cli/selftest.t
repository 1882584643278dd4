#!/usr/bin/env bash
# selftest proves every kernel on every instruction set, in text and in JSON.
. "$(dirname "$0")/tap.sh"
plan 26
begin=$SECONDS
exit_is "all kernels are proven on this machine" 0 "$CUIHUO" selftest --json
json=$(cat "$TMP/out")
ok "within 50 seconds" test $((SECONDS - begin)) -lt 50
is "there is an object for each kernel of docs/kernels.md" \
  "$(jq -r '[.[].kernel] | unique | join(" ")' <<<"$json")" \
  "$(sed -nE 's/^\| ([a-z]+\.[a-z0-9-]+) \|.*/\1/p' "$SOURCE/docs/kernels.md" | LC_ALL=C sort -u | xargs)"
is "every one of them is clean, found and ok" \
  "$(jq -c '[.[] | select(.clean and .found and .ok and .flips == .flips_found and .flips > 0 | not)]' <<<"$json")" "[]"
is "no kernel and instruction set comes twice" \
  "$(jq '[.[] | .kernel + "/" + .isa] | length - (unique | length)' <<<"$json")" 0
ok "every kernel has its scalar path proven" \
  jq -e '([.[] | select(.isa == "scalar").kernel] | unique) == ([.[].kernel] | unique)' <<<"$json"
ok "thirty kernels of the cpu and more are proven" \
  jq -e '[.[].kernel | select(startswith("cpu."))] | unique | length >= 30' <<<"$json"
exit_is "--isa narrows" 0 "$CUIHUO" selftest --json --isa scalar cpu.vector mem.march
is "to what it says" "$(jq -r '.[] | .kernel + " " + .isa' "$TMP/out" | tr '\n' ',')" "cpu.vector scalar,mem.march scalar,"
exit_is "--without takes away" 0 "$CUIHUO" selftest --json --without sse2,avx2,avx512,neon,sve,lsx,lasx,aes,sha,sm3,sm4,crc,clmul cpu.vector cpu.aes
is "all that it names" "$(jq -r '.[].isa' "$TMP/out" | xargs)" "scalar scalar"
exit_is "an unknown instruction set is a usage error" 2 "$CUIHUO" selftest --isa mmx
exit_is "an unknown kernel is one" 2 "$CUIHUO" selftest cpu.magic
is "and those that are there are listed" "$(tail -n +2 "$TMP/err" | xargs -n 1 | LC_ALL=C sort | xargs)" \
  "$(jq -r '[.[].kernel] | unique | join(" ")' <<<"$json")"
exit_is "kernels are chosen by globs too" 0 "$CUIHUO" selftest --json --isa scalar 'mem.b*' 'cpu.mul[13]?'
is "and those that fit are proven, no other" "$(jq -r '.[].kernel' "$TMP/out" | LC_ALL=C sort | xargs)" \
  "$(jq -r '[.[].kernel | select(test("^mem[.]b|^cpu[.]mul[13].$"))] | unique | join(" ")' <<<"$json")"
exit_is "a glob that fits none is a usage error" 2 "$CUIHUO" selftest 'mem.z*'
exit_is "a folder that is not there is said" 2 "$CUIHUO" selftest --folder "$TMP/none" disk.verify
mkdir "$TMP/scratch"
"$CUIHUO" selftest --folder "$TMP/scratch" disk.verify >/dev/null
is "nothing stays in the folder" "$(ls -A "$TMP/scratch")" ""
exit_is "--yield says what consistent faults the kernels find" 0 "$CUIHUO" selftest --yield --json
cp "$TMP/out" "$TMP/yield"
ok "thirty of them and more find some that no other finds" \
  jq -e '[.[] | select(.found > 0 and .found <= .planted and (.own | length) > 0)] | length >= 30' "$TMP/yield"
is "and in text it says the same" "$("$CUIHUO" selftest --yield | awk '{print $1, $2}')" \
  "$(jq -r '.[] | .kernel + " " + (.found | tostring)' "$TMP/yield")"
ok "integers, reals, programs and ciphers are among them, each with more than two thirds of its faults" \
  jq -e '[.[] | select(.kernel | test("^cpu[.](integer|float|program|aes|sha|sm3|sm4|crc|clmul)$"))
    | select(.found * 3 > .planted * 2)] | length == 9' "$TMP/yield"
exit_is "of kernels that are named it says their share alone" 0 "$CUIHUO" selftest --yield --json 'cpu.s*4' cpu.crc
is "the same as among all" "$(jq -c . "$TMP/out")" \
  "$(jq -c '[.[] | select(.kernel | test("^cpu[.](s.*4|crc)$"))]' "$TMP/yield")"
exit_is "where no fault can be planted, that is said" 2 "$CUIHUO" selftest --yield 'mem.*'
