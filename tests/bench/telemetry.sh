#!/usr/bin/env bash
# What sampling costs, in CPU time a channel. BUILD is the build folder; nothing is asserted.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for chip in $(seq 0 19); do
  folder=$work/root/sys/class/hwmon/hwmon$chip
  mkdir -p "$folder" "$work/root/proc"
  echo "chip$chip" >"$folder/name"
  for value in $(seq 1 10); do echo 45000 >"$folder/temp${value}_input"; done
done
libraries=$(pkg-config --libs libpci libusb-1.0 hwloc jansson yaml-0.1 libcrypto)
# shellcheck disable=SC2086 # several words
"${CC:-cc}" -std=gnu11 -O2 -D_GNU_SOURCE -I. -o "$work/bench" tests/bench/telemetry.c \
  "$BUILD/libcuihuo.a" $libraries -lsensors -lpthread -lm
"$work/bench" "$work/root"
