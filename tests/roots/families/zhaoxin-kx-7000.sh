# shellcheck shell=bash
# A desktop with KX-7000: the vendor between blanks, the name right-aligned.
facts 'page-size 4096' 'uname.machine x86_64' 'uname.release 5.10.0-amd64-desktop' 'uname.sysname Linux'
x86_cpus 8 '  Shanghai  ' 7 107 0 '            ZHAOXIN KaiXian KX-7000/8@3.2GHz'
cpuinfo
cpus 8 8 1
dmi_names 'LENOVO' '开天 M99s G1z' '3731'
dmi_socket 'CPU 0' 'Zhaoxin' 'ZHAOXIN KaiXian KX-7000/8@3.2GHz' 0000000000000000 8 8 3200
dmi 127 0xfeff
dmi_write 3 2
