# shellcheck shell=bash
# What is left of a Loongson 3A6000 board when nothing but SMBIOS was kept, whose counts are wrong: it says
# 8 cores for 4 with two threads.
dmi_firmware 'Loongson' 'Loongson-UDK2018-V4.0.05756-prestable202405' '05/23/24 14:55:44'
dmi_names 'Loongson' 'Loongson-3A6000-HV-7A2000-1w-V0.1-EVB' 'Loongson-3A6000-HV-7A2000-1w-EVB-V1.21'
dmi_socket 'CPU0' 'Loongson' 'Loongson-3A6000-HV' 3341363030302d48 8 8 2500
dmi_module 'DIMM_A0' 16384 3200 'UniIC' 'SCC16GU03H2F1C-32AA'
dmi 127 0xfeff
dmi_write 3 2
