#!/usr/bin/env bash
# A compiler that does not know an instruction set loses the set, not the build, and the build says so.
. "$(dirname "$0")/tap.sh"
plan 3
cd "$SOURCE" || exit 3
case $("${CC:-cc}" -dumpmachine) in
  x86_64*) set=avx512 flag=-mavx512f arch=x86_64 ;;
  aarch64*) set=sve flag=-march=armv8.2-a+sve arch=aarch64 ;;
  *) set=lasx flag=-mlasx arch=loongarch64 ;;
esac
cat >"$TMP/old-cc" <<EOF
#!/bin/sh
for word; do [ "\$word" = $flag ] && exit 1; done
exec ${CC:-cc} "\$@"
EOF
chmod +x "$TMP/old-cc"
object=$TMP/b/obj/harness/stress/isa/$arch/impls.o
ok "impls.c compiles" make O="$TMP/b" CC="$TMP/old-cc" "$object"
is "the loss is said in one line" "$(grep -c "does not know $set" "$TMP/out")" 1
is "the set has no row" "$(nm "$object" | grep -c "vec_$set")" 0
