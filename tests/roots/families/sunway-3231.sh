# shellcheck shell=bash
# A Sunway SW3231 server, best effort: no real one was at hand, so the lines are those that its kernel's
# source prints. Pages of 8 KiB.
facts 'page-size 8192' 'uname.machine sw_64' 'uname.release 4.19.90-sw64' 'uname.sysname Linux'
lines=()
for ((cpu = 0; cpu < 32; cpu++)); do
  lines+=("processor	: $cpu" 'vendor_id	: sunway' 'cpu family	: 8' 'model		: 3'
    'model name	: SW3231 CPU @ 2.40GHz' 'cpu variation	: 3' 'cpu revision	: 1' 'cpu MHz		: 2400.00'
    'cache size	: 512 KB' 'physical id	: 0' 'bogomips	: 4800.00' 'flags		: fpu simd vpn upn cpuid'
    'page size	: 8192' '')
done
text proc/cpuinfo "${lines[@]}"
cpus 32 32 1
