# shellcheck shell=bash
# The first FT-2000/64, of 2016: the id of the two cores of FT-2000A/2, a mainline kernel that says no name.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 4.19.0' 'uname.sysname Linux'
arm_cpus 64 0x70 0x661 0x1 1 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid'
cpuinfo
cpus 64 64 1
