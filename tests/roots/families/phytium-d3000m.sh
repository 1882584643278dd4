# shellcheck shell=bash
# A laptop with D3000M: the id of D3000, so that only its name tells.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.4.18-110-generic' 'uname.sysname Linux'
arm_cpus 8 0x70 0x862 0x0 0 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid sha3 sm3 sm4'
cpuinfo
cpus 8 8 1
dmi_names 'LENOVO' '开天 N89z G1d' 'LNVNB161216'
dmi_socket 'CPU0' 'Phytium' 'D3000M' 0000000000000000 8 8 2500
dmi 127 0xfeff
dmi_write 3 2
