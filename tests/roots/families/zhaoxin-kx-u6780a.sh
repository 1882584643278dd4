# shellcheck shell=bash
# A desktop with Zhaoxin KX-U6780A: the vendor's second text, the maker's name in GBK, Byosoft, modules
# whose part number is None, UOS.
facts 'page-size 4096' 'uname.machine x86_64' 'uname.release 4.19.0-amd64-desktop' 'uname.sysname Linux'
x86_cpus 8 '  Shanghai  ' 7 59 1 'ZHAOXIN KaiXian KX-U6780A@2.7GHz'
cpuinfo
cpus 8 8 1
dmi_firmware 'Byosoft' 'R06' '07/04/2023'
dmi_names $'\xb3\xa4\xb3\xc7' 'TD120C2' 'MBX-Z60AR110'
dmi_socket 'CPU 1' 'Zhaoxin' 'ZHAOXIN KaiXian KX-U6780A@2.7GHz' b1070300fffbcbbf 8 8 2700
dmi_module 'DIMM 0' 8192 2666 'Kingbank Technology Co Ltd' 'None'
dmi_module 'DIMM 1' 8192 2666 "Xi'an UniIC Semiconductors Co Ltd" 'None'
dmi 127 0xfeff
dmi_write 3 1
text etc/os-release 'PRETTY_NAME="UnionTech OS Desktop 20 Pro"' 'NAME="uos"' 'VERSION_ID="20"' 'ID=uos' \
  'VERSION_CODENAME=eagle'
