# shellcheck shell=bash
# Great Wall TD120A2 desktop: Phytium D2000/8, KunLun firmware, Kylin Desktop V10 SP1 (aarch64).
# The quirks are real ones: a product name in Chinese, a placeholder SKU, an empty slot whose texts
# are "NULL", memory rated faster than it runs, root ports with Cadence's vendor id, a Renesas USB and
# a Marvell SATA controller, a Gen4 disk in a Gen3 slot, sensors without limits.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.4.18-53-generic' \
  'uname.sysname Linux' 'uname.version #42-KYLINOS SMP Mon Sep 5 07:37:21 UTC 2022'

lines=()
for cpu in 0 1 2 3 4 5 6 7; do
  lines+=("processor	: $cpu" 'model name	: Phytium,D2000/8 E8C' 'BogoMIPS	: 96.00'
    'Features	: fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid'
    'CPU implementer	: 0x70' 'CPU architecture: 8' 'CPU variant	: 0x1' 'CPU part	: 0x663'
    'CPU revision	: 3' 'CPUID		: 4F2A91C07B33D6E8' '')
done
text proc/cpuinfo "${lines[@]}"
text proc/meminfo 'MemTotal:        7990528 kB' 'MemFree:         6020608 kB'
text proc/cmdline 'BOOT_IMAGE=/vmlinuz-5.4.18-53-generic root=UUID=6f1c0a52-5f43-4e0e-9f0b-3c5b8d9a7e10 ro quiet'
text proc/sys/kernel/tainted 4096
cpus 8 8 1
cache 0 1 Data 32K 1
cache 1 1 Instruction 32K 1
cache 2 2 Unified 2048K 2
cache 3 3 Unified 4096K 8
nodes 1 7990528
for cpu in 0 1 2 3 4 5 6 7; do
  text "sys/devices/system/cpu/cpu$cpu/cpufreq/cpuinfo_max_freq" 2300000
  text "sys/devices/system/cpu/cpu$cpu/cpufreq/cpuinfo_min_freq" 575000
done

# type 0: vendor version segment date rom characteristics(8) extension(2) release ec
dmi 0 0x0000 01 02 8001 03 ff 0000000000000000 01 08 04 1b ff ff 2000 \
  -- 'ZD Tech.' 'KunLun BIOS V4.0' '12/02/2022'
dmi 1 0x0001 01 02 03 04 4f5ac2d111e8b14ca3107d2f9c64e0aa 06 05 06 \
  -- 'GreatWall' '世恒TD120A2' '1.0' 'GW2212A2000417' 'System SKU#' 'FT'
dmi 2 0x0002 01 02 03 04 05 01 06 0300 0a 00 \
  -- 'GreatWall' 'GW-001M1A-FTF' '1.0' 'MB22120417' 'Not Specified' 'Part Component'
dmi 3 0x0003 01 03 02 03 04 03 03 03 02 00000000 00 00 00 00 00 \
  -- 'Great Wall' '1.0' 'GW2212A2000417' 'ZC-0417'
# type 4: designation type family maker id(8) version voltage clock max current status upgrade
# caches(6) serial asset part cores enabled threads characteristics family2 and the long counts
dmi 4 0x0004 01 03 fe 02 33661f7000000000 03 89 3000 fc08 fc08 40 01 0600 0700 0800 \
  04 05 06 08 08 08 0000 0101 0800 0800 0800 \
  -- '1144' 'PHYTIUM LTD' 'Phytium D2000/8 E8C' 'Not Set' 'Not Set' 'Great Wall'
dmi 16 0x001e 03 03 02 00000002 feff 0200 0000000000000000
# type 17: array error total data size form set locator bank type detail speed maker serial asset part
# attributes extended configured voltages(6) technology modes(2) firmware module(4) controller(4) ...
dmi 17 0x002a 1e00 feff ffff ffff 0000 09 00 01 02 02 0000 0000 03 03 03 03 00 00000000 0000 \
  0000 0000 0000 -- 'Channel 0' 'Dimm 0' 'NULL'
dmi 17 0x002b 1e00 feff 4000 4000 0020 09 00 01 02 1a 8000 800c 03 04 05 06 01 00000000 6c0a \
  b004 b004 b004 03 0800 07 8ad6 0000 0000 0000 0000000000000000 0000000000000000 \
  0000000000000000 0000000000000000 \
  -- 'Channel 1' 'Dimm 1' 'Longsys' '22120417' 'Not Specified' 'FD4AU3200C8GTG      ' 'Ver 1.1'
dmi 127 0xfeff
dmi_write 3 2

b=pci0000:00
pci $b/0000:00:00.0 17cd dc16 060400 01 driver=pcieport link=3,8,3,4
pci $b/0000:00:01.0 17cd dc08 060400 01 driver=pcieport link=3,8,1,0
pci $b/0000:00:02.0 17cd dc01 060400 01 driver=pcieport link=3,1,2,1
pci $b/0000:00:03.0 17cd dc16 060400 01 driver=pcieport link=3,8,3,4
pci $b/0000:00:05.0 17cd dc01 060400 01 driver=pcieport link=3,1,2,1
pci $b/0000:00:02.0/0000:03:00.0 1b4b 9215 010601 11 driver=ahci link=2,1,2,1 subsystem=1b4b:9215
pci $b/0000:00:00.0/0000:04:00.0 1e68 8111 010802 01 driver=nvme link=3,4,3,4 subsystem=1e68:8111
pci $b/0000:00:03.0/0000:05:00.0 15b7 5015 010802 01 driver=nvme link=4,4,3,4 subsystem=15b7:5015
pci $b/0000:00:05.0/0000:06:00.0 1912 0014 0c0330 03 driver=xhci_hcd link=2,1,2,1

n=$b/0000:00:00.0/0000:04:00.0/nvme/nvme0
text sys/devices/$n/model 'XS256G NVMe 256GB'
text sys/devices/$n/serial 'XS22120000417'
text sys/devices/$n/firmware_rev 'H1.0.2'
text sys/devices/$n/nvme0n1/size 500118192
text sys/devices/$n/nvme0n1/removable 0
text sys/devices/$n/nvme0n1/ro 0
text sys/devices/$n/nvme0n1/queue/rotational 0
text sys/devices/$n/nvme0n1/queue/logical_block_size 512
text sys/devices/$n/nvme0n1/queue/physical_block_size 512
text sys/devices/$n/nvme0n1/wwid 'eui.0000000000000000a428b70004170001'
link sys/devices/$n/nvme0n1/device ..
link sys/block/nvme0n1 ../devices/$n/nvme0n1

u=$b/0000:00:05.0/0000:06:00.0
for hub in usb1 usb2; do
  text sys/devices/$u/$hub/idVendor 1d6b
  text sys/devices/$u/$hub/bDeviceClass 09
  text sys/devices/$u/$hub/manufacturer 'Linux 5.4.18-53-generic xhci-hcd'
  text sys/devices/$u/$hub/product 'xHCI Host Controller'
  link sys/bus/usb/devices/$hub ../../../devices/$u/$hub
done
text sys/devices/$u/usb1/idProduct 0002
text sys/devices/$u/usb1/version ' 2.00'
text sys/devices/$u/usb1/speed 480
text sys/devices/$u/usb2/idProduct 0003
text sys/devices/$u/usb2/version ' 3.00'
text sys/devices/$u/usb2/speed 5000
text sys/devices/$u/usb1/1-2/idVendor 24ae
text sys/devices/$u/usb1/1-2/idProduct 4110
text sys/devices/$u/usb1/1-2/bDeviceClass 00
text sys/devices/$u/usb1/1-2/version ' 1.10'
text sys/devices/$u/usb1/1-2/speed 1.5
text sys/devices/$u/usb1/1-2/product '雷柏 键盘'
text sys/devices/$u/usb1/1-2/1-2:1.0/bInterfaceClass 03
link sys/bus/usb/devices/1-2 ../../../devices/$u/usb1/1-2
link sys/bus/usb/devices/1-2:1.0 ../../../devices/$u/usb1/1-2/1-2:1.0

# The network controller is no PCI device: it is inside the chip.
m=platform/PHYT0004:00/net/eth0
text sys/devices/$m/address '00:07:3e:a1:04:17'
text sys/devices/$m/operstate up
text sys/devices/$m/duplex full
text sys/devices/$m/mtu 1500
text sys/devices/$m/type 1
text sys/devices/$m/speed 1000
link sys/devices/$m/device ../..
link sys/devices/platform/PHYT0004:00/driver ../../../bus/platform/drivers/dwmac-phytium
class_link net $m
text sys/devices/virtual/net/lo/address '00:00:00:00:00:00'
class_link net virtual/net/lo

hwmon platform/scpi/hwmon/hwmon0 scpi_sensors temp1_input=47000 temp1_label=ts0 \
  temp2_input=48000 temp2_label=ts1
# The NVMe driver's limits: one real, two that mean "not set".
hwmon $b/0000:00:00.0/0000:04:00.0/nvme/nvme0/hwmon1 nvme temp1_input=38850 temp1_label=Composite \
  temp1_max=82850 temp1_min=-273150 temp2_input=38850 temp2_max=65261850

text etc/os-release 'NAME="Kylin"' 'VERSION="银河麒麟桌面操作系统V10 (SP1)"' 'ID=kylin' \
  'ID_LIKE=debian' 'PRETTY_NAME="Kylin V10 SP1"' 'VERSION_ID="v10"' 'PROJECT_CODENAME=V10SP1' \
  'KYLIN_RELEASE_ID="2203"'
text etc/.kyinfo '[dist]' 'name=Kylin' 'milestone=Desktop-V10-SP1-General-Release-2203' 'arch=arm64' \
  'dist_id=Kylin-Desktop-V10-SP1-General-Release-2203-arm64' '' '[servicekey]' 'key=0417042' '' \
  '[os]' 'to=' 'term=2024-06-30'
