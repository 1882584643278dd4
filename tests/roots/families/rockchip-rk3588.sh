# shellcheck shell=bash
# A board with RK3588: four Cortex-A55 and four Cortex-A76 of Arm, as a Kirin has cores of Arm's beside its
# own. Nothing may call it one.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.10.110-rockchip-rk3588' 'uname.sysname Linux'
arm_cpus 4 0x41 0xd05 0x2 0 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid'
arm_cpus 4 0x41 0xd0b 0x4 0 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid'
cpuinfo
cpus 8 8 1
bytes sys/firmware/devicetree/base/model 526f636b636869702052 4b33353838 00
link proc/device-tree /sys/firmware/devicetree/base
