# shellcheck shell=bash
# A virtual machine with eight processors on some Phytium host: its owner chose the count, so it says nothing.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.10.0-60.oe2203.aarch64' 'uname.sysname Linux'
arm_cpus 8 0x70 0x663 0x1 3 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid'
cpuinfo
cpus 8 8 1
dmi_firmware 'EFI Development Kit II / OVMF' '0.0.0' '02/06/2015'
dmi_names 'QEMU' 'KVM Virtual Machine' 'virt'
dmi_socket 'CPU 0' 'QEMU' 'virt-6.2' 0000000000000000 8 8 2000
dmi 127 0xfeff
dmi_write 3 0
