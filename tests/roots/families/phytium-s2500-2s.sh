# shellcheck shell=bash
# A server with two Phytium S2500/64, whose id is that of FT-2000/4: told by 128 processors, and by the name
# that a Kylin kernel prints.
facts 'page-size 65536' 'uname.machine aarch64' 'uname.release 4.19.90-52.22.v2207.ky10.aarch64' \
  'uname.sysname Linux'
arm_cpus 128 0x70 0x663 0x1 3 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid' 'Phytium,S2500/64 C00'
cpuinfo
cpus 128 64 1
nodes 16 16777216
text etc/os-release 'NAME="Kylin Linux Advanced Server"' 'VERSION="V10 (Halberd)"' 'ID="kylin"' \
  'VERSION_ID="V10"' 'PRETTY_NAME="Kylin Linux Advanced Server V10 (Halberd)"'
