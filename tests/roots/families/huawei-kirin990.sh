# shellcheck shell=bash
# A desktop with Kirin 990: four little and four big cores, the little ones with Arm's id; one chip that
# SMBIOS tells of three times; memory soldered on, without a maker; UOS desktop.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 4.19.71-arm64-desktop' 'uname.sysname Linux'
features='fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp'
arm_cpus 4 0x41 0xd05 0x1 0 "$features"
arm_cpus 4 0x48 0xd40 0x1 0 "$features"
cpuinfo
cpus 8 8 1
dmi_firmware 'Byosoft' '1.00.60' '10/21/2022'
dmi_names 'HUAWEI' 'W515 PGUV-WBY0' 'SP1PGUVMM'
dmi_socket 'CPU0' 'HISILICON' 'HUAWEI Kirin990' 50d01f4100000000 2 2 2860
dmi_socket 'CPU0' 'HISILICON' 'HUAWEI Kirin990' 50d01f4100000000 2 2 2360
dmi_socket 'CPU0' 'HISILICON' 'HUAWEI Kirin990' 50d01f4100000000 4 4 1950
dmi_module 'On Board' 8192 4266 '--' '--'
dmi 127 0xfeff
dmi_write 3 2
text etc/os-release 'PRETTY_NAME="UnionTech OS Desktop 20 Pro"' 'NAME="uos"' 'VERSION_ID="20"' \
  'ID=uos' 'VERSION_CODENAME=eagle'
