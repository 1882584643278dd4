#!/usr/bin/env bash
# The kernels on other architectures, with compilers and an emulator of this system only (no sysroot):
#   aarch64      built static and proven under qemu-aarch64: scalar, NEON, and SVE at 128, 256 and 512 bits;
#                the golden digests are those of x86-64, so results agree to the bit
#   loongarch64  the vector leaves compiled by clang, and LSX and LASX instructions found in them
# Says what it skipped and why. Exit 1 when anything failed, 0 otherwise.
set -u
cd "$(dirname "$0")/../.." || exit 3
work=${BUILD_CROSS:-build-cross}
failed=0
mkdir -p "$work/scratch"

objects_of() { # BUILD ARCH
  local source
  for source in harness/base/{arena,buf,crc32c,err,memory}.c harness/sys/{clock,disk}.c harness/stress/*.c \
    harness/stress/isa/*.c "harness/stress/isa/$2"/*.c; do
    echo "$1/obj/${source%.c}.o"
  done
}

aarch64() {
  local build=$work/aarch64 objects vq
  command -v aarch64-linux-gnu-gcc >/dev/null || { echo "SKIP aarch64: no aarch64-linux-gnu-gcc"; return; }
  command -v qemu-aarch64 >/dev/null || { echo "SKIP aarch64: no qemu-aarch64 (qemu-user)"; return; }
  mapfile -t objects < <(objects_of "$build" aarch64)
  make -j2 O="$build" PKG_CONFIG=false CC=aarch64-linux-gnu-gcc "${objects[@]}" >"$build.log" 2>&1 || { tail -n 20 "$build.log"; failed=1; return; }
  aarch64-linux-gnu-gcc -std=gnu11 -D_GNU_SOURCE -O2 -Wall -Werror -I. -static -o "$build/kernels" \
    tests/cross/kernels.c "${objects[@]}" -lm -lpthread || { failed=1; return; }
  echo "== aarch64, NEON only"
  qemu-aarch64 -cpu cortex-a72 "$build/kernels" "$work/scratch" neon || failed=1
  for vq in 1 2 4; do
    echo "== aarch64, SVE of $((vq * 128)) bits"
    qemu-aarch64 -cpu "max,sve-max-vq=$vq" "$build/kernels" "$work/scratch" neon sve || failed=1
  done
}

has() { # OBJECT INSTRUCTION...
  local object=$1 listing instruction
  shift
  listing=$("$objdump" -d "$object")
  for instruction in "$@"; do
    grep -qw -- "$instruction" <<<"$listing" || { echo "not ok: no $instruction in $object"; failed=1; return; }
  done
  echo "ok: $object has $*"
}

loongarch64() {
  local clang objdump build=$work/loongarch64 leaf objects=()
  clang=$(command -v clang-19 || command -v clang-18) || { echo "SKIP loongarch64: no clang 18 or 19"; return; }
  objdump=$(command -v llvm-objdump-19 || command -v llvm-objdump-18) || { echo "SKIP loongarch64: no llvm-objdump"; return; }
  for leaf in vec_lsx march_lsx vec_lasx march_lasx; do
    objects+=("$build/obj/harness/stress/isa/loongarch64/$leaf.o")
  done
  make -j2 O="$build" PKG_CONFIG=false CC="$clang --target=loongarch64-linux-gnu -ffreestanding -nostdlibinc" \
    "${objects[@]}" >"$build.log" 2>&1 || { tail -n 20 "$build.log"; failed=1; return; }
  echo "== loongarch64, objects only: there is no C library for it here"
  has "${objects[0]}" vfmadd.d vfmadd.s vfadd.d
  has "${objects[1]}" vxor.v vadd.d vst
  has "${objects[2]}" xvfmadd.d xvfmadd.s xvfadd.d
  has "${objects[3]}" xvxor.v xvadd.d xvst
}

aarch64
loongarch64
rm -rf "$work/scratch"
exit "$failed"
