# shellcheck shell=bash
# A board with 2K2000: no SMBIOS, a blank model name; the id is also that of chips with eight cores.
facts 'cpucfg.00 0x0014b000' 'page-size 16384' 'uname.machine loongarch64' 'uname.release 6.9.0' 'uname.sysname Linux'
lines=('system type		: generic-loongson-machine' '')
for cpu in 0 1; do
  lines+=("processor		: $cpu" 'package			: 0' "core			: $cpu" 'CPU Family		: Loongson-64bit'
    'Model Name		:         -        ' 'CPU Revision		: 0x00' 'Features		: cpucfg lam ual fpu lsx' '')
done
text proc/cpuinfo "${lines[@]}"
cpus 2 2 1
