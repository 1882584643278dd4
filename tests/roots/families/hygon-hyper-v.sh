# shellcheck shell=bash
# A guest of Hyper-V on a Hygon host: the flag says that there is a hypervisor, SMBIOS which.
facts 'page-size 4096' 'uname.machine x86_64' 'uname.release 4.19.0-amd64-desktop' 'uname.sysname Linux'
for cpu in 0 1 2 3; do
  cpuinfo_lines+=("processor	: $cpu" 'vendor_id	: HygonGenuine' 'cpu family	: 24' 'model		: 1'
    'model name	: Hygon C86 7285 32-core Processor' 'stepping	: 1' 'flags		: fpu sse2 ht hypervisor aes' '')
done
cpuinfo
cpus 4 4 2
dmi_firmware 'Microsoft Corporation' 'Hyper-V UEFI Release v4.1' '05/13/2024'
dmi_names 'Microsoft Corporation' 'Virtual Machine' 'Virtual Machine'
dmi 127 0xfeff
dmi_write 3 1
