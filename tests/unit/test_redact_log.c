/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What log lines and the kernel command line say of units, people and networks: each secret alone, in
 * every encoding in which it may stand there, and texts of every day, of which nothing changes.
 */
#include "tests/unit/unit.h"

#include "harness/base/arena.h"
#include "harness/base/auto.h"
#include "harness/base/buf.h"
#include "harness/base/text.h"
#include "harness/model/redact.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct planted {
	const char *line, *secret;
};

static const struct planted in_log[] = {
	{ "ata1: Serial No.: GW9K3X72", "GW9K3X72" },
	{ "ata1: Serial No. GW9K3X72, up", "GW9K3X72" },
	{ "board: SN=GW9K3X72", "GW9K3X72" },
	{ "board: SN:QWERTYUI", "QWERTYUI" },
	{ "board: sn is gw9k3x72.", "gw9k3x72" },
	{ "S/N : 00417733-22", "00417733-22" },
	{ "Serial: GW9K3X72", "GW9K3X72" },
	{ "serial_number=GW9K3X72", "GW9K3X72" },
	{ "nvme nvme0: serial-no GW9K3X72", "GW9K3X72" },
	{ "asset_tag=PROP-2024-00871", "PROP-2024-00871" },
	{ "Asset Tag: PROPQXZ", "PROPQXZ" },
	{ "asset no: 2024-00871", "2024-00871" },
	{ "序列号：GW9K3X72，正常", "GW9K3X72" },
	{ "序列号GW9K3X72", "GW9K3X72" },
	{ "序列号为 GW9K3X72。", "GW9K3X72" },
	{ "主板序列号：产线甲七号；正常", "产线甲七号" },
	{ "资产编号 PROP-00871", "PROP-00871" },
	{ "资产编号：甲字第七千号，正常", "甲字第七千号" },
	{ "授权码：QWERTYUIOP", "QWERTYUIOP" },
	{ "联系电话：13911112222", "13911112222" },
	{ "用户名：张伟国，登录", "张伟国" },
	{ "责任人=欧阳志远", "欧阳志远" },
	{ "主机名：装配线七号机", "装配线七号机" },
	{ "张伟国@assembly-bench7 登录", "张伟国" },
	{ "用户：张伟国@assembly-bench7", "assembly-bench7" },
	{ "LU WWN Device Id: 5 0014ee 2b1a2c3d4", "2b1a2c3d4" },
	{ "LU WWN Device Id: 5 0014ee 201122334", "0014ee" },
	{ "NAA 5 0014EE 2B1A2C3D4 is gone", "2B1A2C3D4" },
	{ "switch port 0:1: 001b.21c4.5d7f", "c4.5d7f" },
	{ "neighbour 0012.3456.7891 is down", "6.7891" },
	{ "eth0: MAC 001b21c45d7f", "c45d7f" },
	{ "eth0: 001B21C45D7F up", "C45D7F" },
	{ "eth0: mac address 001122334466", "334466" },
	{ "bluez: dev_A0_51_0B_77_42_C3", "77_42_C3" },
	{ "nfs: server ::ffff:10.1.2.3 not responding", "10.1.2.3" },
	{ "tcp: ::ffff:a01:203 gone", "a01:203" },
	{ "tcp: fd77::17 gone", "fd77::17" },
	{ "server:10.1.2.3 is gone", "10.1.2.3" },
	{ "range 10.77.14.11-10.77.14.99 leased", "10.77.14.11" },
	{ "range 10.77.14.11-10.77.14.99 leased", "10.77.14.99" },
	{ "sshd: zhangwei@10.1.2.3 logged in", "zhangwei" },
	{ "sshd: zhangwei@assembly-bench7: ok", "assembly-bench7" },
	{ "mail to zhang.wei@factory.example.", "factory.example" },
	{ "Linux version 5.10.0 (zhangwei@assembly-bench7) (gcc)", "assembly-bench7" },
	{ "wpa_supplicant: psk=hunter", "hunter" },
	{ "wlan0: psk=\"hunter twenty\"", "hunter" },
	{ "login password: hunter", "hunter" },
	{ "scsi: iqn.2001-04.com.example-plant:line4.disk2", "example-plant" },
	{ "scsi: iqn.2001-04.com.example-plant:line4.disk2", "line4" },
	{ "nvme: nqn.2019-10.com.example-plant:disk2", "example-plant" },
	{ "activation: QWERT-YUIOP-ASDFG-HJKLZ-XCVBN", "ASDFG" },
	{ "activation: 31415-92653-58979-32384-62643", "58979" },
	{ "licence key: QWERTYUIOPASDF", "QWERTYUIOPASDF" },
	{ "license key QWERTYUIOPASDF", "QWERTYUIOPASDF" },
	{ "udev: ID_SERIAL_SHORT=WX31A770552", "WX31A770552" },
	{ "{\"serial\":\"WX31A770552\",\"ok\":1}", "WX31A770552" },
	{ "link wwn-0x5002538e40a1b2c3 -> sda", "40a1b2c3" },
	{ "编号：甲0077", "0077" },
	{ "device dev-disk-by\\x2duuid-ac986561\\x2d2588\\x2d4a99\\x2d919f\\x2de4e28a2485f7.device",
	  "e4e28a2485f7" },
	{ "device dev-disk-by\\x5cx2duuid-ac986561\\x5cx2d2588\\x5cx2d4a99\\x5cx2d919f\\x5cx2de4e28a2485f7",
	  "ac986561" },
	{ "serial=WD-WX31A770552 is ata\\x2dWD\\x2dWX31A770552", "WX31A770552" },
	{ "scratch folder /home/zhangwei/burn is full", "zhangwei" },
	{ "mounted at /run/media/zhangwei/STICK", "zhangwei" },
	{ "cannot open '/home/张伟国'", "张伟国" },
	{ "nfs: server nas-linwu.lab.cn not responding, still trying", "nas-linwu" },
	{ "CIFS: VFS: \\\\filer-heliu has not responded in 180 seconds", "filer-heliu" },
	{ "CIFS: Attempting to mount //fs-guoqi/share", "fs-guoqi" },
	{ "audit: msg='op=PAM acct=\"domuser7\" exe=\"/usr/bin/login\"'", "domuser7" },
	{ "systemd[1]: Set hostname to <transient-pc9>.", "transient-pc9" },
	{ "主机名称：装配线七号机", "装配线七号机" },
	{ "owner: 张伟国", "张伟国" },
	{ "login: zhangwei", "zhangwei" },
	{ "uid=1000(zhangwei) gid=1000(zhangwei)", "zhangwei" },
	{ "整机编码 ZJ20231199 出厂", "ZJ20231199" },
	{ "资产标签号 ZCBQ7712", "ZCBQ7712" },
	{ "资产编码：ZCM8877669", "ZCM8877669" },
	{ "设备SN码：SNM8877665", "SNM8877665" },
	{ "S/N码 SNM8877667", "SNM8877667" },
	{ "serial number: zzyyxxww", "zzyyxxww" },
	{ "licence: XK9J-22LL-P0QW-77AB-C0DE activated", "XK9J-22LL" },
	{ "Kernel command line: ro owner=hunter quiet", "hunter" },
	{ "Unknown kernel command line parameters \"ro owner=hunter\", will be passed", "hunter" },
};

static const struct planted told[] = {
	{ "systemd-logind[812]: User zhangwei logged in", "zhangwei" },
	{ "systemd-logind[812]: New session 3 of user zhangwei.", "zhangwei" },
	{ "systemd[1]: Started Session 3 of User zhangwei.", "zhangwei" },
	{ "sshd[99]: Invalid user zhangwei from 10.1.2.3 port 22", "zhangwei" },
	{ "sshd[99]: pam_unix(sshd:auth): authentication failure; ruser= rhost=assembly-bench7 user=zhangwei",
	  "zhangwei" },
	{ "sshd[99]: Disconnected from user zhangwei 10.1.2.3 port 22", "zhangwei" },
	{ "sshd[99]: Connection closed by authenticating user zhangwei 10.1.2.3 port 22 [preauth]",
	  "zhangwei" },
	{ "sudo: zhangwei : TTY=pts/0 ; PWD=/home/zhangwei ; USER=root ; COMMAND=/bin/ls",
	  "zhangwei" },
	{ "sudo: zhangwei : TTY=pts/0 ; PWD=/data ; USER=root ; COMMAND=/bin/ls", "zhangwei" },
	{ "su[77]: (to root) zhangwei on pts/0", "zhangwei" },
	{ "su: FAILED SU (to root) zhangwei on pts/1", "zhangwei" },
	{ "CROND[55]: (zhangwei) CMD (/usr/bin/backup)", "zhangwei" },
	{ "login[55]: LOGIN ON tty1 BY zhangwei", "zhangwei" },
	{ "login: ROOT LOGIN ON tty1 FROM assembly-bench7", "assembly-bench7" },
	{ "wpa_supplicant[7]: wlan0: Trying to associate with 00:1b:21:c4:5d:7f (SSID='HUAWEI-Zhang-5G')",
	  "HUAWEI-Zhang-5G" },
	{ "NetworkManager[7]: <info> Connection 'zhangjia-home' requires no security. No secrets needed.",
	  "zhangjia-home" },
	{ "NetworkManager[7]: <info> Activation: starting connection 'zhangjia-home'",
	  "zhangjia-home" },
	{ "NetworkManager: Config: added 'ssid' value 'zhangjia-home'", "zhangjia-home" },
	{ "dhcp4 (eth0): option host_name => 'assembly-bench7'", "assembly-bench7" },
	{ "dhcp4 (eth0): option domain_name => 'plant.gongchang.cn'", "gongchang" },
	{ "dhcp4 (eth0):   hostname 'assembly-bench7'", "assembly-bench7" },
	{ "dnsmasq-dhcp[5]: DHCPACK(br0) 10.1.2.3 00:1b:21:c4:5d:7f assembly-bench7",
	  "assembly-bench7" },
	{ "systemd-hostnamed: Changed host name to 'assembly-bench7'", "assembly-bench7" },
	{ "systemd-hostnamed: Changed static host name to 'assembly-bench7'", "assembly-bench7" },
	{ "systemd-resolved[7]: System hostname changed to 'assembly-bench7'.", "assembly-bench7" },
	{ "systemd-resolved: Using system hostname 'assembly-bench7'.", "assembly-bench7" },
	{ "avahi-daemon[5]: Host name conflict, retrying with assembly-bench7-2",
	  "assembly-bench7" },
	{ "input: 张伟的iPhone as /devices/virtual/input/input20", "张伟" },
	{ "input: zhangwei's iPhone as /devices/virtual/input/input20", "zhangwei" },
	{ "input: iPhone (zhangwei) as /devices/virtual/input/input20", "zhangwei" },
	{ "usb 1-2: Product: zhangwei's iPhone", "zhangwei" },
	{ "bluetoothd[5]: zhangwei's AirPods: connected", "zhangwei" },
	{ "工号：A0077", "A0077" },
	{ "工号: 00871", "00871" },
	{ "员工号：00871 登录", "00871" },
	{ "操作员：张伟国", "张伟国" },
	{ "操作工：张伟国", "张伟国" },
	{ "检验员: 张伟国", "张伟国" },
	{ "微信：zhangwei_1988", "zhangwei_1988" },
	{ "微信号 wxid_8a7b6c5d4e", "wxid_8a7b6c5d4e" },
	{ "wechat: zhangwei_1988", "zhangwei_1988" },
	{ "QQ：1234509876", "1234509876" },
	{ "QQ号 1234509876", "1234509876" },
	{ "邮箱：zhangwei", "zhangwei" },
	{ "钉钉：zhangwei88", "zhangwei88" },
	{ "BTRFS: device label ZHANGDATA devid 1 transid 30 /dev/sda2 scanned by (udev-worker) (301)",
	  "ZHANGDATA" },
	{ "BTRFS info (device dm-1): label ZHANGDATA", "ZHANGDATA" },
	{ "systemd[1]: Found device /dev/mapper/vg_zhang-root.", "vg_zhang" },
	{ "systemd[1]: Mounted /dev/disk/by-label/ZHANGDATA.", "ZHANGDATA" },
	{ "systemd[1]: Found device dev-disk-by\\x2dlabel-ZHANGDATA.device.", "ZHANGDATA" },
	{ "systemd-fsck[301]: ZHANGDATA: clean, 12/34 files, 5/6 blocks", "ZHANGDATA" },
	{ "systemd[1]: Mounting /media/ZHANGDATA...", "ZHANGDATA" },
	{ "F2FS-fs (sda2): Mounted with label ZHANGDATA", "ZHANGDATA" },
	{ "dracut: Scanning devices sda3 for LVM logical volumes vg_zhang/root vg_zhang/swap",
	  "vg_zhang" },
	{ "dracut:   inactive '/dev/vg_zhang/root' [50.00 GiB] inherit", "vg_zhang" },
	{ "lvm[301]:   2 logical volume(s) in volume group \"vg_zhang\" now active", "vg_zhang" },
	{ "NFS: mount server fs-guoqi:/export reported", "fs-guoqi" },
	{ "RPC: server fs-guoqi requires stronger authentication.", "fs-guoqi" },
	{ "lockd: server fs-guoqi not responding, still trying", "fs-guoqi" },
	{ "hid-generic 0003:046D:C31C.0001: USB HID v1.10 Keyboard [张伟的 Keyboard] on usb-0000:00:14.0-4/input0",
	  "张伟" },
	{ "scsi 0:0:0:0: Direct-Access ATA WDC WD10EZEX 0A80 serial WD-WCC6Y7777777",
	  "WCC6Y7777777" },
	{ "udev: /dev/disk/by-id/nvme-ZHITAI_TiPlus7100_1TB_ZTA21T0KA2234567", "ZTA21T0KA2234567" },
	{ "systemd[1]: Found device dev-disk-by\\x2did-nvme\\x2dZHITAI_ZTA21T0KA2234567.device",
	  "ZTA21T0KA2234567" },
	{ "/dev/disk/by-partlabel/zhangwei", "zhangwei" },
	{ "序列号:（GW9K3X72）", "GW9K3X72" },
	{ "设备序列号【GW9K3X72】", "GW9K3X72" },
	{ "序列号《GW9K3X72》", "GW9K3X72" },
	{ "S/N：【GW9K3X72】", "GW9K3X72" },
	{ "\"serial\": \"GW9K3X72\"", "GW9K3X72" },
	{ "'serial' : 'GW9K3X72'", "GW9K3X72" },
	{ "<serial>GW9K3X72</serial>", "GW9K3X72" },
	{ "serial -> GW9K3X72", "GW9K3X72" },
	{ "serial => GW9K3X72", "GW9K3X72" },
	{ "serial|GW9K3X72", "GW9K3X72" },
	{ "SN|GW9K3X72", "GW9K3X72" },
	{ "姓名 张伟国", "张伟国" },
	{ "制造商工单 ZX20230077", "ZX20230077" },
	{ "工单号：ZX20230077", "ZX20230077" },
	{ "合同号：HT-2023-0077", "HT-2023-0077" },
	{ "订单号：HT-2023-0077", "HT-2023-0077" },
	{ "车牌：京A12345", "A12345" },
	{ "ID card 110101198801011234", "110101198801011234" },
	{ "身份证号码：110101198801011234", "110101198801011234" },
	{ "手机号码 13911112222", "13911112222" },
	{ "单位：某某机械厂", "某某机械厂" },
	{ "部门：财务三科", "财务三科" },
	{ "地址：北京市海淀区某某路七号", "海淀" },
	{ "usb 1-2: SerialNumber: AB 12 CD 34 XY", "CD 34 XY" },
	{ "udev: /dev/disk/by-id/ata-WDC_WD10EZEX-08WN4A0_WD-WCC6Y7777777", "WCC6Y7777777" },
	{ "Stage 2 of 5 successful. Connected to wireless network \"ZHANG5G\"", "ZHANG5G" },
	{ "hostname: hostname changed from (none) to \"bench-guoqi\"", "guoqi" },
	{ "systemd-hostnamed: Changed static hostname to 'bench-guoqi'", "guoqi" },
	{ "sshd[9]: User zhangwei from 10.1.2.3 not allowed because not listed in AllowUsers", "zhangwei" },
	{ "sshd[9]: reverse mapping checking getaddrinfo for bench-guoqi.lab [10.1.2.3] failed", "guoqi" },
	{ "systemd[1]: Created slice User Slice of zhangwei.", "zhangwei" },
	{ "su: pam_unix(su-l:session): session opened for user root(uid=0) by zhangwei(uid=1000)",
	  "zhangwei" },
	{ "polkitd: successfully authenticated as unix-user:zhangwei to gain", "zhangwei" },
	{ "lightdm: Seat seat0: greeter requests session for zhangwei", "zhangwei" },
	{ "crond[22]: (zhangwei) RELOAD (crontabs)", "zhangwei" },
	{ "groupadd: group added to /etc/group: name=zhangwei, GID=1001", "zhangwei" },
	{ "usermod[1]: add 'zhangwei' to group 'docker'", "zhangwei" },
	{ "realmd: joined domain GUOQI.LAN", "GUOQI" },
	{ "input: 王小明 的 AirPods Pro (AVRCP) as /devices/virtual/input/input21", "王小明" },
	{ "bluez card: name = \"张伟国的小米耳机\"", "张伟国" },
	{ "EXT4-fs (sda2): volume name ZHANGDATA mounted", "ZHANGDATA" },
	{ "FAT-fs (sdb1): Volume label: ZHANGDATA", "ZHANGDATA" },
	{ "systemd-fsck[301]: ZHANGDATA: recovering journal", "ZHANGDATA" },
	{ "e2fsck: ZHANGDATA: 11/655360 files (0.0% non-contiguous), 66753/2621440 blocks", "ZHANGDATA" },
	{ "/dev/sdb1: LABEL=\"ZHANGDATA\" TYPE=\"ext4\"", "ZHANGDATA" },
	{ "systemd[1]: Mounting /run/media/user/ZHANGDATA...", "ZHANGDATA" },
	{ "systemd[1]: run-media-zhangwei-STICK.mount: Deactivated", "zhangwei" },
	{ "systemd[1]: run-media-user-ZHANGDATA.mount: Deactivated", "ZHANGDATA" },
	{ "systemd[1]: home-zhangwei.mount: Deactivated", "zhangwei" },
	{ "systemd[1]: dev-mapper-vg_zhang\\x2droot.device: Job", "vg_zhang" },
	{ "systemd[1]: dev-mapper-klas\\x2dzhangdata.swap", "zhangdata" },
	{ "lvm[300]:   PV /dev/sda3 online, VG vg_zhang is complete.", "vg_zhang" },
	{ "lvm[300]:   VG vg_zhang run autoactivation.", "vg_zhang" },
	{ "lvm[300]:   VG vg_zhang finished", "vg_zhang" },
	{ "systemd[1]: lvm-activate-vg_zhang.service: Deactivated successfully.", "vg_zhang" },
	{ "lvm: Found volume group \"vg_zhang\" using metadata type lvm2", "vg_zhang" },
	{ "lvm: Logical volume vg_zhang/home is active", "vg_zhang" },
	{ "mdadm: /dev/md/bench-guoqi:0 has been started with 2 drives.", "guoqi" },
	{ "systemd[1]: Started Cryptography Setup for zhangcrypt.", "zhangcrypt" },
	{ "NFS: state manager: lease expired failed on NFSv4 server fs-guoqi with error 5", "guoqi" },
	{ "CIFS: Attempting to mount //server/caiwuke", "caiwuke" },
	{ "联系微信zhangwei_1988", "zhangwei_1988" },
	{ "联系人 张三丰", "张三丰" },
	{ "姓名张三丰", "张三丰" },
	{ "Email: zhang.wei", "zhang" },
	{ "Tel 010-62345678", "62345678" },
	{ "拨打 400-811-1234", "811-1234" },
	{ "售后 139-1234-5678", "1234-5678" },
	{ "    BOOT_IMAGE=/vmlinuz-zhangwei", "zhangwei" },
	{ "grub: initrd=/initrd-zhangwei.img", "zhangwei" },
};

/* Keys, makers that are persons, printers, containers, domains, certificates: shapes of one program each. */
static const struct planted of_programs[] = {
	{ "sshd[8]: Accepted publickey for root from 10.1.2.3 port 22 ssh2: RSA "
	  "SHA256:3kq0Zr5bIwq1Xh7yTfL0nq9pQG2m4WvJ8sKcE1aVb0o",
	  "Xh7yTfL0" },
	{ "sshd[8]: host key SHA256:3kq0Zr5bIwq1Xh7yTfL0nq9pQG2m4WvJ8sKcE1aVb0o (ED25519)",
	  "pQG2m4WvJ8s" },
	{ "sshd[8]: host key SHA1:qvTGHdzF6KLavt4PO0gs2a6pQ00=", "avt4PO0gs2a6" },
	{ "cloud-init: ssh-ed25519 "
	  "AAAAC3NzaC1lZDI1NTE5AAAAIJ1q2Z8x3w4e5r6t7y8u9i0o1p2a3s4d5f6g7h8j9k0l root",
	  "r6t7y8u9i0o1" },
	{ "usb 1-2: Manufacturer: Zhang Wei", "Zhang Wei" },
	{ "usb 3-1.4: Manufacturer: 某某机械厂", "某某机械厂" },
	{ "usb 1-2: Manufacturer: Guoqi Machinery Co., Ltd.", "Guoqi" },
	{ "usb 1-2: Manufacturer: GQ0077421", "GQ0077421" },
	{ "usb 1-2: Product: Zhangwei's USB Stick", "Zhangwei" },
	{ "cupsd[7]: Printer caiwu-hp-3f is now stopped", "caiwu-hp-3f" },
	{ "cupsd[7]: [Job 12] lpd://10.1.2.3/printers/caiwu-hp", "caiwu-hp" },
	{ "lpd: Printer \"财务室打印机\" offline", "财务室打印机" },
	{ "打印机：财务三科彩印，缺纸", "财务三科彩印" },
	{ "input: 张伟国的打印机", "张伟国" },
	{ "dockerd[7]: container finance-db health status unhealthy", "finance-db" },
	{ "podman: Created container zhang-mysql", "zhang-mysql" },
	{ "podman[7]: container create 1f2e (image=nginx:latest, name=zhang-web, health_status=)",
	  "zhang-web" },
	{ "systemd[1]: Started docker-zhangdb.scope", "zhangdb" },
	{ "systemd[1]: Started machine-qemu\\x2d1\\x2dzhangvm.scope", "zhangvm" },
	{ "systemd[1]: Started lxc@zhangbox.service", "zhangbox" },
	{ "winbindd[7]: ACMEPLANT\\zhangwei logged in", "ACMEPLANT" },
	{ "winbindd[7]: user CAIWU-GUOQI\\zhangwei authenticated", "CAIWU-GUOQI" },
	{ "winbindd[7]: user CAIWU-GUOQI\\zhangwei authenticated", "zhangwei" },
	{ "pam_winbind: getting password (0x00000388) for guoqi\\zhangwei", "guoqi" },
	{ "audit: acl of ACMEPLANT\\张伟国 changed", "张伟国" },
	{ "bluetoothd: Zhang San's Buds connected", "Zhang San" },
	{ "bluetoothd: zhangsan's earphone connected", "zhangsan" },
	{ "bluetoothd: Buds of Zhangwei connected", "Zhangwei" },
	{ "input: Buds of Zhang Weiguo (AVRCP) as /devices/virtual/input/input20", "Weiguo" },
	{ "input: 张伟国的耳机", "张伟国" },
	{ "bluetooth hci0: name \"Zhangwei-MX\"", "Zhangwei" },
	{ "ntfs3: sdb1: volume label is ZHANGDATA", "ZHANGDATA" },
	{ "ntfs: volume label is \"ZHANG DATA\"", "ZHANG DATA" },
	{ "ntfs: (device sdb1): volume name is ZHANGDATA, version 3.1", "ZHANGDATA" },
	{ "exfat: volume label ZHANGDATA", "ZHANGDATA" },
	{ "卷标：ZHANGDATA", "ZHANGDATA" },
	{ "{\"level\":\"info\",\"host\":\"产线七号机\",\"n\":1}", "产线七号机" },
	{ "{\"user\": \"zhangwei\", \"msg\": \"login\"}", "zhangwei" },
	{ "eth0: HWaddr 001B-21C4-5D7F", "C4-5D7F" },
	{ "eth0: perm addr 00 1b 21 c4 5d 7f", "c4 5d 7f" },
	{ "dwmac: MAC: 00.1b.21.c4.5d.7f", "c4.5d.7f" },
	{ "dwmac: mac=0x00,0x1b,0x21,0xc4,0x5d,0x7f", "0xc4,0x5d" },
	{ "nvme nvme0: eui64=0025385a91b0c3d2", "5a91b0c3d2" },
	{ "nvme0n1: eui-0025385a91b0c3d2", "5a91b0c3d2" },
	{ "mpt3sas_cm0: handle(0x000a), sas_address(0x5000c500a1b2c3d9), phy(0)", "a1b2c3d9" },
	{ "mpt3sas_cm0: enclosure logical id(0x500605b00a1b2c3d), slot(3)", "0a1b2c3d" },
	{ "sd 0:0:0:0: 0x5000c500a1b2c3d9 is gone", "a1b2c3d9" },
	{ "nvme nvme0: SUBNQN nqn.2014.08.org.nvmexpress:1e4b1e4bZTA21T0KA2234567",
	  "ZTA21T0KA2234567" },
	{ "drm: [HDMI-A-1] EDID serial string \"HKCL2305771\"", "HKCL2305771" },
	{ "[drm] display serial text: H4ZN500771", "H4ZN500771" },
	{ "battery: BAT0 serial 07713", "07713" },
	{ "firmware: OEM strings: GQ-2023-PRJ-117", "PRJ-117" },
	{ "dmidecode: String 1: 某某厂二期", "某某厂二期" },
	{ "VFS: Mounted root (nfs filesystem), server nas-linwu path /export/zhangwei",
	  "nas-linwu" },
	{ "VFS: Mounted root (nfs filesystem), server nas-linwu path /export/zhangwei",
	  "zhangwei" },
	{ "Looking up port of RPC 100003/3 on nas-linwu", "nas-linwu" },
	{ "mount.nfs4: Connection timed out for nas-linwu:/srv/zhangwei", "nas-linwu" },
	{ "mount.nfs4: Connection timed out for nas-linwu:/srv/zhangwei", "zhangwei" },
	{ "wlan0: connected to ssid \"ZHANG 5G\" bssid 00:1b:21:c4:5d:7f", "ZHANG 5G" },
	{ "wlp2s0: ESSID:\"ZHANG-5G\"", "ZHANG-5G" },
	{ "nm: device (wlan0): access point \"ZHANG-5G\" has security", "ZHANG-5G" },
	{ "无线网络：张家的网", "张家的网" },
	{ "cryptsetup: zhangcrypt: set up successfully", "zhangcrypt" },
	{ "cryptsetup: luks-zhangdata opened", "zhangdata" },
	{ "GPT: partition 3 label zhangpart", "zhangpart" },
	{ "nvme0n1p3: name=\"zhangpart\" PARTUUID=ac986561-03", "zhangpart" },
	{ "sda3: PARTLABEL=\"zhang data\"", "zhang data" },
	{ " mmcblk0: p1(zhangpart) p2", "zhangpart" },
	{ "integrity: Loaded X.509 cert 'Guoqi Machinery CA: "
	  "a5752cc5f5a1b2c3d4e5f60718293a4b5c6d7e8f'",
	  "Guoqi" },
	{ "integrity: Loaded X.509 cert 'Guoqi Machinery CA: "
	  "a5752cc5f5a1b2c3d4e5f60718293a4b5c6d7e8f'",
	  "c5f5a1b2c3d4" },
	{ "openssl: subject=C = CN, O = Guoqi Machinery, CN = bench7.guoqi.cn", "Guoqi Machinery" },
	{ "ssl: issuer: /C=CN/O=Guoqi/CN=Guoqi Root CA", "Guoqi Root" },
	{ "stunnel: CERT: Subject checks passed: CN=zhangwei-laptop", "zhangwei" },
	{ "ntpd[7]: peer ntp.guoqi.cn now valid", "guoqi" },
	{ "systemd-timesyncd[7]: Contacted time server 10.9.8.2:123 (bench-seven.guoqi.com.cn).", "bench-seven" },
	{ "curl: GET https://git.guoqi.cn/repo failed", "guoqi" },
	{ "wget: unable to resolve host address 'bench7x.plant.lan'", "bench7x" },
	{ "ipmi: hostname iBMC-2102311TYB", "2102311TYB" },
	{ "igb 0000:05:00.0: PBA No: 106300-000, serial 0x44a191253c0b", "a191253c" },
	{ "md/raid1:md127: active with 2 out of 2 mirrors, name benchguoqi:data", "benchguoqi" },
	{ "LVM: VG vgzhang LV lvzhang", "vgzhang" },
	{ "LVM: VG vgzhang LV lvzhang", "lvzhang" },
	{ "bluetoothd: Connected to 'Pixel of Zhao Liu'", "Zhao Liu" },
	{ "bluetoothd: Connected to Wang-Laptop (A0:51:0B:77:42:C3)", "Wang-Laptop" },
	{ "\t[00] BAD  00 ff ff ff ff ff ff 00 22 63 05 24 99 88 77 66", "99 88 77 66" },
	{ "\t[00] BAD  48 34 5a 4e 35 30 30 37 37 31 0a 20 20 00 00 00", "35 30 30 37 37 31" },
};

static const struct planted in_command_line[] = {
	{ "ro crypt=hunter quiet", "hunter" },
	{ "crypt=sda2:hunter", "hunter" },
	{ "sn=GW9K3X72", "GW9K3X72" },
	{ "sn=gwkxqz", "gwkxqz" },
	{ "serial=GW9K3X72", "GW9K3X72" },
	{ "asset=QZXWV", "QZXWV" },
	{ "tel=13911112222", "13911112222" },
	{ "key=qwertyuiop", "qwertyuiop" },
	{ "mac=001b21c45d7f", "c45d7f" },
	{ "root=/dev/mapper/vg_name-lv ro", "vg_name" },
	{ "root=/dev/vg_name/lv_name ro", "lv_name" },
	{ "resume=/dev/mapper/vg_name-swap", "vg_name" },
	{ "owner=\"Zhang Weiguo\" ro", "Weiguo" },
	{ "\"owner=Zhang Weiguo\" ro", "Weiguo" },
	{ "owner=张伟国 ro", "张伟国" },
	{ "使用人=张伟国", "张伟国" },
	{ "ro gw9k3x72", "gw9k3x72" },
	{ "ro -- hunter", "hunter" },
	{ "console=tty0 module.param=hunter", "hunter" },
	{ "BOOT_IMAGE=/zhangwei/vmlinuz ro", "zhangwei" },
	{ "ip=10.77.14.201::::bench7x:eth0:off", "bench7x" },
	{ "ip=10.77.14.201::::bench7x:hunter:off", "hunter" },
	{ "ip=zhangwei", "zhangwei" },
	{ "systemd.setenv=OWNER=hunter", "hunter" },
	{ "init=/home/zhangwei/init", "zhangwei" },
	{ "loglevel=CHENERR7", "CHENERR7" },
	{ "debug=SECRETDEBUG1", "SECRETDEBUG1" },
	{ "crashkernel=HUNTERCRASH", "HUNTERCRASH" },
	{ "psk=on", "psk=on" },
	{ "BOOT_IMAGE=/vmlinuz-zhangwei root=/dev/sda2 ro", "zhangwei" },
	{ "BOOT_IMAGE=/boot/vmlinuz-5.4.18-zhangwei root=/dev/sda2 ro", "zhangwei" },
	{ "initrd=/initrd-zhangwei.img ro", "zhangwei" },
	{ "initrd=/boot/initramfs-zhangwei ro", "zhangwei" },
	{ "initrd=/boot/initrd/zhangwei ro", "zhangwei" },
	{ "mem=zhangwei ro", "zhangwei" },
	{ "lsm=lockdown-zhangwei", "zhangwei" },
	{ "video=DP-1:zhangwei", "zhangwei" },
	{ "module_blacklist=nouveau,zhangwei", "zhangwei" },
	{ "systemd.unit=zhangwei.target", "zhangwei" },
	{ "systemd.wants=zhangwei.service", "zhangwei" },
	{ "console=zhangwei", "zhangwei" },
	{ "security=zhangwei quiet=zhangwei", "zhangwei" },
	{ "selinux=hunter elevator=hunter", "hunter" },
	{ "mitigations=zhangwei", "zhangwei" },
	{ "rd.break=pre-zhangwei", "zhangwei" },
	{ "acpi_osi=\"Windows zhangwei\"", "zhangwei" },
	{ "LANG=zh_CN.zhangwei", "zhangwei" },
	{ "rootflags=data=zhangwei", "zhangwei" },
	{ "rd.lvm.lv=vg_zhang/root ro", "vg_zhang" },
	{ "rd.luks.name=ac986561-2588-4a99-919f-e4e28a2485f7=zhangwei", "zhangwei" },
	{ "root=/dev/disk/by-label/ZHANG ro", "ZHANG" },
	{ "root=LABEL=ZHANG ro", "ZHANG" },
	{ "resume=UUID=ac986561-2588-4a99-919f-e4e28a2485f7", "e4e28a2485f7" },
	{ "rd.md.uuid=ac986561:25884a99:919fe4e2:8a2485f7", "8a2485f7" },
	{ "vlan=zhang.10:eth0", "zhang" },
	{ "modprobe.blacklist=zhangwei", "zhangwei" },
	{ "i915.edid_firmware=zhangwei.bin", "zhangwei" },
	{ "drm.edid_firmware=edid/zhangwei.bin", "zhangwei" },
	{ "locale=zh_CN hostname=bench-seven", "bench-seven" },
	{ "rd.znet=qeth,zhangwei", "zhangwei" },
	{ "asset=77", "asset=77" },
	{ "pw=1", "pw=1" },
};

/* As it is, in GBK, and both as the kernel's log escapes them. */
enum { AS_IS = 0, GBK = 1, ESCAPED = 2, WAYS = 4 };

/* Rows of the tables hold escapes already. */
static bool is_escaped(const char *at)
{
	return (unsigned char)*at >= 0x7f || (unsigned char)*at < ' ' ||
	       (*at == '\\' && at[1] != 'x');
}

static const char *encoded(struct arena *arena, const char *text, int way)
{
	const char *bytes = way & GBK ? text_encode_gbk(arena, text) : text;
	struct buf out = BUF_INIT;
	const char *copy;

	ck_assert_ptr_nonnull(bytes);
	for (; *bytes; bytes++)
		buf_addf(&out, way & ESCAPED && is_escaped(bytes) ? "\\x%02x" : "%c",
			 (unsigned char)*bytes);
	copy = arena_strdup(arena, out.data);
	buf_release(&out);
	return copy;
}

static char *redacted(struct arena *arena, const char *path, const char *text)
{
	static const uint8_t seed[REDACT_SEED_SIZE] = { 77 };
	struct redact_map *map = redact_map_new(seed, NULL);
	char *copy = arena_strdup(arena, text);

	redact_learn(map, path, copy, strlen(copy));
	redact_apply(map, path, copy, strlen(copy));
	ck_assert_int_eq(redact_finish(map, NULL), 0);
	redact_map_free(map);
	ck_assert_uint_eq(strlen(copy), strlen(text));
	return copy;
}

static void check_row(const char *path, const char *start, const struct planted *row)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	int way;

	for (way = AS_IS; way < WAYS; way++) {
		const char *line = encoded(&arena, row->line, way);
		const char *secret = encoded(&arena, row->secret, way);
		char text[512];

		snprintf(text, sizeof(text), "%s%s\n", start, line);
		ck_assert_msg(strstr(text, secret) != NULL, "%s", row->line);
		ck_assert_msg(!strstr(redacted(&arena, path, text), secret), "way %d: %s became %s",
			      way, row->line, redacted(&arena, path, text));
	}
}

START_TEST(what_a_log_line_says_of_a_unit_or_a_person_is_replaced_in_every_encoding)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(in_log); i++)
		check_row("dev/kmsg", "6,1,0,-;", &in_log[i]);
}
END_TEST

START_TEST(a_name_that_a_program_tells_in_a_sentence_is_replaced)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(told); i++)
		check_row("dev/kmsg", "6,1,0,-;", &told[i]);
}
END_TEST

START_TEST(what_programs_tell_of_keys_owners_networks_and_certificates_is_replaced)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(of_programs); i++)
		check_row("dev/kmsg", "6,1,0,-;", &of_programs[i]);
}
END_TEST

START_TEST(a_value_of_the_command_line_that_is_not_known_to_be_harmless_is_replaced)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(in_command_line); i++) {
		check_row("proc/cmdline", "", &in_command_line[i]);
		check_row("dev/kmsg", "6,1,0,-;Kernel command line: ", &in_command_line[i]);
	}
}
END_TEST

START_TEST(log_lines_of_every_day_stay_as_they_are)
{
	static const char *const line[] = {
		"Linux version 5.10.0-60.18.0.50.oe2203.aarch64 (abuild@localhost) (gcc_old 10.3.1)",
		"Linux version 4.19.90-52.22.v2207.ky10.x86_64 (mockbuild@localhost)",
		"Booting Linux on physical CPU 0x0000080000 [0x481fd010]",
		"CPU: HUAWEI Kunpeng 920 5250, 2600 MHz, 96 cores",
		"smpboot: CPU0: Hygon C86 7285 32-core Processor (family: 0x18, model: 0x1)",
		"CPU0: Loongson-3A6000 (processor id 0x14d000), 2500 MHz",
		"DMI: GreatWall GW-001M1A-FTF/GW-001M1A-FTF, BIOS KL4.26.GW.S.018.201228.R 12/28/20",
		"BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable",
		"pci 0000:01:00.0: [8086:1533] type 00 class 0x020000",
		"pci 0000:01:00.0: reg 0x10: [mem 0xdf000000-0xdf0fffff 64bit]",
		"pcieport 0000:00:1c.0: 8.000 Gb/s available PCIe bandwidth (8.0 GT/s x1 link)",
		"usb 1-4: New USB device found, idVendor=046d, idProduct=c31c, bcdDevice= 1.10",
		"nvme nvme0: 8/0/0 default/read/poll queues",
		"sd 0:0:0:0: [sda] 1000215216 512-byte logical blocks: (512 GB/477 GiB)",
		"sd 0:0:0:0: [sda] 500107862016 bytes",
		"ata1.00: ATA-9: ZTSSD-256G, R0627A0, max UDMA/133",
		"mlx5_core 0000:01:00.0: firmware version: 16.31.1014",
		"hns3 0000:7d:00.0: The firmware version is 1.9.37.1",
		"hibmc-drm 0000:06:00.0: driver version 10.2.3.4, fw 2019.1204.1533",
		"mpt3sas_cm0: LSISAS3108: FWVersion(16.10.12.20), ChipRevision(0x02)",
		"systemd[1]: Started getty@tty1.service - Getty on tty1.",
		"systemd[1]: Created slice user@1000.service, session-1.scope",
		"OF: /soc/serial@28000000: could not get #address-cells",
		"crashkernel reserved: 0x000000002f000000 - 0x000000004f000000 (512 MB)",
		"fb0: 1920x1080@60 on hdmi, video=1920x1080@60Hz",
		"Serial: AMBA PL011 UART driver",
		"Serial: 8250/16550 driver, 4 ports, IRQ sharing enabled",
		"printk: console [ttyAMA0] enabled, serial=ttyAMA0",
		"usbcore: USB Serial support registered for generic",
		"input: Power Button as /devices/LNXSYSTM:00/LNXPWRBN:00/input/input0",
		"Asymmetric key parser 'x509' registered",
		"license: GPL-2.0 and Apache-2.0, see https://www.kernel.org/ and //share",
		"lock owner: kworker/0:1, owner: none, nfs: server 127.0.0.1 OK, uid=0(root)",
		"ima: No TPM chip found, activating TPM-bypass!",
		"mac80211: registered; cfg80211 MAC 802.11n",
		"loop: module license 'GPL v2', out-of-tree module license: GPL",
		"thermal zone0: critical 105000, trip 5 123 456",
		"EDAC MC0: 1 CE on DIMM_A1 (page:0x12ab34 offset:0x7c0)",
		"RIP: 0010:native_safe_halt+0xe/0x20, 001b:ffffffff81a0f5ce",
		"clocksource: arch_sys_counter: mask: 0xffffffffffffff max_cycles: 0x171024e7e0",
		"test[12]: segfault at 5655a56a4f6e ip 565513989a5c sp 7fabe669b9e0 error 4",
		"Copyright 2005-2007 linux@linux.it: is it enabled? give it to com and cn",
		"mounted /media/cdrom at /home, /home/ and /home/user/burn",
		"12:34:56.789 10:11:12 add::bed std::map",
		"nfs: server 127.0.0.1 OK, user logged in",
		"usb 1-2: Product: Keyboard",
		"hub 1-0:1.0: 4 ports detected",
		"input: HUAWEI  Mouse as /devices/pci0000:00/0000:00:14.0/usb1/1-4/input/input5",
		"loop0: detected capacity change from 0 to 8 for user from port 5",
		"EXT4-fs (dm-0): mounted filesystem with ordered data mode. Opts: (null)",
		"dracut: /dev/mapper/klas-root",
		"systemd[1]: Found device /dev/mapper/klas-root.",
		"crw /dev/disk/by-path/pci-0000:01:00.0-nvme-1",
		"random: crng init done; waiting for device /dev/input/event3, /dev/dri/card0",
		"pci 0000:00:01.0: bridge window [mem 0x58000000-0x581fffff] -> [mem 0x60000000-0x601fffff]",
		"memory map: key -> value, 0x1000 -> 0x2000",
		"iommu: Default domain type: Translated (set via kernel command line)",
		"单位：MB，地址：0x1000",
		"管理员权限，操作员已登录",
		"公司: MB",
		"usb 1-1.2: device descriptor read/64, error -71 on port 2 from user",
		"ACPI: PCI Root Bridge [PCI0] (domain 0000 [bus 00-ff])",
		"scsi host0: ahci; serial 0000:00:16.3: enabling device",
		"serial 00:05: ttyS0 at I/O 0x3f8 (irq = 4, base_baud = 115200) is a 16550A",
		"2800000.serial: ttyAMA0 at MMIO 0x2800000 (irq = 8, base_baud = 0) is a PL011 rev3",
		"Btrfs loaded, zoned=yes, fsverity=yes",
		"lockd: cannot monitor; RPC: Registered tcp transport module",
		"cfg80211: Loading compiled-in X.509 certificates for regulatory database",
		"watchdog: kernel's watchdog, the phone",
		"audit: apparmor=\"STATUS\" operation=\"profile_load\" profile=\"unconfined\" name=\"/usr/bin/man\"",
		"(root) CMD (run-parts /etc/cron.hourly)",
		"tee: /dev/tee/priv0 /dev/snd/controlC0",
		"operator: none",
		"drm: connector status -> connected",
		"rcu: \tRCU restricting CPUs from NR_CPUS=4096 to nr_cpu_ids=8.",
		"EFI: SMBIOS 3.0=0xf9ae0000 MEMATTR=0xf8e31018",
		"sn_console: probe at 0x00001000",
		"ata1: SATA max UDMA/133 abar m2048@0x58000000 port 0x58000100 irq 31",
		"hns3 0000:7d:00.0: no mac address for port 3 from firmware",
		"power_supply for battery from embedded controller",
		"QQ group buffer; 批号",
		"customer: OEM",
		"systemd[1]: Starting LVM event activation on device 8:3...",
		"systemd[1]: media-cdrom.mount, dev-mapper-klas\\x2droot.device, tmp.mount, home.mount",
		"lvm: Volume group is not there; volume label is too long; VG not finished",
		"md: array of 2; md127: detected capacity change, /dev/md/0 and /dev/md/127",
		"PCI: Using configuration type 1; [mem 0000-0cf7] 2023-11-12 10:11:12 0010-0020 100-2000-3000",
		"media: Linux media interface: v0.10, home-page, dev-mapper",
		"audit: apparmor=\"ALLOWED\" name=\"/dev/null\" peer_label=\"unconfined\"",
		"BOOT_IMAGE=/boot/vmlinuz-5.4.18-85-generic",
		"the driver's phone mode, device's watch list, of the mouse",
		"session opened by root; the array: done",
		"dm-verity: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 verified",
		"docker0: port 1(veth12ab) entered blocking state",
		"containerd: container runtime started; LXC container support",
		"usb 1-2: Manufacturer: Kingston",
		"usb 1-2: Manufacturer: SINO WEALTH",
		"usb 1-2: Manufacturer: Huawei Technologies Co., Ltd.",
		"usb usb1: Manufacturer: Linux 5.10.0-60.18.0.50.oe2203.aarch64 xhci-hcd",
		"Loaded X.509 cert 'Kylin Secure Boot CA: a5752cc5f5a1b2c3d4e5f60718293a4b5c6d7e8f'",
		"Loaded X.509 cert 'sforshee: 00b28ddf47aef9cea7'",
		"ACPI: \\_SB_.PCI0: _OSC: OS supports [ExtendedConfig ASPM]",
		"shim: \\EFI\\kylin\\shimaa64.efi, EFI\\grubaa64.efi, C:\\WINDOWS",
		"NFS: Registering the id_resolver key type",
		"nfs: /dev/sda1 on /srv, mount path /usr/lib",
		" sda: sda1 sda2 < sda5 >",
		" nvme0n1: p1 p2 p3",
		"usblp0: USB Bidirectional printer dev 4 if 0 alt 0 proto 2",
		"mtdblock: 0x000000000000-0x000000100000 : \"bootloader\"",
		"usb 1-2: Product: USB Stick, Mouse of type 2, joystick",
		"i2c: read from addr 0x50: 00 11 22 33",
		"bluetooth hci0: firmware name rtl8761bu",
		"x5 : 0000000000000500 x4 : 00ff500000000000 sp : ffff8000115bbd10",
		"systemd[1]: session-3.scope, init.scope, podman-restart.service",
		"monitor: display of 1920x1080, serial console",
		"volume label is not there, label: none",
		"user: logged in at tty1",
		"locale: LC_CTYPE=zh_CN, lang\\n, a\\tb",
		"see https://www.kernel.org/doc and bugs.debian.org, rc.local, org.freedesktop.login1, mail to linux-mm",
		"systemd-hostnamed: Hostname Service, hostname lookup",
		"\t[00] BAD  00 ff ff ff ff ff ff 00 22 63 05 24",
		"内存：32 GB，处理器：飞腾 D2000/8，显卡：景嘉微 JM7201",
	};
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	char text[512];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(line); i++) {
		snprintf(text, sizeof(text), "6,1,0,-;%s\n", line[i]);
		ck_assert_str_eq(redacted(&arena, "dev/kmsg", text), text);
	}
}
END_TEST

START_TEST(command_lines_of_every_day_stay_as_they_are)
{
	static const char *const line[] = {
		"BOOT_IMAGE=/vmlinuz-4.19.90-52.22.v2207.ky10.aarch64 root=/dev/mapper/klas-root ro "
		"rd.lvm.lv=klas/root rd.lvm.lv=klas/swap rhgb quiet crashkernel=1024M,high "
		"video=efifb:off video=VGA-1:640x480-32@60me console=tty0 smmu.bypassdev=0x1000:0x17 "
		"cgroup_disable=files apparmor=0 security=",
		"BOOT_IMAGE=(hd0,gpt2)/boot/vmlinuz-5.4.18-85-generic root=/dev/nvme0n1p3 ro splash "
		"quiet loglevel=0 console=ttyS0,115200n8 net.ifnames=0 biosdevname=0 audit=0",
		"initrd=\\initrd.img root=/dev/sda2 rw mitigations=off isolcpus=2-7,9 nohz_full=2-7 "
		"hugepagesz=1G hugepages=16 iommu=pt intel_iommu=on nvme_core.io_timeout=30 "
		"systemd.unit=multi-user.target LANG=zh_CN.UTF-8 amdgpu.dc=0 pci=noaer",
		"ip=dhcp panic=10 transparent_hugepage=never default_hugepagesz=2M nosmt "
		"acpi_osi=\"Windows 2015\" vt.handoff=7",
		"BOOT_IMAGE=/vmlinuz-4.19.90-52.22.v2207.ky10.aarch64 "
		"root=/dev/mapper/klas-root ro rd.lvm.lv=klas/root rd.lvm.lv=klas/swap",
		"BOOT_IMAGE=/vmlinuz-5.10.0-216.0.0.115.oe2203sp4.loongarch64 "
		"root=/dev/mapper/openeuler-root ro rd.lvm.lv=openeuler/root "
		"crashkernel=512M",
		"BOOT_IMAGE=/vmlinuz-4.19.0-loongson-3-desktop root=/dev/sda3 splash "
		"quiet resume=/dev/sda5",
		"BOOT_IMAGE=/vmlinuz-5.10.134-16.2.an8.x86_64 ro "
		"earlycon=pl011,mmio32,0x28001000 console=ttyAMA1,115200n8 console=hvc0",
		"BOOT_IMAGE=/boot/vmlinuz-5.15.0-88-generic ro default_hugepagesz=1G "
		"hugepagesz=1G usb-storage.quirks=0bda:9210:u pcie_aspm=off acpi=force",
		"BOOT_IMAGE=/boot/vmlinux-4.19.190-1.lns8.loongarch64 "
		"initrd=/boot/initramfs-4.19.190-1.lns8.loongarch64.img "
		"systemd.unit=graphical.target lsm=lockdown,yama,integrity,apparmor,bpf",
		"BOOT_IMAGE=/vmlinuz-6.6.0-server-amd64-desktop rootfstype=ext4 "
		"rootflags=subvol=@ LANG=zh_CN.UTF-8 vt.handoff=7 reserve_kbox_mem=16M "
		"mitigations=auto,nosmt spectre_v2=retpoline,generic "
		"elevator=mq-deadline security=kysec audit=0 efi=runtime efi=noruntime "
		"acpi_backlight=vendor intel_iommu=on,sm_on",
		"BOOT_IMAGE=/vmlinuz-5.4.18 ro net.ifnames=0 "
		"pci=noaer,nommconf,realloc=on,hpmemsize=1G iommu.passthrough=1 "
		"kgdboc=ttyS0,115200 drm.debug=0x1f fbcon=map:0 "
		"video=HDMI-A-1:1920x1080@60D systemd.mask=lvm2-monitor.service",
		"mitigations=auto,no_guest_host,no_user_kernel tsc=reliable evm=fix "
		"lockdown=confidentiality kvm-intel.vmentry_l1d_flush=never ignore_loglevel "
		"vfio-pci.ids=1db7:dc21 slub_debug=FZPU console=ttyUL0 "
		"drm.edid_firmware=HDMI-A-1:edid/1920x1080.bin",
	};
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	char text[1024];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(line); i++) {
		ck_assert_str_eq(redacted(&arena, "proc/cmdline", line[i]), line[i]);
		snprintf(text, sizeof(text), "6,1,0,-;Kernel command line: %s\n", line[i]);
		ck_assert_str_eq(redacted(&arena, "dev/kmsg", text), text);
	}
}
END_TEST

/* The value and what it stood behind are told together again: programs get them as they are. */
START_TEST(a_parameter_is_found_again_wherever_the_log_tells_it)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const char *text = redacted(&arena, "dev/kmsg",
				    "6,1,0,-;Kernel command line: ro crypt=hunter quiet\n"
				    "6,2,0,-;Run /init as init process\n6,3,0,-;    crypt=hunter\n");

	ck_assert_ptr_null(strstr(text, "hunter"));
	ck_assert_ptr_nonnull(strstr(text, "Run /init as init process"));
}
END_TEST

/* One address, one name of a disk: each has one substitute, however it is written. */
START_TEST(one_number_has_one_substitute_in_all_its_forms)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const char *text = redacted(&arena, "dev/kmsg",
				    "6,1,0,-;00:1b:21:c4:5d:7f 001b.21c4.5d7f 001b21c45d7f\n"
				    "6,2,0,-;naa.50014ee2b1a2c3d4 5 0014ee 2b1a2c3d4\n");
	const char *colons = strchr(text, ';') + 1, *naa = strstr(text, "naa.") + 4;
	char expected[64];

	snprintf(expected, sizeof(expected), "%.2s%.2s.%.2s%.2s.%.2s%.2s %.2s%.2s%.2s%.2s%.2s%.2s\n",
		 colons, colons + 3, colons + 6, colons + 9, colons + 12, colons + 15, colons,
		 colons + 3, colons + 6, colons + 9, colons + 12, colons + 15);
	ck_assert_msg(strstr(text, expected) != NULL, "%s lacks %s", text, expected);
	snprintf(expected, sizeof(expected), " %.1s %.6s %.9s\n", naa, naa + 1, naa + 7);
	ck_assert_msg(strstr(text, expected) != NULL, "%s lacks %s", text, expected);
}
END_TEST

/* Nothing but a Chinese sign, or an escape, between a word and a secret. */
static const char *const bare[] = {
	"assembly-bench7", "zhangwei", "张伟国", "00-1B-21-C4-5D-AB", "00:1b:21:c4:5d:b2",
	"10.66.77.88", "2001:db8:77::c9", "001B21C45DAC", "4f5ac2d1-11e8-b14c-a310-7d2f9c64e0aa",
	"VK7JG-NPHTM-C97JM-9MPGT-3V66Z", "7d2f9c64e0aa4f5ac2d111e8b14ca310", "001b.21c4.5d7e",
	"5000c500a1b2c3d9",
};

static void check_between(const char *before, const char *secret, const char *behind)
{
	static const uint8_t seed[REDACT_SEED_SIZE] = { 77 };
	static const char host[] = "assembly-bench7\n";
	static const char user[] = "zhangwei:x:1000:1000:张伟国,,,:/home/zhangwei:/bin/bash\n";
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const char *kind = isdigit((unsigned char)secret[0]) && strlen(secret) == 16 ? "naa." : "";
	int way;

	for (way = AS_IS; way < WAYS; way++) {
		struct redact_map *map = redact_map_new(seed, NULL);
		const char *start = encoded(&arena, before, way);
		const char *text = encoded(&arena, secret, way);
		const char *end = encoded(&arena, behind, way);
		size_t size;
		char line[256];

		size = (size_t)snprintf(line, sizeof(line), "6,1,0,-;%s%s%s%s\n", start, kind, text,
					end);
		redact_learn(map, "etc/hostname", host, strlen(host));
		redact_learn(map, "etc/passwd", user, strlen(user));
		redact_learn(map, "dev/kmsg", line, size);
		redact_apply(map, "dev/kmsg", line, size);
		redact_map_free(map);
		ck_assert_msg(!strstr(line, text), "way %d: %s stays", way, line);
		ck_assert_msg(strstr(line, start) && strstr(line, end), "way %d: %s lost %s or %s",
			      way, line, start, end);
	}
}

/* The second byte of "镕" in GBK is a letter, that of "琝" a backslash. */
START_TEST(a_secret_is_found_directly_behind_and_before_chinese_signs_and_escapes)
{
	static const char *const around[] = { "主机", "：", "镕", "琝", "\t", "\x1b", "。" };
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(bare); i++) {
		for (k = 0; k < ARRAY_SIZE(around); k++) {
			check_between(around[k], bare[i], " x");
			check_between("x ", bare[i], around[k]);
			check_between(around[k], bare[i], around[k]);
		}
	}
}
END_TEST

/* Learned from a file in UTF-8. */
static void check_name(const char *name, const char *line, uint8_t seed)
{
	AUTO(arena_release) struct arena arena = ARENA_INIT;
	const uint8_t bytes[REDACT_SEED_SIZE] = { seed };
	int way;

	for (way = AS_IS; way < WAYS; way++) {
		struct redact_map *map = redact_map_new(bytes, NULL);
		char *text = arena_strdup(&arena, encoded(&arena, line, way));

		redact_learn(map, "etc/hostname", name, strlen(name));
		redact_apply(map, "dev/kmsg", text, strlen(text));
		redact_map_free(map);
		ck_assert_msg(!strstr(text, encoded(&arena, name, way)), "way %d: %s", way, text);
	}
}

START_TEST(a_name_of_any_character_is_found_in_every_encoding)
{
	static const char *const name[] = { "张伟国", "王镕友", "琝琝", "赵六六" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name); i++) {
		char line[64];
		int seed;

		for (seed = 0; seed < 8; seed++) {
			snprintf(line, sizeof(line), "login of %s, no. %d", name[i], seed);
			check_name(name[i], line, (uint8_t)seed);
		}
	}
}
END_TEST

UNIT_MAIN("redact_log", a_secret_is_found_directly_behind_and_before_chinese_signs_and_escapes,
	  a_name_of_any_character_is_found_in_every_encoding,
	  what_a_log_line_says_of_a_unit_or_a_person_is_replaced_in_every_encoding,
	  a_name_that_a_program_tells_in_a_sentence_is_replaced,
	  what_programs_tell_of_keys_owners_networks_and_certificates_is_replaced,
	  a_value_of_the_command_line_that_is_not_known_to_be_harmless_is_replaced,
	  log_lines_of_every_day_stay_as_they_are, command_lines_of_every_day_stay_as_they_are,
	  a_parameter_is_found_again_wherever_the_log_tells_it,
	  one_number_has_one_substitute_in_all_its_forms)
