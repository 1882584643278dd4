# shellcheck shell=bash
# A desktop with Phytium D3000: the firmware's processor version has a bad index and its id is all ones,
# the product name is in Chinese, DDR5 runs below its rating, the swapped id of UniIC once more.
facts 'page-size 4096' 'uname.machine aarch64' 'uname.release 6.6.0-25-generic' 'uname.sysname Linux'
arm_cpus 8 0x70 0x862 0x0 0 \
  'fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop sha3 sm3 sm4 asimddp sha512'
cpuinfo
cpus 8 8 1
dmi_firmware 'Great Wall' '长城BIOS V3.0' '2024-06-24'
dmi_names 'Great Wall' '世恒D80F3' 'GW-001Y3A-FTF'
dmi 4 0x0004 01 03 fe 09 ffffffffffffffff 09 89 3000 c409 c409 41 02 ffff ffff ffff \
  00 00 00 080808 0400 1801 0800 0800 0800 -- 'Phtium D3000'
dmi_module 'DIMM 0' 16384 4000 'Unilc' 'SCC16GU03H2F1C-56AA' 1a08
dmi 127 0xfeff
dmi_write 3 3
text etc/os-release 'NAME="Kylin"' 'ID=kylin' 'ID_LIKE=debian' 'PRETTY_NAME="Kylin V11"' \
  'VERSION_ID="v11"' 'KYLIN_RELEASE_ID="2603"'
