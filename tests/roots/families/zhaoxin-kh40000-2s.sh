# shellcheck shell=bash
# A server with two Zhaoxin KH-40000/32: openEuler 22.03 LTS SP3.
facts 'page-size 4096' 'uname.machine x86_64' 'uname.release 5.10.0-182.0.0.95.oe2203sp3.x86_64' \
  'uname.sysname Linux'
x86_cpus 64 CentaurHauls 7 91 11 'ZHAOXIN KaiSheng KH-40000/32@2GHz'
cpuinfo
cpus 64 32 1
text etc/os-release 'NAME="openEuler"' 'VERSION="22.03 (LTS-SP3)"' 'ID="openEuler"' 'VERSION_ID="22.03"' \
  'PRETTY_NAME="openEuler 22.03 (LTS-SP3)"'
