# shellcheck shell=bash
# Loongson 3A4000 of the MIPS era: PMON, no SMBIOS, UOS desktop 20 (mips64, pages of 16 KiB).
facts 'page-size 16384' 'uname.machine mips64' 'uname.release 4.19.90-loongson-3-desktop' \
  'uname.sysname Linux'
lines=('system type		: generic-loongson-machine' 'machine			: loongson,generic')
for cpu in 0 1 2 3; do
  lines+=("processor		: $cpu" 'cpu model		: Loongson-3 V0.4  FPU V0.1'
    'model name		: Loongson-3A R4 (Loongson-3A4000) @ 1800MHz' 'CPU MHz			: 1800.00'
    'isa			: mips1 mips2 mips3 mips4 mips5 mips32r1 mips32r2 mips64r1 mips64r2'
    'ASEs implemented	: vz msa loongson-mmi loongson-cam loongson-ext loongson-ext2'
    'package			: 0' "core			: $cpu" '')
done
text proc/cpuinfo "${lines[@]}"
cpus 4 4 1
text etc/os-release 'PRETTY_NAME="UnionTech OS Desktop 20 Pro"' 'NAME="uos"' 'VERSION_ID="20"' \
  'VERSION="20"' 'ID=uos' 'VERSION_CODENAME=eagle'
text etc/os-version '[Version]' 'SystemName=UOS Desktop' 'EditionName=Professional' 'MajorVersion=20' \
  'MinorVersion=1060' 'OsBuild=11018.107'
