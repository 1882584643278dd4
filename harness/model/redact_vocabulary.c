/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of which values of kernel parameters, and names of kernels, are made. A value that has another
 * was thought of by somebody.
 */
#include "harness/base/auto.h"
#include "harness/model/redact_parts.h"

#include <ctype.h>
#include <string.h>

enum { SHORTEST = 3 };	/* fewer letters are units, drives, abbreviations */

static bool is_word_of_system(const char *text, size_t size)
{
	/* From the documents of the kernel, systemd, dracut, and names of kernels. */
	static const char *const word[] = {
		"aarch", "abort", "abrtd", "acpi", "acpipwr", "acpivideo", "acs", "adl", "aer",
		"aes", "ahci", "align", "alignment", "alt", "always", "ama", "amba", "amd",
		"aml", "anolis", "apei", "apparmor", "appraise", "arise", "arm", "armhf",
		"assign", "ast", "async", "atapi", "atboot", "atd", "ats", "attack", "attr",
		"auditd", "auto", "autodetect", "avahi", "avecintc", "avx", "bad", "balance",
		"bar", "basic", "bdf", "bert", "bfq", "bgrt", "bin", "bind", "bios", "biosirq",
		"biosmem", "bitmap", "blacklist", "blk", "block", "bluetooth", "bool", "boot",
		"bootmem", "both", "bpf", "bpfilter", "bridge", "broken", "btrfs", "buf", "bus",
		"busses", "bypass", "bypassdev", "cache", "cadence", "cap", "capability", "cat",
		"cbiosize", "cbmemsize", "cdp", "cfq", "cgroup", "check", "chronyd", "cleanup",
		"clear", "clocksource", "cma", "cmdline", "cmt", "code", "coherent", "coldplug",
		"com", "combined", "compat", "con", "cond", "conf", "confidentiality", "config",
		"conservative", "console", "core", "cppc", "cpu", "cpuacct", "cpucfg", "cpuset",
		"cramfs", "crash", "crashkernel", "crb", "crc", "crond", "crs", "ctl", "cubic",
		"cups", "cut", "cypress", "cyr", "daemon", "data", "dax", "dbgp", "ddr",
		"deadline", "deb", "debian", "debug", "deep", "deepin", "default", "defaults",
		"deferred", "delay", "deny", "desktop", "detect", "dev", "devices", "dhcp",
		"dipm", "dir", "direct", "disable", "disabled", "discard", "diskon", "display",
		"dma", "dmar", "domain", "domains", "dracut", "drm", "drop", "dtb", "dual",
		"dump", "dvi", "dwmac", "early", "earlycon", "earlydump", "earlyprintk", "ebpf",
		"ecam", "ecap", "ecc", "ecdsa", "ecrc", "edac", "edd", "edge", "edid", "edp",
		"efi", "efifb", "efivars", "ehci", "einj", "eiointc", "elevator", "emergency",
		"enable", "enabled", "enforce", "enforcing", "eoi", "ering", "erofs", "err",
		"error", "errors", "erst", "eth", "euler", "eurlatgr", "evaluate", "event",
		"evtlim", "exec", "ext", "extern", "extra", "exynos", "fail", "failed", "false",
		"fast", "fastboot", "fault", "fdt", "file", "files", "firewalld", "firmware",
		"fix", "flip", "floppy", "flush", "force", "forced", "fpu", "freeze", "freezer",
		"fstrim", "ftrace", "fua", "full", "fuse", "fwupd", "fzp", "fzpu", "gdm",
		"generic", "getty", "gfx", "ghes", "gpt", "graphical", "graphics", "gre",
		"group", "grub", "gst", "guest", "halt", "haltpoll", "handoff", "hardware",
		"hash", "hdmi", "hest", "hibernate", "hibmc", "high", "highres", "hint",
		"hires", "hlt", "hmac", "horkage", "host", "hotplug", "housekeeping",
		"hpbussize", "hpiosize", "hpmemsize", "hpmmioprefsize", "hpmmiosize", "hrst",
		"hsw", "hugepage", "hugetlb", "hvc", "hwe", "hwp", "hybrid", "hyg", "hygon",
		"ibpb", "ibrs", "ide", "idle", "idletimer", "igfx", "ign", "ignore", "image",
		"img", "immediate", "imx", "info", "initcall", "initial", "initramfs", "initrd",
		"input", "integrity", "intel", "interactive", "interleave", "interrupt",
		"invalid", "ioapic", "ioapicquirk", "ioapicreroute", "iommu", "iort",
		"iptables", "irq", "irqbalance", "irqmask", "irqsave", "isa", "iso", "isolate",
		"jffs", "jfs", "journal", "journald", "kaslr", "kbd", "kbox", "kdump", "kernel",
		"kfence", "kms", "kmsg", "kprobes", "kptr", "kunpeng", "kvm", "kylin", "kysec",
		"ladder", "lan", "landlock", "lapic", "large", "lastbus", "lasx", "lat",
		"latarcyrheb", "latency", "latest", "lazy", "lbt", "leap", "legacy", "lenovo",
		"level", "lib", "lightdm", "limit", "linux", "liointc", "live", "lkrg", "lns",
		"loadpin", "local", "lock", "lockdown", "log", "login", "logind", "long",
		"loongarch", "loongnix", "loongson", "low", "lowlatency", "lpae", "lpm",
		"lpuart", "lru", "lsb", "lsx", "lts", "lvds", "lvm", "lvz", "lzo", "lzorle",
		"madvise", "managed", "manager", "manual", "map", "max", "maxcpus", "mba",
		"mbm", "mca", "mce", "md4", "med", "mediatek", "meltdown", "mem", "memory",
		"menu", "meson", "michael", "migrate", "min", "mini", "minimal", "minix",
		"mips", "mirror", "mitigations", "mmconf", "mmio", "mode", "modes", "modeset",
		"module", "modules", "mokvar", "monitor", "mount", "msgint", "msi", "msm",
		"msr", "multi", "multipathd", "mwait", "mwdma", "native", "ncq", "ncqamd",
		"ncqtrim", "nested", "net", "network", "networkd", "networkmanager", "never",
		"new", "nfs", "nmi", "noacpi", "noaer", "noatime", "noats", "noautodetect",
		"nobar", "nocache", "nodefer", "nodelay", "nodev", "nodiratime", "nofail",
		"nofile", "noforce", "nohz", "nolpm", "nomwait", "noncoherent", "noncq", "none",
		"nonstrict", "noop", "nop", "normal", "norom", "norst", "nosharepkg", "nosmap",
		"nosmt", "nosuid", "note", "notice", "notifier", "notify", "nouveau", "novamap",
		"novram", "noxsave", "ntfs", "ntldr", "ntpd", "null", "numa", "numanodes",
		"nvidia", "nvme", "nws", "occup", "ocv", "off", "offline", "old", "omap",
		"ondemand", "online", "only", "oom", "oops", "openeuler", "output", "overlay",
		"packagekit", "page", "panic", "park", "parse", "partial", "pasid", "passive",
		"passthrough", "pat", "paths", "pause", "pch", "pci", "pcie", "pcm", "pcspkr",
		"pedantic", "per", "percore", "percpu", "perf", "performance", "permissive",
		"pgtbl", "phantom", "phys", "phytium", "pic", "pio", "pirqaddr", "platform",
		"plymouth", "pmem", "pmp", "pnp", "poll", "port", "ports", "posted", "power",
		"poweroff", "powersave", "pre", "preempt", "prefer", "prep", "pressure",
		"previous", "print", "printk", "priority", "probe", "profile", "protect",
		"psci", "pseudo", "psi", "pstate", "pstore", "ptrace", "purge", "quick",
		"quiet", "quirks", "radeon", "ramoops", "range", "rate", "raw", "rbash", "rcu",
		"rdma", "rdt", "read", "realloc", "reboot", "recovery", "redir", "register",
		"reiserfs", "relatime", "release", "reliable", "remap", "remote", "remount",
		"repair", "report", "rescan", "rescue", "reserve", "reservemem", "resolution",
		"resolved", "resource", "restrict", "retpoline", "retry", "ripemd", "rmd",
		"rom", "root", "rootfs", "rootwait", "routeirq", "rsa", "rst", "rsyslog",
		"runtime", "safe", "safesetid", "sata", "sbsa", "scan", "sched", "schedutil",
		"sclp", "sddm", "sdei", "seccomp", "secondary", "secperiodics", "secureboot",
		"security", "select", "self", "selinux", "sensors", "separate", "serial",
		"server", "service", "setup", "severity", "sha", "shell", "shim", "shutdown",
		"sifive", "sig", "signed", "sigterm", "single", "size", "skip", "skl", "sleep",
		"slices", "slub", "smap", "smep", "smh", "smp", "smt", "snd", "soc", "socket",
		"sockets", "soft", "spectre", "speed", "spin", "splash", "spread", "squashfs",
		"srst", "ssb", "sse", "ssh", "sshd", "stable", "stall", "standard", "start",
		"static", "step", "strict", "stub", "subvol", "sun", "suspend", "sva", "swap",
		"swiotlb", "switch", "swnode", "sync", "sysctl", "sysinit", "sysrq", "system",
		"table", "target", "tboot", "tcb", "tcg", "tcp", "tegra", "temp", "teo", "term",
		"terminus", "test", "text", "thermal", "thp", "thread", "tick", "tickless",
		"time", "timeout", "timer", "timers", "timesyncd", "tmpfiles", "tmpfs", "trace",
		"transparent", "trim", "true", "tsc", "tsx", "ttl", "tty", "ttyama", "ttygs",
		"ttyhsl", "ttylp", "ttymxc", "ttyps", "ttys", "ttysc", "ttyths", "ttyul",
		"ttyusb", "tuned", "turbo", "type", "uart", "uas", "ubifs", "ubuntu", "ucon",
		"udev", "udma", "uefi", "uefisecureboot", "uek", "uel", "uelc", "ulog",
		"unbound", "uncached", "uni", "unicode", "uniphier", "unmaskable", "uos",
		"update", "uprobe", "usb", "use", "usepirqmask", "user", "userspace", "utf",
		"vbe", "vectors", "vendor", "venus", "verbose", "version", "vesa", "vesafb",
		"vfat", "vfio", "vga", "vgem", "video", "virtio", "virtual", "vmlinux",
		"vmlinuz", "volatile", "vsyscall", "wait", "warm", "warn", "warning",
		"watchdog", "width", "window", "windows", "wlan", "workqueue", "writeback",
		"writethrough", "xbox", "xen", "xfs", "xhci", "xilinx", "xsave", "xsaves",
		"yama", "yes", "zbud", "zeroafter", "zfcp", "zhaoxin", "zone", "zpci", "zram",
		"zsmalloc", "zstd", "zswap",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(word); i++) {
		if (strlen(word[i]) == size && redact_starts(text, size, word[i]))
			return true;
	}
	return false;
}

/* Letters and figures together; a number in hex has letters that are no word. */
static bool is_hex(const char *text, size_t size)
{
	size_t digits = 0, hex = 0;
	size_t i;

	if (size > 2 && redact_starts(text, size, "0x")) {
		text += 2;
		size -= 2;
		digits = 1;
	}
	for (i = 0; i < size; i++) {
		digits += isdigit((unsigned char)text[i]) != 0;
		hex += isxdigit((unsigned char)text[i]) != 0;
	}
	return digits && hex == size;
}

static bool is_of_system(const char *text, size_t size)
{
	size_t at = 0;

	while (at < size && !is_hex(text, size)) {
		size_t end = at;

		while (end < size && isalpha((unsigned char)text[end]))
			end++;
		if (end - at >= SHORTEST && !is_word_of_system(text + at, end - at) &&
		    !(redact_starts(text + at, end - at, "no") &&
		      is_word_of_system(text + at + 2, end - at - 2)))
			return false;
		at = end > at ? end : at + 1;
	}
	return true;
}

bool redact_is_of_system(const char *text, size_t size)
{
	size_t at = 0;

	while (at < size) {
		size_t end = at;

		while (end < size && isalnum((unsigned char)text[end]))
			end++;
		if ((unsigned char)text[at] >= 0x80 || !is_of_system(text + at, end - at))
			return false;
		at = end > at ? end : at + 1;
	}
	return true;
}
