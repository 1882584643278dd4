# shellcheck shell=bash
# Sourced: build the whole program and its unit tests for another architecture and run them under
# user-mode emulation.
#
#   target_build aarch64 | loong64     compiler and sysroot, then make; sets TARGET_BUILD
#   target_run CPU PROGRAM [ARGUMENT...]     runs it on the emulated CPU ("max", "la464", ...)
#
# What user-mode emulation cannot show: /proc and /sys are those of the host.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 3
cache=$PWD/build-cache
libraries=(libc6-dev libpci-dev libusb-1.0-0-dev libhwloc-dev libsensors-dev libjansson-dev libyaml-dev libssl-dev check)

target_build() {
  local sysroot=$cache/$1 flags triple
  # An emulator that knows LSX, LASX and SVE; static, from backports.
  tools/sysroot amd64 bookworm-backports "$cache/qemu" qemu-user
  case $1 in
    aarch64)
      triple=aarch64-linux-gnu
      tools/sysroot arm64 bookworm "$sysroot" libgcc-12-dev "${libraries[@]}"
      flags=(CROSS_COMPILE="$triple-" CC="$triple-gcc --sysroot=$sysroot")
      ;;
    loong64)
      # Debian 12 has no gcc for LoongArch; clang 19 knows its vectors.
      triple=loongarch64-linux-gnu
      tools/sysroot loong64 forky "$sysroot" libgcc-16-dev "${libraries[@]}"
      flags=(CC="clang-19 --target=$triple --sysroot=$sysroot --gcc-toolchain=$sysroot/usr" LDFLAGS=-fuse-ld=lld-19)
      ;;
  esac
  TARGET_SYSROOT=$sysroot
  TARGET_BUILD=$PWD/build-$1
  TARGET_EMULATOR=$cache/qemu/usr/bin/qemu-${triple%%-*}
  PKG_CONFIG_SYSROOT_DIR=$sysroot \
    PKG_CONFIG_LIBDIR=$sysroot/usr/lib/$triple/pkgconfig:$sysroot/usr/share/pkgconfig \
    make -j"$(nproc)" O="$TARGET_BUILD" "${flags[@]}" DEVELOPER=1 all unit-tests
}

target_run() {
  local cpu=$1
  shift
  "$TARGET_EMULATOR" -cpu "$cpu" -L "$TARGET_SYSROOT" "$@"
}

# Unit tests that ask the kernel or the hardware of the machine, which under user-mode emulation is the
# host's: they are left to a real or fully emulated machine.
target_unit_tests() {
  local program failed=0
  for program in "$TARGET_BUILD"/tests/unit/test_*; do
    case $(basename "$program") in
      test_none) continue ;;
    esac
    [ -x "$program" ] && [ -f "$program" ] || continue
    target_run max "$program" || failed=1
  done
  return "$failed"
}
