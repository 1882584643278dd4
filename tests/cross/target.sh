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

# Every kernel proves itself on that CPU, and these instruction sets are among the proofs.
target_selftest() { # CPU ISA...
  local cpu=$1 isa
  shift
  target_run "$cpu" "$TARGET_BUILD/cuihuo" selftest --json >"$TARGET_BUILD/selftest.json" || true
  jq -r '.[] | "\(.kernel) \(.isa) \(if .ok then "ok" else "NOT PROVEN" end)"' "$TARGET_BUILD/selftest.json"
  jq -e 'length > 0 and all(.[]; .ok)' "$TARGET_BUILD/selftest.json" >/dev/null
  for isa in "$@"; do
    jq -e --arg isa "$isa" 'any(.[]; .isa == $isa)' "$TARGET_BUILD/selftest.json" >/dev/null ||
      { echo "no kernel was proven on $isa"; return 1; }
  done
}

# Left to a real or fully emulated machine: what asks the kernel or the hardware (under user-mode
# emulation those of the host), and what takes minutes there without being another code path.
target_skips() {
  case $1 in
    test_capture_live | test_probe_roots | test_probe_runner | test_lmsensors | test_sensor) return 0 ;;
    test_loop | test_step | test_watcher | test_lane | test_disk_verify | test_sysroot) return 0 ;;
    test_certificate | test_march | test_march_faults | test_kernels | test_facts) return 0 ;;
  esac
  return 1
}

target_unit_tests() {
  local program programs=()
  rm -f "$TARGET_BUILD"/tests/unit/*.emulated
  for program in "$TARGET_BUILD"/tests/unit/test_*; do
    if [ -x "$program" ] && ! target_skips "$(basename "$program")"; then
      printf '#!/bin/sh\nexec "%s" -cpu max -L "%s" "%s"\n' "$TARGET_EMULATOR" "$TARGET_SYSROOT" "$program" \
        >"$program.emulated"
      chmod +x "$program.emulated"
      programs+=("$program.emulated")
    fi
  done
  tests/run "${programs[@]}"
}
