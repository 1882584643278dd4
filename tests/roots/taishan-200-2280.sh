# shellcheck shell=bash
# Huawei TaiShan 200 (Model 2280): two Kunpeng 920-4826 with 48 cores each, 8 of 32 slots filled, Kylin
# Linux Advanced Server V10 (aarch64, mainline-style cpuinfo without a model name). The quirks are real
# ones: placeholders for version, SKU and family, "NO DIMM" texts, structures out of order, limits of
# 105 C from ACPI.
facts 'page-size 65536' 'uname.machine aarch64' \
  'uname.release 4.19.90-24.4.v2101.ky10.aarch64' 'uname.sysname Linux' \
  'uname.version #1 SMP Mon May 24 14:45:37 CST 2021'

lines=()
for ((cpu = 0; cpu < 96; cpu++)); do
  lines+=("processor	: $cpu" 'BogoMIPS	: 200.00'
    'Features	: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma dcpop asimddp asimdfhm'
    'CPU implementer	: 0x48' 'CPU architecture: 8' 'CPU variant	: 0x1' 'CPU part	: 0xd01'
    'CPU revision	: 0' '')
done
text proc/cpuinfo "${lines[@]}"
text proc/meminfo 'MemTotal:       535003136 kB' 'MemFree:        530001152 kB'
text proc/cmdline 'BOOT_IMAGE=/vmlinuz-4.19.90-24.4.v2101.ky10.aarch64 root=/dev/mapper/klas-root ro crashkernel=1024M,high'
text proc/sys/kernel/tainted 0
cpus 96 48 1
cache 0 1 Data 64K 1
cache 1 1 Instruction 64K 1
cache 2 2 Unified 512K 1
cache 3 3 Unified 24576K 24
nodes 4 133750784

dmi 0 0x0000 01 02 005f 03 5f 0000000000000000 03 0d 01 45 ff ff 0000 \
  -- 'Huawei Corp.' '1.69' '11/23/2020'
dmi 1 0x0001 01 02 03 04 00d76bd1c2f04a11 9b0e5a77e0aa2280 06 03 03 \
  -- 'Huawei' 'TaiShan 200 (Model 2280)' 'To be filled by O.E.M.' '2102312280TEST000417'
dmi 3 0x0002 01 11 02 03 04 03 03 03 02 00000000 02 01 00 00 00 \
  -- 'Huawei' 'To be filled by O.E.M.' '2102312280TEST000417' 'RACK-07-U12'
dmi 2 0x0003 01 02 03 04 05 09 06 0200 0a 00 \
  -- 'Huawei' 'BC82AMDDA' 'V200R002C00' '022TESTMB000417' 'To be filled by O.E.M.' 'To be filled by O.E.M.'
dmi 16 0x0006 03 03 06 00000080 feff 2000 0000000000020000
handle=8 jack=27
for socket in 0 1; do
  for channel in 0 1 2 3 4 5 6 7; do
    for dimm in 0 1; do
      where="DIMM$socket$channel$dimm J$jack"
      bank="SOCKET $socket CHANNEL $channel DIMM $dimm"
      jack=$((jack + 1))
      if [ $dimm = 0 ] && [ $channel -lt 4 ]; then
        # 64 GiB do not fit the old field: 7fffh, and the megabytes in the extended one.
        dmi 17 $handle 0600 feff 4800 4000 ff7f 09 00 01 02 1a 8020 750b 03 04 05 06 02 00000100 750b \
          b004 d007 b004 03 0800 00 ce80 0000 \
          -- "$where" "$bank" 'Samsung' "$(printf '03A4%04d' $handle)" 'Unknown' 'M393A8G40MB2-CVF    '
      else
        dmi 17 $handle 0600 feff ffff ffff 0000 09 00 01 02 02 8000 0000 03 03 03 03 00 00000000 0000 \
          0000 0000 0000 -- "$where" "$bank" 'NO DIMM'
      fi
      handle=$((handle + 1))
    done
  done
done
for socket in 1 2; do
  dmi 4 $((0x29 + socket * 4)) 01 03 fe 02 10d01f4800000000 03 89 6400 280a 280a 41 02 ffff ffff ffff \
    04 05 05 30 30 30 ec00 1801 3000 3000 3000 -- "CPU0$socket" 'HiSilicon' 'Kunpeng 920-4826' \
    "KP2106000$socket" 'To be filled by O.E.M.'
done
dmi 127 0xfeff
dmi_write 3 2
mkdir -p "$R/sys/firmware/efi"
text sys/firmware/efi/fw_platform_size 64

pci pci0000:00/0000:00:00.0 19e5 a120 060400 21 driver=pcieport link=4,8,3,8
pci pci0000:00/0000:00:00.0/0000:01:00.0 1000 0016 010400 01 driver=megaraid_sas link=3,8,3,8 subsystem=19e5:d215
pci pci0000:74/0000:74:02.0 19e5 a230 010700 21 driver=hisi_sas_v3_hw
pci pci0000:7a/0000:7a:00.0 19e5 a23b 0c0310 21 driver=ohci-pci
pci pci0000:7c/0000:7c:00.0 19e5 a121 060400 20 driver=pcieport
pci pci0000:7c/0000:7c:00.0/0000:7d:00.0 19e5 a222 020000 21 driver=hns3 subsystem=19e5:04ea
pci pci0000:80/0000:80:08.0 19e5 a120 060400 21 driver=pcieport link=4,16,1,0

text sys/devices/pci0000:00/0000:00:00.0/numa_node 0
text sys/devices/pci0000:80/0000:80:08.0/numa_node 2
d=pci0000:00/0000:00:00.0/0000:01:00.0/host0/target0:2:0/0:2:0:0
text sys/devices/$d/model 'HW-SAS3508'
text sys/devices/$d/vendor 'HUAWEI'
text sys/devices/$d/rev '5.06'
text sys/devices/$d/wwid 'naa.60000000000417000000000000002280'
text sys/devices/$d/block/sda/size 1171062784
text sys/devices/$d/block/sda/removable 0
text sys/devices/$d/block/sda/ro 0
text sys/devices/$d/block/sda/queue/rotational 1
text sys/devices/$d/block/sda/queue/logical_block_size 512
text sys/devices/$d/block/sda/queue/physical_block_size 4096
link sys/devices/$d/block/sda/device ../..
link sys/block/sda ../devices/$d/block/sda

m=pci0000:7c/0000:7c:00.0/0000:7d:00.0/net/enp125s0f0
text sys/devices/$m/address 'a0:08:6f:04:17:00'
text sys/devices/$m/operstate up
text sys/devices/$m/duplex full
text sys/devices/$m/mtu 1500
text sys/devices/$m/type 1
text sys/devices/$m/speed 10000
link sys/devices/$m/device ../..
class_link net $m

hwmon virtual/thermal/thermal_zone0/hwmon0 acpitz temp1_input=38700 temp1_crit=105000 \
  temp2_input=41600 temp2_crit=105000
text sys/devices/virtual/thermal/thermal_zone0/type acpitz
text sys/devices/virtual/thermal/thermal_zone0/temp 38700
text sys/devices/virtual/thermal/thermal_zone0/trip_point_0_type critical
text sys/devices/virtual/thermal/thermal_zone0/trip_point_0_temp 105000
class_link thermal virtual/thermal/thermal_zone0

text etc/os-release 'NAME="Kylin Linux Advanced Server"' 'VERSION="V10 (Sword)"' 'ID="kylin"' \
  'VERSION_ID="V10"' 'PRETTY_NAME="Kylin Linux Advanced Server V10 (Sword)"'
text etc/kylin-release 'Kylin Linux Advanced Server release V10 (Sword)'
text etc/.kyinfo '[dist]' 'name=Kylin-Server' 'milestone=10-SP2-Release-Build09-20210524' 'arch=arm64' \
  '[servicekey]' 'key=0417280'
