# shellcheck shell=bash
# A server with two Hygon C86-4G: the name holds the order number and no count of cores.
facts 'page-size 4096' 'uname.machine x86_64' 'uname.release 4.19.90-89.11.v2401.ky10.x86_64' 'uname.sysname Linux'
x86_cpus 128 HygonGenuine 24 16 1 'Hygon C86-4G (OPN:7490)'
cpuinfo
cpus 128 64 2
dmi_names 'Sugon' 'R6240H0' '65N32-US'
for socket in 0 1; do dmi_socket "P$socket" 'Hygon' 'Hygon C86-4G (OPN:7490)' 0000000000000000 32 64 2700; done
dmi 127 0xfeff
dmi_write 3 2
