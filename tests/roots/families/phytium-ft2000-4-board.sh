# shellcheck shell=bash
# A development board without SMBIOS: four cores may be FT-2000/4 or D2000, and the device tree says which.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.10.153' 'uname.sysname Linux'
arm_cpus 4 0x70 0x663 0x1 3 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid'
cpuinfo
cpus 4 4 1
bytes sys/firmware/devicetree/base/model 46542d323030302f34432d44534b2d424f415244 00
bytes sys/firmware/devicetree/base/compatible 7068797469756d2c66742d32303034 00
link proc/device-tree /sys/firmware/devicetree/base
