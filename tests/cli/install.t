#!/usr/bin/env bash
# What `make install` puts down works from there, without the source tree.
. "$(dirname "$0")/tap.sh"
plan 7
BUILD=${BUILD:-$SOURCE/build}
cd "$SOURCE" || exit 3
ok "make install fills DESTDIR below prefix" make O="$BUILD" DESTDIR="$TMP/root" prefix=/opt/cuihuo install
installed=$TMP/root/opt/cuihuo/bin/cuihuo
cd "$TMP" || exit 3
is "the installed program says the version of the built one" "$("$installed" --version)" "$("$CUIHUO" --version)"
ok "it finds its profiles" "$installed" profile check quick
ok "it speaks Chinese" grep -q 通过 <(LC_ALL=zh_CN.UTF-8 "$installed" --help)
is "nothing is written outside DESTDIR/prefix" "$(find "$TMP/root" -type f -not -path "$TMP/root/opt/cuihuo/*" | wc -l)" 0
is "the tables of names are the checked ones" \
  "$("$installed" probe os | sed -n 's/^Tables of names: \(.*\), SM3 /\1 /p')" \
  "$(sed 's/.*: \(.*\), sm3/\1/' "$BUILD/ids-checked")"
documents=$TMP/root/opt/cuihuo/share/doc/cuihuo
is "each document that the README leads to is there" \
  "$(cd "$documents" && grep -oh '](\([^)#]*\)' README*.md | sed 's/](//' | sort -u | xargs ls -d 2>&1 >/dev/null)" ""
