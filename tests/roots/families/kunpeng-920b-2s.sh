# shellcheck shell=bash
# A TaiShan server with two Kunpeng 920B of 48 cores and two threads a core; SMBIOS leaves the B out.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 5.10.0-216.oe2203sp4.aarch64' 'uname.sysname Linux'
arm_cpus 192 0x48 0xd02 0x0 0 'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics cpuid sha3 sm3 sm4 sha512 sve'
cpuinfo
cpus 192 96 2
dmi_firmware 'Huawei Corp.' '11.77' '01/12/2024'
dmi_names 'Huawei' 'TaiShan 200 (Model 2280 V2)' 'BC83AMDAA'
for socket in 1 2; do dmi_socket "CPU0$socket" 'HiSilicon' 'Kunpeng 920 7260Z' 20d00f4800000000 48 96 2600; done
dmi 127 0xfeff
dmi_write 3 2
text etc/os-release 'NAME="openEuler"' 'VERSION="22.03 (LTS-SP4)"' 'ID="openEuler"' 'VERSION_ID="22.03"'
