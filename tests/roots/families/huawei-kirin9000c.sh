# shellcheck shell=bash
# A laptop with Kirin 9000C: the ids of Kirin 9000S in three kinds of cores, two of them with two threads a core.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.10.0-aarch64-desktop' 'uname.sysname Linux'
arm_cpus 4 0x41 0xd46 0x1 1 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid'
arm_cpus 6 0x48 0xd42 0x1 0 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid'
arm_cpus 2 0x48 0xd02 0x2 2 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid'
cpuinfo
cpus 12 12 1
dmi_names 'HUAWEI' 'PGUV-WBX0' 'PGUV-WBX0-PCB'
dmi_socket 'CPU' 'HiSilicon' 'HUAWEI Kirin 9000C' 0000000000000000 8 12 2500
dmi 127 0xfeff
dmi_write 3 2
