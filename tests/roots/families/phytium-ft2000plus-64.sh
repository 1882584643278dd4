# shellcheck shell=bash
# A server with Phytium FT-2000+/64: 64 cores without AES, 8 memory nodes, a kernel that prints no name,
# Micron modules, KunLun firmware, Kylin server.
facts 'page-size 65536' 'uname.machine aarch64' 'uname.release 4.19.90-25.ky10.aarch64' \
  'uname.sysname Linux'
arm_cpus 64 0x70 0x662 0x1 2 'fp asimd evtstrm crc32 cpuid'
cpuinfo
cpus 64 64 1
nodes 8 16777216
dmi_firmware 'ZD-TECH' 'KL.4.010.20201204' '12/04/20 11:22:03'
dmi_names 'Lenovo' 'ThinkSystem SR358F' 'SR358F'
dmi_socket 'CPU01' 'Phytium' 'FT-2000+/64' 22661f7000000000 64 64 2200
for slot in 0 3 5 6; do dmi_module "DIMM$slot" 16384 2666 'Micron' '6478545886'; done
for slot in 1 2 4 7; do dmi_module "DIMM$slot" 0; done
dmi 127 0xfeff
dmi_write 3 1
text etc/os-release 'NAME="Kylin Linux Advanced Server"' 'VERSION="V10 (Lance)"' 'ID="kylin"' \
  'VERSION_ID="V10"' 'PRETTY_NAME="Kylin Linux Advanced Server V10 (Lance)"'
text etc/kylin-release 'Kylin Linux Advanced Server release V10 (Lance)'
