# shellcheck shell=bash
# A server with two Hygon C86 7285: 32 cores each, two threads a core, Anolis OS 8.
facts 'page-size 4096' 'uname.machine x86_64' 'uname.release 4.19.91-26.an8.x86_64' 'uname.sysname Linux'
x86_cpus 128 HygonGenuine 24 1 1 'Hygon C86 7285 32-core Processor'
cpuinfo
cpus 128 64 2
nodes 8 16777216
text etc/os-release 'NAME="Anolis OS"' 'VERSION="8.8"' 'ID="anolis"' 'ID_LIKE="rhel fedora centos"' \
  'VERSION_ID="8.8"' 'PRETTY_NAME="Anolis OS 8.8"'
