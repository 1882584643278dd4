#!/usr/bin/env bash
# Emulated machines as `make captures-live` wrote them down: what probe says of the file is what the machine
# was given (docs/lab.md), here as there.
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
roots=$SOURCE/tests/roots/live
plan 17

probe() { # ROOT FILTER: of its inventory
  "$CUIHUO" probe --root "$roots/$1" --json >"$TMP/inventory" || return
  jq -r "$2" "$TMP/inventory"
}
value() { # CLASS NAME: jq that lists the values of an attribute
  echo "[.components[] | select(.class == \"$1\") | .attributes.$2.value // empty] | sort | map(tostring) | join(\" | \")"
}

for arch in loong64 aarch64 x86_64; do
  is "$arch: nothing is wrong with a healthy machine" "$(probe $arch-full '.problems | length')" 0
  is "$arch: the NVMe, SATA and USB disks" \
    "$(probe $arch-full "$(value block transport)" | grep -oE "ata|nvme|usb" | tr '\n' ' ')" "ata nvme usb "
  is "$arch: both network cards" "$(probe $arch-full "$(value net driver)")" "e1000e | igb"
  is "$arch: hub, disk, keyboard and mouse on USB" \
    "$(probe $arch-full "$(value usb product)" | grep -oE 'QEMU USB [A-Z][A-Za-z]+' | sort -u | tr '\n' ' ')" \
    "QEMU USB HARDDRIVE QEMU USB Hub QEMU USB Keyboard QEMU USB Mouse "
done
is "a Great Wall desktop is one" "$(probe aarch64-greatwall "$(value cpu model)"; probe aarch64-greatwall "$(value board product)")" \
  $'D2000\nGW-001M1A-FTF | 世恒TD120A2'
is "a Baixin server is one" "$(probe aarch64-baixin "$(value cpu model)"; probe aarch64-baixin "$(value topology packages)")" \
  $'Kunpeng 920\n2'
is "a Loongson board is one" "$(probe loong64-loongson-3a5000 "$(value cpu model)"; probe loong64-loongson-3a5000 "$(value firmware family)")" \
  $'3A5000\nLoongson UDK'
is "memory of two nodes is on two sockets" \
  "$(probe loong64-nodes "$(value topology numa_nodes)"; probe loong64-nodes "$(value topology packages)")" $'2\n2'
is "a processor of a 3A5000 that its firmware calls a 3A6000 is neither for sure" \
  "$(probe loong64-loongson-3a6000 "$(value cpu model)" | grep -oE '3A[56]000' | tr '\n' ' ')" "3A5000 3A6000 "
