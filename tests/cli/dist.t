#!/usr/bin/env bash
# What a tarball of `make dist` has beside the program: the launcher, the check of symbol versions, names
# of devices. The tarball itself is built and started by tests/slow.d/dist.
. "$(dirname "$0")/tap.sh"
plan 23

# --- the launcher: a planted root, and a `uname` that says another machine -------------------------
mkdir -p "$TMP/home/bin" "$TMP/tools" "$TMP/old/lib64" "$TMP/new/lib64"
cp "$CUIHUO" "$TMP/home/bin/cuihuo"
touch "$TMP/old/lib64/ld.so.1" "$TMP/new/lib64/ld.so.1" "$TMP/new/lib64/ld-linux-loongarch-lp64d.so.1"
launcher_for() { # ARCH
  sed "s/@ARCH@/$1/; s/@GLIBC@/2.36/; s/@LINUX@/5.19/" "$SOURCE/packaging/dist/launcher" >"$TMP/home/cuihuo"
  chmod +x "$TMP/home/cuihuo"
}
machine() { # MACHINE: what uname says from now on
  printf '#!/bin/sh\necho %s\n' "$1" >"$TMP/tools/uname"
  chmod +x "$TMP/tools/uname"
}
start() { PATH=$TMP/tools:$PATH "$TMP/home/cuihuo" "$@"; }
lines() { wc -l <"$TMP/err"; }

launcher_for x86_64
machine x86_64
exit_is "the launcher starts the program and hands on its exit code" 2 start --no-such-option
is "and its words" "$(start --version)" "$("$CUIHUO" --version)"
ln -s "$TMP/home/cuihuo" "$TMP/link"
is "it finds the program through a link" "$(PATH=$TMP/tools:$PATH "$TMP/link" --version)" "$("$CUIHUO" --version)"
machine aarch64
exit_is "on another architecture it says so" 3 start --version
is "in one line that names the right tarball" "$(lines) $(grep -o 'cuihuo-VERSION-aarch64.tar.gz' "$TMP/err")" \
  "1 cuihuo-VERSION-aarch64.tar.gz"

launcher_for loong64
machine loongarch64
exit_is "the old world of LoongArch ends with 3" 3 env CUIHUO_LAUNCHER_ROOT="$TMP/old" PATH="$TMP/tools:$PATH" \
  "$TMP/home/cuihuo" --version
is "one line says why" "$(lines) $(grep -c "old world" "$TMP/err")" "1 1"
LANG=zh_CN.UTF-8 LC_ALL='' CUIHUO_LAUNCHER_ROOT=$TMP/old start --version 2>"$TMP/err"
is "in Chinese where LANG asks for it" "$(lines) $(grep -c "旧世界" "$TMP/err")" "1 1"
is "a system that has both loaders is given the program" \
  "$(CUIHUO_LAUNCHER_ROOT=$TMP/new start --version)" "$("$CUIHUO" --version)"

mkdir "$TMP/neither"
is "and one that has neither loader is not called the old world" \
  "$(CUIHUO_LAUNCHER_ROOT=$TMP/neither start --version)" "$("$CUIHUO" --version)"
launcher_for x86_64
machine x86_64
is "a loader of that name is no old world on another architecture" \
  "$(CUIHUO_LAUNCHER_ROOT=$TMP/old start --version)" "$("$CUIHUO" --version)"
launcher_for loong64
machine loongarch64

printf '#!/bin/sh\necho "version GLIBC_2.36 not found" >&2\nexit 1\n' >"$TMP/home/bin/cuihuo"
exit_is "a program that the loader refuses is no failed machine" 3 \
  env CUIHUO_LAUNCHER_ROOT="$TMP/new" PATH="$TMP/tools:$PATH" "$TMP/home/cuihuo" run
is "one line has the loader's reason" "$(lines) $(grep -c "needs glibc 2.36 .*GLIBC_2.36 not found" "$TMP/err")" "1 1"

# --- the check of symbol versions -------------------------------------------------------------------
mkdir "$TMP/program"
echo 'int puts(const char *text); int main(void) { return puts("x") < 0; }' >"$TMP/program.c"
"${CC:-cc}" -o "$TMP/program/program" "$TMP/program.c"
check=$SOURCE/packaging/dist/glibc-symbols
ok "a program that needs no newer symbol passes" "$check" 99 "$TMP/program"
exit_is "a newer symbol fails" 1 "$check" 2.0 "$TMP/program"
is "and is named" "$(grep -c 'program: puts needs glibc 2.* newer than 2.0$' "$TMP/out")" 1

echo 'int made(void); int made(void) { return 0; }' | "${CC:-cc}" -shared -fPIC -x c -o "$TMP/libmade.so" -
echo 'int made(void); int main(void) { return made(); }' |
  "${CC:-cc}" -x c -o "$TMP/program/other" - -x none -L"$TMP" -lmade
exit_is "a library that is not in the tarball fails" 1 "$check" 99 "$TMP/program"
is "and is named" "$(cat "$TMP/out")" "$TMP/program/other: needs libmade.so, which is not in the tarball"
mv "$TMP/libmade.so" "$TMP/program"
ok "beside the program it passes" "$check" 99 "$TMP/program"
mkdir "$TMP/nothing"
exit_is "a tarball without a program fails" 1 "$check" 99 "$TMP/nothing"
sentence="what the whole file asks of glibc, without a symbol, fails"
if "${CC:-cc}" -pie -fPIE -Wl,-z,pack-relative-relocs -o "$TMP/nothing/packed" "$TMP/program.c" 2>"$TMP/err" &&
  readelf -V -W "$TMP/nothing/packed" | grep -q GLIBC_ABI_DT_RELR; then
  is "$sentence" "$("$check" 99 "$TMP/nothing")" "$TMP/nothing/packed: needs GLIBC_ABI_DT_RELR of glibc"
else
  skip "$sentence" "this linker does not pack relocations"
fi

# --- names of devices ---------------------------------------------------------------------------
mkdir -p "$TMP/data/ids" "$TMP/root/sys/bus/pci/devices/0000:00:01.0"
cp "$SOURCE"/probes/ids/*.tsv "$TMP/data/ids"
printf 'fff3  Made Up Devices\n\t0001  Small Board\n' >"$TMP/data/ids/pci.ids"
device=$TMP/root/sys/bus/pci/devices/0000:00:01.0
echo 0xfff3 >"$device/vendor"
echo 0x0001 >"$device/device"
echo 0x020000 >"$device/class"
head -c 64 /dev/zero >"$device/config"
is "a pci.ids beside the program's own tables names a device" \
  "$(CUIHUO_DATA=$TMP/data "$CUIHUO" probe pci --root "$TMP/root" --json |
    jq -r '.components[].attributes.device | "\(.value), \(.source)"')" \
  "Small Board, pci.ids"
usb=$TMP/root/sys/bus/usb/devices/1-1
mkdir -p "$usb"
echo fff3 >"$usb/idVendor"
echo 0002 >"$usb/idProduct"
echo 09 >"$usb/bDeviceClass"
printf 'fff3  Made Up Devices\n\t0002  Small Hub\n' >"$TMP/data/ids/usb.ids"
is "and a usb.ids a USB device" \
  "$(CUIHUO_DATA=$TMP/data "$CUIHUO" probe usb --root "$TMP/root" --json |
    jq -r '.components[].attributes.device | "\(.value), \(.source)"')" \
  "Small Hub, usb.ids"
