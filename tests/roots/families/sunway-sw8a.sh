# shellcheck shell=bash
# A Sunway whose kernel names only the core: the architecture is of one maker.
facts 'page-size 8192' 'uname.machine sw_64' 'uname.release 5.10.0-sw64' 'uname.sysname Linux'
for cpu in 0 1 2 3; do
  cpuinfo_lines+=("processor	: $cpu" 'vendor_id	: sunway' 'cpu family	: 8' 'model		: 4' 'model name	: sw8a'
    'cpu variation	: 0' 'cpu revision	: 1' 'page size	: 8192' '')
done
cpuinfo
cpus 4 4 1
