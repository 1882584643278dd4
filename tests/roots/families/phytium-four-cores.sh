# shellcheck shell=bash
# Four processors with the id that FT-2000/4 and D2000 share, a kernel that prints no name and no
# SMBIOS: nobody can tell which it is.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 6.1.0-arm64' 'uname.sysname Linux'
arm_cpus 4 0x70 0x663 0x1 3 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid'
cpuinfo
cpus 4 4 1
