#!/usr/bin/env bash
# Whole disks: what a profile must say, what a rehearsal shows, and that nothing is erased unconfirmed.
# The machine is a small root with disks that look like real ones; none of them can be opened.
. "$(dirname "$0")/tap.sh"
plan 28

root=$TMP/root
disk() { # DEVICE NUMBER SERIAL PORT
  local folder=$root/sys/devices/pci0000:00/0000:00:17.0/ata$4/host$4/target$4:0:0/$4:0:0:0/block/$1
  mkdir -p "$folder/device" "$root/sys/block" "$root/sys/class/ata_port/ata$4"
  echo "$2" >"$folder/dev"
  echo 1000215216 >"$folder/size"
  echo 0 >"$folder/ro"
  echo 'UNIC2 P5160 512G' >"$folder/device/model"
  echo "$3" >"$folder/device/serial"
  echo "$4" >"$root/sys/class/ata_port/ata$4/port_no"
  ln -s "../../${folder#"$root"/}" "$root/sys/block/$1"
}
disk sda 8:0 UN-0001 1
disk sdb 8:16 UN-0002 2
mkdir -p "$root/proc/self"
printf 'processor\t: 0\n' >"$root/proc/cpuinfo"
printf 'MemTotal: 8000000 kB\nMemAvailable: 7000000 kB\n' >"$root/proc/meminfo"
printf 'Filename\tType\tSize\tUsed\tPriority\n' >"$root/proc/swaps"
echo '21 1 8:0 / / rw,relatime shared:1 - ext4 /dev/sda rw' >"$root/proc/self/mountinfo"
printf 'uname.machine x86_64\nuname.release 6.6.0\nuname.sysname Linux\nuname.version 1\n' >"$root/facts"

profile() { # NAME SLOT BUDGET
  cat >"$TMP/$1.yaml" <<YAML
name: $1
version: 1
stage: bench
title: {en: Erase, zh: 擦除}
blind: allowed
fences:
  disks:
    - {name: data, slot: "$2", model: "UNIC2*"$3}
steps:
  - {name: surface, kernel: disk.whole, disk: data, duration: 1m}
YAML
}
profile data 'pci-0000:00:17.0-ata-2' ', budget: 100%'
profile system 'pci-0000:00:17.0-ata-1' ', budget: 100%'
profile both '*' ', budget: 100%'
profile free 'pci-0000:00:17.0-ata-2' ''
profile part 'pci-0000:00:17.0-ata-2' ', budget: 10%'
rehearse() { "$CUIHUO" plan "$TMP/$1.yaml" --root "$root" --out "$TMP" "${@:2}"; }

exit_is "a profile without a budget is refused" 2 rehearse free
is "with the place of the disk" "$(grep -o 'free.yaml:8:7: .*' "$TMP/err")" "free.yaml:8:7: key 'budget' is missing here"

exit_is "a rehearsal may be made before anybody confirms" 0 rehearse data
is "it shows the disk and the bytes that would be written on it" "$(grep -c "^Step 'surface' erases disk sdb: UNIC2 P5160 512G, 476.9 GiB, slot pci-0000:00:17.0-ata-2, serial number UN-0002; writes at most 476.9 GiB\$" "$TMP/out")" 1
is "and how it is confirmed" "$(grep -c '^Not confirmed: .*--erase UN-0002' "$TMP/out")" 1
is "in Chinese too" "$(LC_ALL=C.UTF-8 LANGUAGE=zh_CN rehearse data | grep -c '^步骤“surface”会擦除磁盘 sdb')" 1
exit_is "confirmed, it is not asked for again" 0 rehearse data --erase UN-0001,UN-0002
is "and the plan says no more of it" "$(grep -c '^Not confirmed' "$TMP/out")" 0
exit_is "a serial number that no disk has is refused" 2 rehearse data --erase UN-0002,UN-002
is "and is named" "$(grep -c "'UN-002'" "$TMP/err")" 1
exit_is "the plan is data too" 0 rehearse data --json
is "with all that tells the disk from others" \
  "$(jq -c '.steps[0] | [.bytes, .disk.device, .disk.serial, .disk.size_bytes, .disk.disposable]' "$TMP/out")" \
  '[512110190592,"sdb","UN-0002",512110190592,false]'
exit_is "a budget may be a share of the disk" 0 rehearse part --json
is "and is in the plan" "$(jq .steps[0].bytes "$TMP/out")" 51211019059

exit_is "the disk of the root file system is planned by nobody" 0 rehearse system
is "the step is skipped, and says why" "$(grep -c 'surface .*skipped: disk sda is in use: mounted at /' "$TMP/out")" 1
rehearse both >"$TMP/out"
is "nor is one of two that both fit" "$(grep -c 'skipped: sda and sdb both fit' "$TMP/out")" 1

exit_is "a run here has no such disk, and ends incomplete" 4 "$CUIHUO" run "$TMP/data.yaml" --out "$TMP/run"
is "and says what was missing" "$(grep -c "no disk fits 'data' of the profile" "$TMP/out")" 1

# Two fences that fit one disk.
two() { # NAME FENCE KERNEL
  sed -e "s|^steps:|    - {name: again, slot: \"*-ata-2\", model: \"*P5160*\", $2}\nsteps:|" \
    -e "\$a\\  - {name: more, kernel: $3, disk: again, duration: 1m}" "$TMP/data.yaml" >"$TMP/$1.yaml"
}
two twice 'budget: 100%' disk.whole
two read 'hashes: /var/lib/hashes' disk.read
rehearse twice >"$TMP/out"
is "no disk is erased twice in a run" "$(grep -c "more .*skipped: disk sdb belongs to step 'surface' already" "$TMP/out")" 1
is "and is written no more than once" "$(rehearse twice --json | jq '[.steps[].written_bytes // 0] | add')" 512110190592
rehearse read >"$TMP/out"
is "nor is one erased that the run only reads" "$(grep -c "more .*skipped: disk sdb belongs to step 'surface' already" "$TMP/out")" 1

hashes() { sed "s|, budget: 100%|, hashes: $2|; s|disk.whole|$3|" "$TMP/data.yaml" >"$TMP/$1.yaml"; }
hashes kept /var/lib/hashes disk.read
hashes wrong /var/lib/hashes disk.whole
hashes relative lib/hashes disk.read
sed 's/disk.whole/disk.read/' "$TMP/data.yaml" >"$TMP/reader.yaml"
exit_is "a disk that is only read needs no confirmation" 0 rehearse kept
is "and the rehearsal says so" "$(grep -c "^Step 'surface' only reads disk sdb: .* UN-0002; its hashes are in /var/lib/hashes\$" "$TMP/out")" 1
exit_is "a kernel that writes is refused there" 2 rehearse wrong
exit_is "and a kernel that only reads needs a folder for the hashes" 2 rehearse reader
is "which is said" "$(grep -c "its fence needs 'hashes: FOLDER'" "$TMP/err")" 1
exit_is "by its whole path" 2 rehearse relative
