# shellcheck shell=bash
# A desktop with Kunpeng 920 3211K: 24 cores, a maker that is "N/A", a CXMT module whose maker only
# the part number tells.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 4.19.90-23.8.v2101.ky10.aarch64' \
  'uname.sysname Linux'
arm_cpus 24 0x48 0xd01 0x1 0 \
  'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma dcpop asimddp asimdfhm'
cpuinfo
cpus 24 24 1
dmi_firmware 'Byosoft' '1.20' '05/21/2020'
dmi_names 'N/A' 'N/A' 'Kunpeng Desktop Board'
dmi_socket 'CPU0' 'HISILICON' 'HUAWEI Kunpeng920 3211K' 10d01f4800000000 24 24 2600
dmi_module 'DDR4_A' 8192 2666 'Unknown' 'CXMQ3A8MA1GU6-CQ1-Z'
dmi_module 'DDR4_B' 0
dmi 127 0xfeff
dmi_write 3 2
text etc/os-release 'NAME="Kylin Linux Advanced Server"' 'VERSION="V10 (Tercel)"' 'ID="kylin"' \
  'VERSION_ID="V10"' 'PRETTY_NAME="Kylin Linux Advanced Server V10 (Tercel)"'
