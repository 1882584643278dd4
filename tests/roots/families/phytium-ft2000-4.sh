# shellcheck shell=bash
# A desktop with Phytium FT-2000/4: Kylin desktop whose kernel prints a name, KunLun firmware, one UniIC
# module with the bytes of its JEDEC id swapped and a part number that is the same on every module.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.4.18-35-generic' 'uname.sysname Linux'
arm_cpus 4 0x70 0x663 0x1 3 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid' 'Phytium,FT-2000/4'
cpuinfo
cpus 4 4 1
dmi_firmware 'ZD Tech.' 'KunLun BIOS V4.0' '06/22/2021'
dmi_names 'GreatWall' 'GW-XXXXXX-XXX' 'GW-001M1A-FTF'
dmi_socket '1144' 'PHYTIUM LTD' 'FT-2000/4' 33661f7000000000 4 4 2600
dmi_module 'Channel 0' 8192 2666 'UnilC' '6478545886' 1a08
dmi_module 'Channel 1' 0
dmi 127 0xfeff
dmi_write 3 2
text etc/os-release 'NAME="Kylin"' 'VERSION="银河麒麟桌面操作系统V10 (SP1)"' 'ID=kylin' 'ID_LIKE=debian' \
  'PRETTY_NAME="Kylin V10 SP1"' 'VERSION_ID="v10"' 'PROJECT_CODENAME=V10SP1' 'KYLIN_RELEASE_ID="2107"'
