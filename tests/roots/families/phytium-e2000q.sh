# shellcheck shell=bash
# A board with Phytium E2000Q: two big cores and two little ones, a device tree and no SMBIOS, openKylin.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.10.0-e2000' 'uname.sysname Linux'
arm_cpus 2 0x70 0x303 0x0 4 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid'
arm_cpus 2 0x70 0x664 0x1 3 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid sha3 sm3 sm4'
cpuinfo
cpus 4 4 1
text sys/firmware/devicetree/base/model 'E2000Q Demo Board'
text etc/os-release 'NAME="openKylin"' 'VERSION="2.0 (nile)"' 'ID=openkylin' 'VERSION_ID="2.0"' \
  'PRETTY_NAME="openKylin 2.0"'
