# shellcheck shell=bash
# A desktop with D2000 whose firmware writes every name in GBK.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.4.18-53-generic' 'uname.sysname Linux'
arm_cpus 8 0x70 0x663 0x1 3 'fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid'
cpuinfo
cpus 8 8 1
dmi_firmware $'\xb0\xd9\xd0\xc5' 'V1.0' '01/01/2023'
dmi_names $'\xb3\xa4\xb3\xc7' $'\xca\xc0\xba\xe3TD120A2' $'\xd6\xf7\xb0\xe5'
dmi_socket 'CPU0' $'\xb7\xc9\xcc\xda' 'D2000/8' 0000000000000000 8 8 2300
dmi_module 'DIMM0' 8192 3200 $'\xd7\xcf\xb9\xe2\xb9\xfa\xd0\xbe' 'SCC08GU03H1F1C-32AA'
dmi 127 0xfeff
dmi_write 3 2
