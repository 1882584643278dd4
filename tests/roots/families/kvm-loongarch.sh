# shellcheck shell=bash
# A virtual machine on a LoongArch host: it shows a 3A5000 at 2000 MHz and one core a package, whatever
# the host is. Loongnix, mainline kernel.
facts 'cpucfg.00 0x0014c010' 'cpucfg.40000000 0x004d564b' 'page-size 16384' 'uname.machine loongarch64' \
  'uname.release 6.6.0' 'uname.sysname Linux'
lines=('system type		: generic-loongson-machine' '')
for cpu in 0 1 2 3; do
  lines+=("processor		: $cpu" "package			: $cpu" 'core			: 0' "global_id		: $cpu"
    'CPU Family		: Loongson-64bit' 'Model Name		: Loongson-3A5000' 'CPU Revision		: 0x10'
    'CPU MHz			: 2000.00' 'ISA			: loongarch32r loongarch32s loongarch64'
    'Features		: cpucfg lam ual fpu lsx lasx ptw' '')
done
text proc/cpuinfo "${lines[@]}"
cpus 4 1 1
dmi_firmware 'EDK II' 'unknown' '02/02/2022'
dmi_names 'QEMU' 'QEMU Virtual Machine' 'virt'
for cpu in 0 1 2 3; do dmi_socket "CPU $cpu" 'QEMU' 'virt' 0000000000000000 1 1 2000; done
dmi 127 0xfeff
dmi_write 3 0
text etc/os-release 'NAME="Loongnix GNU/Linux"' 'VERSION="20 (DaoXiangHu)"' 'ID=Loongnix' \
  'VERSION_ID="20"' 'PRETTY_NAME="Loongnix GNU/Linux 20 (DaoXiangHu)"'
