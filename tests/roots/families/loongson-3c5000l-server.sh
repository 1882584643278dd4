# shellcheck shell=bash
# Loongson 3C5000L server: four packages of 16 cores (LoongArch, LA464), 7A1000, Loongnix-Server 8 with a
# vendor 4.19 kernel. SMBIOS has a processor id that is text.
facts 'cpucfg.00 0x0014c011' 'page-size 16384' 'uname.machine loongarch64' \
  'uname.release 4.19.190-6.4.lns8.loongarch64' 'uname.sysname Linux'
lines=('system type		: generic-loongson-machine')
for ((cpu = 0; cpu < 64; cpu++)); do
  lines+=("processor		: $cpu" "package			: $((cpu / 16))" "core			: $((cpu % 16))"
    'cpu family		: Loongson-64bit' 'model name		: Loongson-3C5000L' 'CPU Revision		: 0x11'
    'CPU MHz			: 2200.00' 'isa			: loongarch32 loongarch64'
    'features		: cpucfg lam ual fpu lsx lasx complex crypto lvz lbt_x86 lbt_arm lbt_mips' '')
done
text proc/cpuinfo "${lines[@]}"
cpus 64 16 1
nodes 16 16777216
dmi_firmware 'Loongson' 'Loongson-UDK2018-V4.0.05494-stable202305' '09/21/23 12:21:29'
dmi_names 'Loongson' 'Loongson-3C5000L-7A1000-16w-V0.1-LS4C5LG' 'Loongson-LS3C5000L-7A1000-16w-LS4C5LG'
for socket in 0 1 2 3; do
  dmi_socket "CPU$socket" 'Loongson' 'Loongson-3C5000L' 3343353030304c00 16 16 2200
done
dmi 127 0xfeff
dmi_write 3 2
text etc/os-release 'NAME="Loongnix-Server Linux"' 'VERSION="8"' 'ID="loongnix-server"' \
  'ID_LIKE="rhel fedora centos"' 'VERSION_ID="8.4"' 'PLATFORM_ID="platform:lns8"' \
  'PRETTY_NAME="Loongnix-Server Linux 8"'
