#!/usr/bin/env bash
# Nothing that names one unit, person or network leaves by `capture` or `report --public`: one secret of every kind is
# planted into a machine, and what the program writes is searched for all of them.
. "$(dirname "$0")/tap.sh"
plan 11

R=$TMP/machine
mkdir "$R"
cd "$TMP" || exit 3
# shellcheck source=tests/roots/lib.sh
. "$SOURCE/tests/roots/lib.sh"
(
  export LC_ALL=C
  dmi 1 1 01 02 00 03 4f5ac2d111e8b14ca3107d2f9c64e0aa 06 00 00 -- 'Great Wall' TN140A2 SYSN-77A0411
  dmi 2 2 01 02 00 03 04 09 00 0300 0a 00 -- 'Great Wall' GW-001 BRDN-77A0412 ASSET-2031-0087
  dmi 3 3 01 03 00 02 00 03 03 03 02 00000000 00 00 00 00 00 -- 'Great Wall' CHSN-77A0413
  dmi 11 4 01 -- 'Built for Bureau 7788'
  dmi 17 5 0000 feff 4000 4000 0020 09 00 01 00 1a 8000 800c 02 03 00 00 01 00000000 800c b004 b004 b004 -- \
    DIMM_A0 UniIC 3A9C71F2
  dmi 126 7 01 02 03 04 4f5ac2d111e8b14ca3107d2f9c64e0bb 06 00 00 -- X Y Z INACT-77A0414
  dmi 12 8 01 -- 'Option 77A0415'
  dmi 14 9 01 -- 'Group 77A0416'
  dmi 45 10 01 02 00 03 00 04 05 0000000000000000 0000000000000000 0000 03 00 -- fw 1.2 id 2020 mk UNREF77A0417
  dmi 46 11 0100 01 0000 -- 'PciRoot(0x0)/MAC(001B21C45DAA,0x1)'
  dmi 11 12 01 -- '客户：衡器三厂'
  dmi 127 6
  dmi_write 3 2
  pci pci0000:00/0000:00:02.0 1b4b 9215 010601 11 driver=ahci
  pci pci0000:00/0000:00:03.0 8086 1533 020000 03 driver=igb
)
text facts 'uname.machine aarch64' 'uname.release 5.10.0' 'uname.nodename assembly-bench7'
text proc/cpuinfo 'processor	: 0' 'CPU implementer	: 0x70' 'CPU part	: 0x663' 'CPU variant	: 0x1' \
  'CPU revision	: 3' 'CPUID	: 5001000a87e3d412'
text proc/meminfo 'MemTotal: 8000000 kB'
arguments='crypt=quenchword sn=gwsnqxz serial=GWSER551 asset=GWASSETQ tel=13977712345 key=qkeyqkeyq mac=001b21c45d8a'
arguments+=' resume=/dev/mapper/vgseven-swapseven console=tty0 mitigations=off loglevel=3'
text proc/cmdline "root=UUID=ac986561-2588-4a99-919f-e4e28a2485f7 ro db_password=hunter22x $arguments \
ip=10.77.14.201::::bench7x:eth0:off"
text etc/os-release 'ID=kylin' 'NAME="Kylin"'
text etc/.kyinfo '[servicekey]' 'key=9247624' '[os]' 'to=Bureau of Weights' 'term=2027-03-31'
text etc/LICENSE '客户=量具四厂'
text proc/bus/input/devices 'N: Name="李小花的AirPods"' 'U: Uniq=00:1b:21:c4:5d:9f' ''
text etc/hostname assembly-bench7
text etc/passwd 'zhangwei:x:1000:1000:张伟国,,,:/home/zhangwei:/bin/bash'
net=sys/devices/pci0000:00/0000:00:03.0/net/eth0
text $net/address 00:1b:21:c4:5d:7e
text $net/type 1
link sys/class/net/eth0 ../../devices/pci0000:00/0000:00:03.0/net/eth0
disk=sys/devices/pci0000:00/0000:00:02.0/ata1/host0/target0:0:0/0:0:0:0/block/sda
text $disk/size 1000000
text $disk/serial S4EVNX0M771402
text $disk/wwid naa.5002538e40a1b2c3
link sys/block/sda "../${disk#sys/}"
usb=sys/devices/pci0000:00/0000:00:02.0/usb1/1-4
text $usb/idVendor 0951
text $usb/idProduct 1666
text $usb/serial 4C530001180604117755
link sys/bus/usb/devices/1-4 "../../../${usb#sys/}"
text sys/class/power_supply/BAT0/type Battery
text sys/class/power_supply/BAT0/serial_number BATN-41872
# An EDID with product and serial number, and a descriptor of each kind of text.
edid=00ffffffffffff00 edid+=10ac77a0533742301e1c0104a5331d783aee95a3544c99260f5054
edid=${edid}$(printf '%076d' 0)
edid=${edid:0:108}$(printf '%036d' 0)000000ff00$(printf 'CN0V77K12A\n  ' | od -An -v -tx1 | tr -d ' \n')
edid+=000000fc00$(printf 'MON 77L\n     ' | od -An -v -tx1 | tr -d ' \n')$(printf '%036d' 0)00
sum=0
for ((i = 0; i < 254; i += 2)); do sum=$((sum + 16#${edid:i:2})); done
bytes sys/class/drm/card0-HDMI-A-1/edid "$edid$(printf '%02x' $((-sum & 255)))"
text sys/class/drm/card0-HDMI-A-1/status connected
text dev/kmsg \
  '6,0,0,-;交付 衡器三厂' '6,1,0,-;Command line: root=UUID=ac986561-2588-4a99-919f-e4e28a2485f7 db_password=hunter22x' \
  '6,2,0,-;igb 0000:00:03.0 eth0: 00:1b:21:c4:5d:7e; fe80::21b:21ff:fec4:5d7e/64' \
  '6,3,0,-;usb 1-4: SerialNumber: 4C530001180604117755' \
  '6,4,0,-;systemd[1]: Hostname set to <assembly-bench7>.' \
  '6,5,0,-;board BRDN-77A0412, module 3a9c71f2, battery BATN-41872, owner Built for Bureau 7788' \
  '6,6,0,-;nfs: server 10.77.9.113 not responding for 张伟国 (zhangwei) at 2001:db8:77:14::c9 now' \
  '6,7,0,-;machine d1c25a4f-e811-4cb1-a310-7d2f9c64e0aa, disk naa.5002538e40a1b2c3 S4EVNX0M771402' \
  '6,8,0,-;activation key VK7JG-NPHTM-C97JM-9MPGT-3V66T of Bureau of Weights; chip 5001000a87e3d412'

# ... and in the words that people and drivers use for them, also in the encodings of the system and of old firmware.
gbk() { # TEXT: as the kernel's log shows it where it is GBK
  iconv -f UTF-8 -t GBK <<<"$1" | od -An -v -tu1 -w1 | while read -r byte; do
    if [ "$byte" -ge 128 ]; then printf '\\x%02x' "$byte"; elif [ "$byte" -gt 32 ]; then
      # shellcheck disable=SC2059
      printf "\\x$(printf %x "$byte")"; fi
  done
}
cat >>"$R/dev/kmsg" <<EOF
6,9,0,-;ata1: Serial No.: GWATA331, SN=QWSNQWSN, asset_tag=TAG-00551
6,10,0,-;序列号：GWCN4471，资产编号：库房甲柜七号
6,11,0,-;$(gbk 序列号：GWGBK4472，责任人：欧阳志远，正常)
6,12,0,-;LU WWN Device Id: 5 0014ee 2b1a2c3d4, switch 001b.21c4.5d9a, port 001b21c45d9b, ::ffff:10.1.2.3
6,13,0,-;sshd: lixiaoming@forge-bench8 psk=quenchpsk, iqn.2001-04.com.forge-plant:line4, key QWERT-YUIOP-ASDFG-HJKLZ-XCVBN
6,14,0,-;Kernel command line: $arguments
6,15,0,-;login of 欧阳志远
EOF
# Nothing between them and a Chinese sign, or a line's end within a record.
escaped() { od -An -v -tx1 <<<"$1" | tr -d '\n' | sed 's/ 0a$//; s/ /\\x/g'; }
n=16
for sign in "$(escaped 主机)" "$(gbk 主机)" '\x0a'; do
  for secret in assembly-bench7 10.77.9.114 2001:db8:77:14::ca 00:1b:21:c4:5d:9d 001B21C45D9E \
    4f5ac2d1-11e8-b14c-a310-7d2f9c64e0ab naa.5002538e40a1b2c4 VK7JG-NPHTM-C97JM-9MPGT-3V66U; do
    echo "6,$((n++)),0,-;$sign$secret$sign" >>"$R/dev/kmsg"
  done
done

# By kind; each stands somewhere in the folder.
secrets=(SYSN-77A0411 BRDN-77A0412 CHSN-77A0413 3A9C71F2 3a9c71f2 S4EVNX0M771402 BATN-41872 4C530001180604117755
  ASSET-2031-0087 00:1b:21:c4:5d:7e 21b:21ff:fec4:5d7e d1c25a4f-e811-4cb1-a310-7d2f9c64e0aa
  ac986561-2588-4a99-919f-e4e28a2485f7 5002538e40a1b2c3 5001000a87e3d412 hunter22x
  10.77.14.201 10.77.9.113 2001:db8:77:14::c9 assembly-bench7 bench7x CN0V77K12A 'MON 77L' VK7JG-NPHTM-C97JM-9MPGT-3V66T
  quenchword gwsnqxz GWSER551 GWASSETQ 13977712345 qkeyqkeyq c45d8a vgseven swapseven GWATA331 QWSNQWSN TAG-00551
  GWCN4471 库房甲柜七号 GWGBK4472 欧阳志远 "$(gbk 欧阳志远)" 0014ee 2b1a2c3d4 5d9a c45d9b 10.1.2.3 lixiaoming forge-bench8
  quenchpsk forge-plant ASDFG 10.77.9.114 2001:db8:77:14::ca 00:1b:21:c4:5d:9d 001B21C45D9E 4f5ac2d1-11e8-b14c-a310-7d2f9c64e0ab
  5002538e40a1b2c4 VK7JG-NPHTM-C97JM-9MPGT-3V66U)
# Words that only files which no record holds say to be names: a capture reads those files.
of_files=(9247624 'Bureau of Weights' zhangwei 张伟国 'Built for Bureau 7788' 衡器三厂)
# No record holds these.
never=(INACT-77A0414 77A0415 77A0416 UNREF77A0417 001B21C45DAA 量具四厂 李小花)

leaks() { # FILE... -- SECRET...: those that stand in the files, in any case of their letters
  local files=() secret
  while [ "$1" != -- ]; do
    files+=("$1")
    shift
  done
  shift
  for secret in "$@"; do
    grep -rqaiF -- "$secret" "${files[@]}" && printf '%s; ' "$secret"
  done
}
is "every secret is planted" "$(leaks "$R" -- "${secrets[@]}" "${of_files[@]}" "${never[@]}")" \
  "$(printf '%s; ' "${secrets[@]}" "${of_files[@]}" "${never[@]}")"

exit_is "the machine is captured" 0 "$CUIHUO" capture --root "$R" machine.capture
is "no secret is in the capture" "$(leaks machine.capture -- "${secrets[@]}" "${of_files[@]}" "${never[@]}")" ""
ok "and what names nobody is" grep -q 'term=2027-03-31' machine.capture
ok "the harmless values of the command line too" grep -q ' console=tty0 mitigations=off loglevel=3' machine.capture
exit_is "the capture is probed" 0 "$CUIHUO" probe --json --root machine.capture
cp out captured.json
is "no secret is in what it shows" "$(leaks captured.json -- "${secrets[@]}" "${of_files[@]}" "${never[@]}")" ""
"$CUIHUO" probe --json --root "$R" >machine.json

# A run on that machine, whose log stands in the findings.
CUIHUO_GOLDEN=$TMP "$(dirname "$CUIHUO")/tests/unit/test_report" >log || { cat log; exit 3; }
jq -cj --slurpfile machine machine.json --rawfile log "$R/dev/kmsg" '
  .serial = "SYSN-77A0411" | .inventory = $machine[0] |
  .findings = [$log | split("\n")[] | select(. != "") |
    {code: "kernel-error", component: "", evidence: {detail: .}, step: 0, time_ns: 5}]' \
  record-pass.json >record.json
exit_is "a report of it is made" 0 "$CUIHUO" report record.json -o own.html
is "it shows them to those whom it is for" "$(leaks own.html -- "${secrets[@]}" "${of_files[@]:1}")" \
  "$(printf '%s; ' "${secrets[@]}" "${of_files[@]:1}")"
for lang in en zh; do
  "$CUIHUO" report record.json --public --lang $lang -o public-$lang.html &&
    "$CUIHUO" report record.json --public --lang $lang >public-$lang.txt
done
is "and public ones, as page and as text in both languages" "$(grep -l TN140A2 public-* | tr '\n' ' ')" \
  "public-en.html public-en.txt public-zh.html public-zh.txt "
is "no secret is in the public reports" "$(leaks public-* -- "${secrets[@]}")" ""
