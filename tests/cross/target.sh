# shellcheck shell=bash
# Sourced: build the whole program and its unit tests for another architecture and run them under
# user-mode emulation.
#
#   target_set aarch64 | loong64       names its folders: TARGET_BUILD, TARGET_SYSROOT, TARGET_EMULATOR
#   target_build aarch64 | loong64     the same, then compiler and sysroot, then make
#   target_run CPU PROGRAM [ARGUMENT...]     runs it on the emulated CPU ("max", "la464", ...)
#   target_unit_tests CPU              adds every unit test to what is to be run,
#   target_model CPU BITS ISA...       a CPU that claims these instruction sets (tests/cross/model),
#   target_same_bytes CPU              and that all programs say the same of a run (tests/cross/same)
#   target_finish                      runs what was added, as many at once as there are cores
#
# With TARGET_VARIANT=no-vectors, all that is by a compiler from before LSX and LASX (tests/cross/no-vectors).
#
# What user-mode emulation cannot show: /proc and /sys are those of the host.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 3
cache=$PWD/build-cache
libraries=(libc6-dev libpci-dev libusb-1.0-0-dev libhwloc-dev libsensors-dev libjansson-dev libyaml-dev libssl-dev libblkid-dev check)
target_added=()

target_set() {
  case $1 in
    aarch64) TARGET_TRIPLE=aarch64-linux-gnu ;;
    loong64) TARGET_TRIPLE=loongarch64-linux-gnu ;;
    *) echo "no target is called '$1'; there are: aarch64, loong64" >&2 && return 2 ;;
  esac
  TARGET=$1
  TARGET_SYSROOT=$cache/$1
  TARGET_BUILD=$PWD/build-$1${TARGET_VARIANT:+-$TARGET_VARIANT}
  TARGET_EMULATOR=$cache/qemu/usr/bin/qemu-${TARGET_TRIPLE%%-*}
}

target_build() {
  local flags
  target_set "$1"
  # An emulator that knows LSX, LASX and SVE; static, from backports.
  tools/sysroot amd64 bookworm-backports "$cache/qemu" qemu-user
  case $TARGET in
    aarch64)
      tools/sysroot arm64 bookworm "$TARGET_SYSROOT" libgcc-12-dev "${libraries[@]}"
      flags=(CROSS_COMPILE="$TARGET_TRIPLE-" CC="$TARGET_TRIPLE-gcc --sysroot=$TARGET_SYSROOT")
      ;;
    loong64)
      # Debian 12 has no gcc for LoongArch; clang 19 knows its vectors.
      tools/sysroot loong64 forky "$TARGET_SYSROOT" libgcc-16-dev "${libraries[@]}"
      flags=(CC="${TARGET_VARIANT:+$PWD/tests/cross/$TARGET_VARIANT }clang-19 --target=$TARGET_TRIPLE --sysroot=$TARGET_SYSROOT --gcc-toolchain=$TARGET_SYSROOT/usr"
        LDFLAGS=-fuse-ld=lld-19)
      ;;
  esac
  PKG_CONFIG_SYSROOT_DIR=$TARGET_SYSROOT \
    PKG_CONFIG_LIBDIR=$TARGET_SYSROOT/usr/lib/$TARGET_TRIPLE/pkgconfig:$TARGET_SYSROOT/usr/share/pkgconfig \
    make -j"$(nproc)" O="$TARGET_BUILD" "${flags[@]}" DEVELOPER=1 all unit-tests
}

# What starts a program of the target, as text for a shell.
target_starter() { # CPU
  echo "'$TARGET_EMULATOR' -cpu $1 -L '$TARGET_SYSROOT'"
}

target_run() {
  local cpu=$1
  shift
  "$TARGET_EMULATOR" -cpu "$cpu" -L "$TARGET_SYSROOT" "$@"
}

# The length of SVE registers in bits on that CPU, 0 without.
target_sve_bits() { # CPU
  local program
  program=$(mktemp)
  "$TARGET_TRIPLE-gcc" --sysroot="$TARGET_SYSROOT" -x c -o "$program" - <<'END'
#include <stdio.h>
#include <sys/prctl.h>
int main(void)
{
	int length = prctl(PR_SVE_GET_VL);

	return printf("%d\n", length < 0 ? 0 : (length & PR_SVE_VL_LEN_MASK) * 8) < 0;
}
END
  target_run "$1" "$program"
  rm -f "$program"
}

# Tests that user-mode emulation cannot pass: what asks the running kernel or the hardware gets the
# answers of the host, or none (what a port is told to do); the folder / is that of the libraries, without
# /proc and /sys; libsensors refuses a /sys that is not one; a time to react is that of the emulator, and so is the order in which threads see
# each other's writes: a store and a later load change places on the host that the processor keeps in
# theirs. Changing every bit of a certificate takes minutes there without being another code path; and the
# proofs of all kernels are those of tests/cross/model.
target_leaves_out() { # PROGRAM: the tests of it, or "all"
  case $1 in
    test_capture_live | test_lmsensors | test_smart_source) echo all ;;
    test_loop) echo a_watcher_that_hangs_is_found_while_the_runner_is_on_time ;;
    test_litmus) echo any_number_of_workers_comes_to_its_end_and_sees_nothing_forbidden ;;
    test_net_pair)
      echo frames_between_two_ports_come_back_as_they_were_sent
      echo a_port_that_anybody_uses_is_refused
      echo checksums_made_by_the_program_and_by_the_port_are_the_same
      ;;
    test_probe_roots) echo hwloc_believes_the_machine_and_not_the_environment ;;
    test_sysroot)
      echo pipes_and_devices_are_unreadable_and_never_block
      echo a_file_that_fails_while_being_read_is_there_and_unreadable
      ;;
    test_watcher)
      echo the_guard_stops_the_load_within_two_samples_while_fsync_takes_ten_seconds
      echo a_look_at_a_watcher_tells_a_stopped_one_and_none_where_there_is_none
      ;;
    test_kernels)
      echo every_kernel_on_every_set_runs_clean_and_finds_each_flipped_bit
      echo a_bit_flipped_in_any_lane_half_way_reaches_the_end
      ;;
    test_certificate) sed -n 's/^START_TEST(\(no_flipped_.*\))$/\1/p' tests/unit/test_certificate.c ;;
  esac
}

# For a script that has more to leave out.
target_also_leaves_out() { # PROGRAM
  :
}

target_add() { # NAME LINE: one shell command becomes a program of tests/run
  local script=$TARGET_BUILD/tests/emulated/$1
  mkdir -p "${script%/*}"
  # An emulator needs several times as long: the limit is there to end what hangs.
  printf '#!/bin/sh\nexport CK_TIMEOUT_MULTIPLIER=10\n%s\n' "$2" >"$script"
  chmod +x "$script"
  target_added+=("$script")
}

target_unit_tests() { # CPU
  local program name left one line
  for program in "$TARGET_BUILD"/tests/unit/test_*; do
    name=$(basename "$program")
    [ -f "tests/unit/$name.c" ] || continue
    left=$(target_leaves_out "$name" && target_also_leaves_out "$name")
    line="exec $(target_starter "$1") '$program'"
    if [ -z "$left" ]; then
      target_add "$name" "$line"
    elif [ "$left" != all ]; then
      sed -n 's/^START_TEST(\(.*\))$/\1/p' "tests/unit/$name.c" | grep -vxF "$left" >"$TARGET_BUILD/tests/chosen"
      while read -r one; do
        target_add "$name.$one" "export CK_RUN_CASE=$one; $line"
      done <"$TARGET_BUILD/tests/chosen"
    fi
  done
}

target_model() { # CPU BITS ISA...
  target_add "model-$1" "exec '$PWD/tests/cross/model' $TARGET $*"
}

target_same_bytes() { # CPU
  target_add same-bytes "exec '$PWD/tests/cross/same' $TARGET $1"
}

target_finish() {
  JOBS=$(nproc) tests/run "${target_added[@]}"
}
