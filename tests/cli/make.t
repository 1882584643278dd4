#!/usr/bin/env bash
# The Makefile builds what changed, all of it and nothing twice.
. "$(dirname "$0")/tap.sh"
plan 9
cd "$SOURCE" || exit 3
unset MAKEFLAGS MAKELEVEL MFLAGS
object=$TMP/b/obj/harness/base/buf.o
build() { make O="$TMP/b" "$@" "$object"; }
compiled() { build "$@" 2>&1 | grep -c '  CC '; }

is "a file is compiled once" "$(compiled)" 1
is "it is not compiled again when nothing changed" "$(compiled)" 0
is "other flags compile it again" "$(compiled CFLAGS=-O0)" 1
is "a changed header compiles it again" "$(compiled CFLAGS=-O0 -W harness/base/buf.h)" 1
is "a header that it does not include does not" "$(compiled CFLAGS=-O0 -W harness/model/plan.h)" 0
ok "V=1 shows the command with -ffp-contract=off" grep -q -- -ffp-contract=off <(build V=1 CFLAGS=-O1 2>&1)
ok "help names the two commands of the README" bash -c 'make help | grep -q "^make burn-in" && make help | grep -q "^make test "'
is "before there is a compiler nothing is said of one" \
  "$(make -n O="$TMP/none" CC=no-such-compiler help 2>&1 | grep -c 'no-such-compiler')" 0

catalogue=$TMP/b/locale/zh_CN/LC_MESSAGES/cuihuo.mo
printf '#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho half >"$2"\nexit 1\n' >"$TMP/msgfmt"
chmod +x "$TMP/msgfmt"
make O="$TMP/b" MSGFMT="$TMP/msgfmt" "$catalogue" >/dev/null 2>&1
is "what a failed rule left behind is removed" "$(cat "$catalogue" 2>/dev/null)" ""
