# shellcheck shell=bash
# Loongson 3A6000 NUC: 4 cores with 2 threads, 7A2000 bridge, Loongnix 20 with a vendor 4.19 kernel
# (loongarch64, pages of 16 KiB). The quirks are real ones: SMBIOS counts 8 cores, a processor id that
# is text, a module whose maker has a bad index, placeholders as OEM string, a table whose handles do
# not exist, bridge functions without driver, ports that sleep, a date with a time in it.
facts 'cpucfg.00 0x0014d000' 'page-size 16384' 'uname.machine loongarch64' \
  'uname.release 4.19.0-19-loongson-3' 'uname.sysname Linux' \
  'uname.version #1 SMP 4.19.190.8.22 Thu Dec 21 05:14:18 UTC 2023'

lines=('system type		: generic-loongson-machine')
for cpu in 0 1 2 3 4 5 6 7; do
  lines+=("processor		: $cpu" 'package			: 0' "core			: $((cpu / 2))"
    'cpu family		: Loongson-64bit' 'model name		: Loongson-3A6000'
    'CPU Revision		: 0x00' 'FPU Revision		: 0x00' 'CPU MHz			: 2500.00'
    'BogoMIPS		: 5000.00' 'TLB entries		: 2112'
    'Address sizes		: 48 bits physical, 48 bits virtual' 'isa			: loongarch32 loongarch64'
    'features		: cpucfg lam ual fpu lsx lasx crc32 complex crypto lvz lbt_x86 lbt_arm lbt_mips'
    'hardware watchpoint	: yes, iwatch count: 8, dwatch count: 4' '')
done
text proc/cpuinfo "${lines[@]}"
text proc/meminfo 'MemTotal:       33203136 kB' 'MemFree:        30001152 kB'
text proc/cmdline 'BOOT_IMAGE=/vmlinuz-4.19.0-19-loongson-3 root=/dev/nvme0n1p3 ro quiet splash'
text proc/sys/kernel/tainted 0
cpus 8 8 2
cache 0 1 Instruction 64K 2
cache 1 1 Data 64K 2
cache 2 2 Unified 256K 2
cache 3 3 Unified 16384K 8
nodes 1 33203136

dmi 0 0x0000 01 02 0000 03 3f 8098010900000000 00 08 ff ff ff ff 0000 \
  -- 'Loongson' 'Loongson-UDK2018-V4.0.05692-stable202402' '04/19/24 12:53:59'
dmi 1 0x0001 01 02 03 04 00112233445566778899aabbccddeeff 06 00 05 \
  -- 'Loongson' 'Loongson-3A6000-HV-7A2000-NUC' '20.5' 'NUC-6000-0042' 'loongnix'
dmi 2 0x0002 01 02 03 04 05 09 00 0000 0a 00 \
  -- 'Loongson' 'Loongson-3A6000-HV-7A2000-NUC' 'QA612N0 V1.1' 'To be filled by O.E.M.' 'Not Set'
dmi 3 0x0003 00 03 01 00 00 03 03 03 02 00000000 00 00 00 00 00 -- 'Mini PC V1.1'
dmi 4 0x0007 01 03 58 02 334136303030 2d48 03 8c 1900 c409 c409 41 01 0400 0500 0600 \
  00 00 00 08 08 08 1c00 5802 0800 0800 0800 -- 'CPU0' 'Loongson' 'Loongson-3A6000-HV'
dmi 11 0x000c 01 -- 'To Be Filled By O.E.M'
dmi 16 0x000e 03 03 03 00000004 feff 0200 0000000000000000
dmi 17 0x000f 0000 feff 4000 4000 0040 09 00 01 02 1a 0020 800c 03 04 00 05 01 00000000 800c \
  b004 b004 b004 -- 'DIMM_A0' 'Bank' 'Hakatronics' '0000A042' 'Z6FAGH3SBCA-MC'
dmi 17 0x0010 0000 feff 4000 4000 0040 09 00 01 02 1a 0020 800c 04 03 00 06 01 00000000 800c \
  b004 b004 b004 -- 'DIMM_A2' 'Bank' '0000A043'
dmi 127 0xfeff
dmi_write 3 2
mkdir -p "$R/sys/firmware/efi"
text sys/firmware/efi/fw_platform_size 64

b=pci0000:00
pci $b/0000:00:00.0 0014 7a00 060000 00 subsystem=0014:7a00
pci $b/0000:00:00.1 0014 7a10 060000 01
pci $b/0000:00:00.2 0014 7a20 060000 01
pci $b/0000:00:00.3 0014 7a30 060000 00
pci $b/0000:00:03.0 0014 7a13 020000 00 driver=stmmaceth
pci $b/0000:00:04.0 0014 7a24 0c0310 02 driver=ohci-pci
pci $b/0000:00:04.1 0014 7a14 0c0320 02 driver=ehci-pci
pci $b/0000:00:06.0 0014 7a25 040000 01
pci $b/0000:00:06.1 0014 7a36 030000 02
pci $b/0000:00:06.2 0014 7a37 040300 00 driver=snd_hda_intel
pci $b/0000:00:07.0 0014 7a07 040300 00 driver=snd_hda_intel
pci $b/0000:00:08.0 0014 7a18 010601 00 driver=ahci
pci $b/0000:00:09.0 0014 7a49 060400 00 driver=pcieport link=2,4,1,1
pci $b/0000:00:0a.0 0014 7a39 060400 00 driver=pcieport link=2,1,1,1
pci $b/0000:00:0b.0 0014 7a39 060400 00 driver=pcieport link=3,4,3,4
pci $b/0000:00:0b.0/0000:05:00.0 1e4b 1202 010802 01 driver=nvme link=3,4,3,4 subsystem=1e4b:1202

n=$b/0000:00:0b.0/0000:05:00.0/nvme/nvme0
text sys/devices/$n/model 'MAP1202 NVMe 512GB'
text sys/devices/$n/serial 'MX202404190042'
text sys/devices/$n/firmware_rev 'V1.02'
text sys/devices/$n/nvme0n1/size 1000215216
text sys/devices/$n/nvme0n1/removable 0
text sys/devices/$n/nvme0n1/ro 0
text sys/devices/$n/nvme0n1/queue/rotational 0
text sys/devices/$n/nvme0n1/queue/logical_block_size 512
text sys/devices/$n/nvme0n1/queue/physical_block_size 4096
link sys/devices/$n/nvme0n1/device ..
link sys/block/nvme0n1 ../devices/$n/nvme0n1

m=$b/0000:00:03.0/net/enp0s3f0
text sys/devices/$m/address '00:23:9e:04:2a:60'
text sys/devices/$m/operstate down
text sys/devices/$m/duplex unknown
text sys/devices/$m/mtu 1500
text sys/devices/$m/type 1
text sys/devices/$m/speed -1
link sys/devices/$m/device ../..
class_link net $m

for bus in usb1 usb2; do
  case $bus in usb1) u=$b/0000:00:04.1 s=480 v=' 2.00' p=0002 ;; *) u=$b/0000:00:04.0 s=12 v=' 1.10' p=0001 ;; esac
  text sys/devices/$u/$bus/idVendor 1d6b
  text sys/devices/$u/$bus/idProduct $p
  text sys/devices/$u/$bus/bDeviceClass 09
  text sys/devices/$u/$bus/version "$v"
  text sys/devices/$u/$bus/speed $s
  text sys/devices/$u/$bus/manufacturer 'Linux 4.19.0-19-loongson-3 hcd'
  text sys/devices/$u/$bus/product 'Host Controller'
  link sys/bus/usb/devices/$bus ../../../devices/$u/$bus
done

# The vendor kernel's driver: a label, no limits.
hwmon virtual/hwmon/hwmon0 cpu-hwmon temp1_input=41000 'temp1_label=CPU 0 Temperature'

text etc/os-release 'NAME="Loongnix GNU/Linux"' 'PRETTY_NAME="Loongnix GNU/Linux 20 (DaoXiangHu)"' \
  'VERSION_ID="20"' 'VERSION="20 (DaoXiangHu)"' 'VERSION_CODENAME=DaoXiangHu' 'ID=Loongnix' \
  'ID_LIKE=debian'
