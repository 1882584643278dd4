# shellcheck shell=bash
# A server with two 3C6000/S of 16 cores and 32 threads.
facts 'cpucfg.00 0x0014d010' 'page-size 16384' 'uname.machine loongarch64' 'uname.release 6.6.0-oe2403.loongarch64' \
  'uname.sysname Linux'
lines=('system type		: generic-loongson-machine' '')
for ((cpu = 0; cpu < 64; cpu++)); do
  lines+=("processor		: $cpu" "package			: $((cpu / 32))" "core			: $((cpu % 32 / 2))"
    'CPU Family		: Loongson-64bit' 'Model Name		: Loongson-3C6000/S' 'CPU Revision		: 0x10'
    'CPU MHz			: 2200.00' 'Features		: cpucfg lam ual fpu lsx lasx crc32 complex crypto lvz lbt_x86 ptw' '')
done
text proc/cpuinfo "${lines[@]}"
cpus 64 32 2
dmi_firmware 'Loongson' 'Loongson-UDK2018-V4.0.05756-stable202408' '08/01/24'
dmi_names 'Loongson' 'Loongson-3C6000/S-7A2000-2w' 'LS3C6B1'
for socket in 0 1; do dmi_socket "CPU$socket" 'Loongson' 'Loongson-3C6000/S' 0000000000000000 16 32 2200; done
dmi 127 0xfeff
dmi_write 3 2
