/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each source on a folder made here, from what the facts say of real machines. */
#include "tests/unit/tree.h"
#include "tests/unit/unit.h"

#include "harness/base/auto.h"
#include "harness/model/plan.h"
#include "harness/sensor/kmsg.h"
#include "harness/sensor/lmsensors_config.h"
#include "harness/sensor/table.h"
#include "harness/sys/clock.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SECOND 1000000000LL

struct bench {
	struct tree tree;
	struct sysroot *root;
	struct sensor_set *set;
	const struct series *series;
	size_t count;
	struct sample sample[SENSOR_CHANNELS_MAX];
};

static struct bench bench;

static void start(void)
{
	memset(&bench, 0, sizeof(bench));
	bench.tree = tree_make();
	tree_folder(&bench.tree, "proc");
	tree_folder(&bench.tree, "sys");
}

static void file(const char *name, const char *text)
{
	tree_file(&bench.tree, name, text);
}

static void read_round(void)
{
	sensor_set_read(bench.set, SECOND, bench.sample);
}

static void open_set(void)
{
	struct err err = ERR_INIT;

	bench.root = sysroot_open(bench.tree.top, &err);
	ck_assert_msg(bench.root != NULL, "%s", err.plain);
	bench.set = sensor_set_open(bench.root, &err);
	bench.series = sensor_set_series(bench.set, &bench.count);
	read_round();
}

static void stop(void)
{
	bench.set = sensor_set_free(bench.set);
	bench.root = sysroot_free(bench.root);
	tree_remove(&bench.tree);
}

static size_t find(const char *metric, const char *component)
{
	size_t i;

	for (i = 0; i < bench.count; i++)
		if (!strcmp(bench.series[i].metric, metric) &&
		    !strcmp(bench.series[i].component, component))
			return i;
	ck_abort_msg("no series %s of %s", metric, component);
	return 0;
}

static void check_good(const char *metric, const char *component, int64_t value)
{
	size_t i = find(metric, component);

	ck_assert_int_eq(bench.sample[i].quality, SAMPLE_GOOD);
	ck_assert_int_eq(bench.sample[i].value, value);
	ck_assert_uint_eq(bench.sample[i].series, i);
}

static void check_quality(const char *metric, const char *component, enum sample_quality quality)
{
	ck_assert_int_eq(bench.sample[find(metric, component)].quality, quality);
}

static const struct telemetry_source *state_of(const char *source)
{
	size_t count, i;
	const struct telemetry_source *state = sensor_set_sources(bench.set, &count);

	for (i = 0; i < count; i++)
		if (!strcmp(state[i].name, source))
			return &state[i];
	ck_abort_msg("no state of %s", source);
	return NULL;
}

START_TEST(a_machine_without_anything_says_what_was_looked_at)
{
	size_t i;

	start();
	open_set();
	ck_assert_uint_eq(bench.count, 0);
	for (i = 0; i < sensor_source_count; i++) {
		const struct telemetry_source *state = state_of(sensor_source_table[i]->name);

		ck_assert_uint_eq(state->channels, 0);
		ck_assert(state->problem || state->looked_at);
	}
	ck_assert_ptr_null(state_of("thermal")->problem);
	ck_assert_str_eq(state_of("cpufreq")->looked_at,
			 "sys/devices/system/cpu/cpufreq/policy*/scaling_cur_freq");
	ck_assert_str_eq(state_of("kmsg")->problem, "'dev/kmsg' is not there");
	stop();
}
END_TEST

START_TEST(hwmon_names_a_chip_by_its_device_and_scales_to_thousandths)
{
	start();
	file("sys/devices/pci0000:00/0000:00:18.3/hwmon/hwmon2/name", "k10temp\n");
	file("sys/devices/pci0000:00/0000:00:18.3/hwmon/hwmon2/temp1_input", "48500\n");
	file("sys/devices/pci0000:00/0000:00:18.3/hwmon/hwmon2/temp1_label", "Tdie\n");
	file("sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/hwmon1/name", "nvme\n");
	file("sys/devices/pci0000:00/0000:01:00.0/nvme/nvme0/hwmon1/temp1_input", "38850\n");
	file("sys/devices/platform/nct6775.656/hwmon/hwmon3/name", "nct6779\n");
	file("sys/devices/platform/nct6775.656/hwmon/hwmon3/fan2_input", "1205\n");
	file("sys/devices/platform/nct6775.656/hwmon/hwmon3/in0_input", "1016\n");
	file("sys/devices/platform/nct6775.656/hwmon/hwmon3/curr1_input", "-250\n");
	file("sys/devices/platform/nct6775.656/hwmon/hwmon3/power1_average", "4060999\n");
	file("sys/devices/platform/nct6775.656/hwmon/hwmon3/pwm1", "128\n");
	file("sys/devices/virtual/hwmon/hwmon0/name", "cpu-hwmon\n");
	file("sys/devices/virtual/hwmon/hwmon0/temp1_input", "40000\n");
	tree_link(&bench.tree, "sys/class/hwmon/hwmon0", "../../devices/virtual/hwmon/hwmon0");
	tree_link(&bench.tree, "sys/class/hwmon/hwmon1",
		  "../../devices/pci0000:00/0000:01:00.0/nvme/nvme0/hwmon1");
	tree_link(&bench.tree, "sys/class/hwmon/hwmon2",
		  "../../devices/pci0000:00/0000:00:18.3/hwmon/hwmon2");
	tree_link(&bench.tree, "sys/class/hwmon/hwmon3",
		  "../../devices/platform/nct6775.656/hwmon/hwmon3");
	open_set();
	ck_assert_uint_eq(bench.count, 7);
	check_good("temperature", "hwmon/cpu-hwmon/temp1", 40000);
	check_good("temperature", "hwmon/nvme/0000:01:00.0/temp1", 38850);
	check_good("temperature", "hwmon/k10temp/0000:00:18.3/temp1", 48500);
	ck_assert_str_eq(
		bench.series[find("temperature", "hwmon/k10temp/0000:00:18.3/temp1")].label,
		"Tdie");
	check_good("fan", "hwmon/nct6779/nct6775.656/fan2", 1205000);
	check_good("voltage", "hwmon/nct6779/nct6775.656/in0", 1016);
	check_good("current", "hwmon/nct6779/nct6775.656/curr1", -250);
	check_good("power", "hwmon/nct6779/nct6775.656/power1", 4060);
	ck_assert_str_eq(state_of("lmsensors")->problem, "libsensors reads the live machine only");
	stop();
}
END_TEST

START_TEST(values_that_cannot_be_are_implausible)
{
	start();
	file("sys/class/hwmon/hwmon0/name", "scpi_sensors\n");
	file("sys/class/hwmon/hwmon0/temp1_input", "0\n");
	file("sys/class/hwmon/hwmon0/temp2_input", "65261800\n");
	file("sys/class/hwmon/hwmon0/temp3_input", "-273150\n");
	file("sys/class/hwmon/hwmon0/temp4_input", "255000\n");
	file("sys/class/hwmon/hwmon0/temp5_input", "-40000\n");
	file("sys/class/hwmon/hwmon0/temp6_input", "125000\n");
	file("sys/class/hwmon/hwmon0/temp6_crit", "65261850\n");
	file("sys/class/hwmon/hwmon0/temp6_max", "-273150\n");
	file("sys/class/hwmon/hwmon0/fan1_input", "0\n");
	open_set();
	check_quality("temperature", "hwmon/scpi_sensors/temp1", SAMPLE_IMPLAUSIBLE);
	check_quality("temperature", "hwmon/scpi_sensors/temp2", SAMPLE_IMPLAUSIBLE);
	check_quality("temperature", "hwmon/scpi_sensors/temp3", SAMPLE_IMPLAUSIBLE);
	check_quality("temperature", "hwmon/scpi_sensors/temp4", SAMPLE_IMPLAUSIBLE);
	check_good("temperature", "hwmon/scpi_sensors/temp5", -40000);
	check_good("temperature", "hwmon/scpi_sensors/temp6", 125000);
	check_quality("temperature-limit", "hwmon/scpi_sensors/temp6/crit", SAMPLE_IMPLAUSIBLE);
	check_quality("temperature-limit", "hwmon/scpi_sensors/temp6/max", SAMPLE_IMPLAUSIBLE);
	check_good("fan", "hwmon/scpi_sensors/fan1", 0);
	stop();
}
END_TEST

START_TEST(a_sensor_that_says_nothing_or_nonsense_is_absent)
{
	start();
	file("sys/class/hwmon/hwmon0/name", "scpi_sensors\n");
	file("sys/class/hwmon/hwmon0/temp1_input", "");
	file("sys/class/hwmon/hwmon0/temp2_input", "N/A\n");
	file("sys/class/hwmon/hwmon0/temp3_input", "48000 oops\n");
	file("sys/class/hwmon/hwmon0/fan1_input", "9223372036854775807\n");
	open_set();
	check_quality("temperature", "hwmon/scpi_sensors/temp1", SAMPLE_ABSENT);
	check_quality("temperature", "hwmon/scpi_sensors/temp2", SAMPLE_ABSENT);
	check_quality("temperature", "hwmon/scpi_sensors/temp3", SAMPLE_ABSENT);
	check_quality("fan", "hwmon/scpi_sensors/fan1", SAMPLE_IMPLAUSIBLE);
	stop();
}
END_TEST

START_TEST(two_chips_of_one_name_get_two_components)
{
	start();
	file("sys/class/hwmon/hwmon0/name", "via_cputemp\n");
	file("sys/class/hwmon/hwmon0/temp1_input", "56000\n");
	file("sys/class/hwmon/hwmon1/name", "via_cputemp\n");
	file("sys/class/hwmon/hwmon1/temp1_input", "57000\n");
	open_set();
	check_good("temperature", "hwmon/via_cputemp/temp1", 56000);
	check_good("temperature", "hwmon/via_cputemp/temp1~2", 57000);
	stop();
}
END_TEST

START_TEST(a_kept_descriptor_sees_the_next_value)
{
	start();
	file("sys/class/hwmon/hwmon0/name", "k10temp\n");
	file("sys/class/hwmon/hwmon0/temp1_input", "50000\n");
	open_set();
	check_good("temperature", "hwmon/k10temp/temp1", 50000);
	file("sys/class/hwmon/hwmon0/temp1_input", "61000\n");
	read_round();
	check_good("temperature", "hwmon/k10temp/temp1", 61000);
	stop();
}
END_TEST

START_TEST(thermal_zones_have_trips_and_cooling_devices_a_state)
{
	start();
	file("sys/class/thermal/thermal_zone0/type", "acpitz\n");
	file("sys/class/thermal/thermal_zone0/temp", "47000\n");
	file("sys/class/thermal/thermal_zone0/trip_point_0_temp", "105000\n");
	file("sys/class/thermal/thermal_zone0/trip_point_0_type", "critical\n");
	file("sys/class/thermal/thermal_zone1/type", "acpitz\n");
	file("sys/class/thermal/thermal_zone1/temp", "45000\n");
	file("sys/class/thermal/cooling_device12/type", "Processor\n");
	file("sys/class/thermal/cooling_device12/cur_state", "3\n");
	open_set();
	check_good("temperature", "thermal/acpitz/zone0", 47000);
	check_good("temperature", "thermal/acpitz/zone1", 45000);
	check_good("temperature-limit", "thermal/acpitz/zone0/trip0", 105000);
	ck_assert_str_eq(
		bench.series[find("temperature-limit", "thermal/acpitz/zone0/trip0")].label,
		"critical");
	check_good("cooling-state", "cooling/Processor/12", 3000);
	stop();
}
END_TEST

START_TEST(frequencies_are_megahertz_of_a_policy_and_read_four_a_second)
{
	char name[128];
	int i, first = 0;

	start();
	for (i = 0; i < 8; i++) {
		snprintf(name, sizeof(name),
			 "sys/devices/system/cpu/cpufreq/policy%d/scaling_cur_freq", 2 * i);
		file(name, "2300000\n");
		snprintf(name, sizeof(name),
			 "sys/devices/system/cpu/cpufreq/policy%d/affected_cpus", 2 * i);
		snprintf(name + 100, 20, "%d %d\n", 2 * i, 2 * i + 1);
		file(name, name + 100);
	}
	open_set();
	ck_assert_uint_eq(bench.count, 8);
	check_good("frequency", "cpu/0", 2300000);
	ck_assert_str_eq(bench.series[find("frequency", "cpu/4")].label, "4 5");
	ck_assert_str_eq(bench.series[0].unit, "MHz");
	for (i = 0; i < 8; i++)
		first += bench.sample[i].quality == SAMPLE_GOOD;
	ck_assert_int_lt(first, 8); /* the others are not due yet */
	stop();
}
END_TEST

START_TEST(edac_counts_are_of_controllers_and_of_modules)
{
	start();
	file("sys/devices/system/edac/mc/mc0/ce_count", "12\n");
	file("sys/devices/system/edac/mc/mc0/ue_count", "0\n");
	file("sys/devices/system/edac/mc/mc0/dimm3/dimm_ce_count", "11\n");
	file("sys/devices/system/edac/mc/mc0/dimm3/dimm_ue_count", "1\n");
	file("sys/devices/system/edac/mc/mc0/dimm3/dimm_label", "CPU0_D1\n");
	open_set();
	check_good("edac-corrected", "edac/mc0", 12000);
	check_good("edac-uncorrected", "edac/mc0", 0);
	check_good("edac-corrected", "edac/mc0/dimm3", 11000);
	check_good("edac-uncorrected", "edac/mc0/dimm3", 1000);
	ck_assert_str_eq(bench.series[find("edac-corrected", "edac/mc0/dimm3")].label, "CPU0_D1");
	ck_assert_int_eq(bench.series[find("edac-corrected", "edac/mc0")].kind, SERIES_COUNTER);
	stop();
}
END_TEST

START_TEST(aer_totals_are_of_each_device)
{
	start();
	file("sys/bus/pci/devices/0000:01:00.0/aer_dev_correctable",
	     "RxErr 2\nBadTLP 0\nTOTAL_ERR_COR 2\n");
	file("sys/bus/pci/devices/0000:01:00.0/aer_dev_nonfatal",
	     "Undefined 0\nTOTAL_ERR_NONFATAL 5\n");
	file("sys/bus/pci/devices/0000:01:00.0/aer_dev_fatal", "Undefined 0\nTOTAL_ERR_FATAL 1\n");
	file("sys/bus/pci/devices/0000:02:00.0/aer_dev_fatal", "Undefined 0\n");
	open_set();
	check_good("aer-correctable", "pci/0000:01:00.0", 2000);
	check_good("aer-nonfatal", "pci/0000:01:00.0", 5000);
	check_good("aer-fatal", "pci/0000:01:00.0", 1000);
	check_quality("aer-fatal", "pci/0000:02:00.0", SAMPLE_ABSENT);
	stop();
}
END_TEST

START_TEST(interfaces_and_disks_count_only_with_hardware_behind_them)
{
	start();
	file("sys/class/net/eth0/device/vendor", "0x8086\n");
	file("sys/class/net/eth0/statistics/rx_errors", "4\n");
	file("sys/class/net/eth0/statistics/rx_crc_errors", "3\n");
	file("sys/class/net/docker0/statistics/rx_errors", "9\n");
	/* Grows with every question to SMART: no reading. */
	file("sys/block/sda/device/ioerr_cnt", "0x1f\n");
	file("sys/block/sda/stat", "   10  0   4000  7  20  1   2000  9  0  5  5\n");
	file("sys/block/loop0/stat", "   1  0   8  7  2  1   8  9  0  5  5\n");
	open_set();
	ck_assert_uint_eq(bench.count, 4);
	check_good("net-errors", "net/eth0/rx", 4000);
	check_good("net-errors", "net/eth0/crc", 3000);
	check_good("disk-read", "block/sda", 2048);
	check_good("disk-written", "block/sda", 1024);
	stop();
}
END_TEST

static void plant_devices(void)
{
	file("sys/bus/pci/devices/0000:01:00.0/vendor", "0x8086\n");
	file("sys/bus/usb/devices/usb1/devnum", "1\n");
	file("sys/bus/usb/devices/1-2/devnum", "7\n");
	file("sys/bus/usb/devices/1-2:1.0/bInterfaceNumber", "00\n");
	file("sys/block/sda/device/model", "DISK\n");
	file("sys/block/sda/dev", "8:0\n");
	file("sys/block/loop0/dev", "7:0\n");
	file("sys/class/net/eth0/device/vendor", "0x8086\n");
	file("sys/class/net/eth0/ifindex", "2\n");
	file("sys/class/net/lo/ifindex", "1\n");
}

START_TEST(a_device_says_nothing_until_it_went_away_and_then_says_so_for_ever)
{
	start();
	plant_devices();
	open_set();
	ck_assert_uint_eq(state_of("presence")->channels, 9);
	check_quality("device-lost", "usb/1-2", SAMPLE_ABSENT);
	check_quality("device-lost", "block/sda", SAMPLE_ABSENT);
	check_quality("device-lost", "net/eth0", SAMPLE_ABSENT);
	check_quality("device-lost", "pci/0000:01:00.0", SAMPLE_ABSENT);
	check_good("devices", "usb", 2000);
	check_good("devices", "block", 1000);
	/* What is read of a device that is gone is nothing. */
	file("sys/bus/usb/devices/1-2/devnum", "");
	clock_wait_ns(SECOND);
	read_round();
	check_good("device-lost", "usb/1-2", 1000);
	check_good("devices", "usb", 1000);
	check_quality("device-lost", "usb/usb1", SAMPLE_ABSENT);
	check_good("devices", "block", 1000);
	file("sys/bus/usb/devices/1-2/devnum", "8\n");
	clock_wait_ns(SECOND);
	read_round();
	check_good("device-lost", "usb/1-2", 1000);
	stop();
}
END_TEST

START_TEST(a_cpu_that_goes_offline_is_told_from_those_that_never_were_online)
{
	start();
	file("sys/devices/system/cpu/online", "0-2,5,64\n");
	open_set();
	ck_assert_uint_eq(state_of("online")->channels, 6);
	check_good("devices", "cpu", 5000);
	check_quality("device-lost", "cpu/64", SAMPLE_ABSENT);
	file("sys/devices/system/cpu/online", "0,2,5\n");
	clock_wait_ns(SECOND);
	read_round();
	check_good("devices", "cpu", 3000);
	check_good("device-lost", "cpu/1", 1000);
	check_good("device-lost", "cpu/64", 1000);
	check_quality("device-lost", "cpu/2", SAMPLE_ABSENT);
	file("sys/devices/system/cpu/online", "\n");
	clock_wait_ns(SECOND);
	read_round();
	check_quality("devices", "cpu", SAMPLE_ABSENT);
	check_quality("device-lost", "cpu/2", SAMPLE_ABSENT);
	stop();
}
END_TEST

START_TEST(time_that_the_host_took_is_a_share_of_the_last_second)
{
	start();
	file("proc/stat", "cpu  100 0 100 700 0 0 0 100 0 0\ncpu0 1 2 3\n");
	open_set();
	check_quality("cpu-steal", "cpu", SAMPLE_ABSENT);
	file("proc/stat", "cpu  160 0 100 700 0 0 0 140 0 0\ncpu0 1 2 3\n");
	clock_wait_ns(SECOND);
	read_round();
	check_good("cpu-steal", "cpu", 40000);
	file("proc/stat", "intr 5\n");
	clock_wait_ns(SECOND);
	read_round();
	check_quality("cpu-steal", "cpu", SAMPLE_ABSENT);
	stop();
}
END_TEST

START_TEST(lost_links_are_counted_but_of_radio)
{
	start();
	file("sys/class/net/eth0/device/vendor", "0x8086\n");
	file("sys/class/net/eth0/carrier_down_count", "3\n");
	file("sys/class/net/wlan0/device/vendor", "0x8086\n");
	file("sys/class/net/wlan0/carrier_down_count", "9\n");
	tree_folder(&bench.tree, "sys/class/net/wlan0/phy80211");
	open_set();
	ck_assert_uint_eq(state_of("netdev")->channels, 1);
	check_good("link-lost", "net/eth0", 3000);
	stop();
}
END_TEST

static void plant_link(const char *address, const char *class_id, const char *width,
		       const char *control)
{
	char name[128];
	const struct {
		const char *file, *text;
	} part[] = { { "class", class_id },
		     { "current_link_width", width },
		     { "current_link_speed", "8.0 GT/s PCIe\n" },
		     { "power/control", control } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(part); i++) {
		snprintf(name, sizeof(name), "sys/bus/pci/devices/%s/%s", address, part[i].file);
		file(name, part[i].text);
	}
}

START_TEST(a_link_is_watched_at_a_device_that_is_awake_and_keeps_its_link)
{
	start();
	plant_link("0000:01:00.0", "0x010802\n", "4\n", "on\n");
	plant_link("0000:01:00.1", "0x010802\n", "4\n", "on\n");
	plant_link("0000:02:00.0", "0x030000\n", "16\n", "on\n");
	plant_link("0000:00:01.0", "0x060400\n", "4\n", "on\n");
	plant_link("0000:03:00.0", "0x020000\n", "1\n", "auto\n");
	plant_link("0000:04:00.0", "0x020000\n", "0\n", "on\n");
	open_set();
	ck_assert_uint_eq(state_of("pcielink")->channels, 2);
	check_good("link-width", "pci/0000:01:00.0", 4000);
	check_good("link-speed", "pci/0000:01:00.0", 8000000);
	file("sys/bus/pci/devices/0000:01:00.0/current_link_width", "63\n");
	file("sys/bus/pci/devices/0000:01:00.0/current_link_speed", "Unknown\n");
	clock_wait_ns(2 * SECOND);
	read_round();
	check_quality("link-width", "pci/0000:01:00.0", SAMPLE_ABSENT);
	check_quality("link-speed", "pci/0000:01:00.0", SAMPLE_ABSENT);
	stop();
}
END_TEST

START_TEST(only_what_the_kernel_says_after_the_start_is_counted)
{
	int fd;
	static const char more[] =
		"6,100,4999999,-;mce: [Hardware Error]: Machine check events logged\n"
		"2,101,5000000,-;mce: [Hardware Error]: CPU 1: Machine Check Exception: 5 Bank 4: "
		"be00000000800400\n"
		" SUBSYSTEM=x\n"
		"3,102,5000001,-;blk_update_request: I/O error, dev sda, sector 8\n"
		"6,103,5000002,-;usb 1-1: USB disconnect, device number 2\n"
		"14,104,5000003,-;somebody: I/O error of a user\n";

	start();
	file("dev/kmsg", "3,100,4000000,-;blk_update_request: I/O error, dev sda, sector 0\n");
	open_set();
	check_good("kernel-errors", "kernel/io-error", 0);
	fd = open(tree_path(&bench.tree, "dev/kmsg"), O_WRONLY | O_APPEND);
	ck_assert_int_eq(write(fd, more, strlen(more)), (ssize_t)strlen(more));
	close(fd);
	read_round();
	read_round();
	check_good("kernel-errors", "kernel/machine-check", 1000);
	check_good("kernel-corrected", "kernel/machine-check", 1000);
	check_good("kernel-errors", "kernel/io-error", 1000);
	check_good("kernel-messages", "kernel/link", 1000);
	check_good("kernel-messages", "kernel/error", 2000);
	check_good("kernel-errors", "kernel/oops", 0);
	stop();
}
END_TEST

START_TEST(a_message_counts_for_one_kind_or_none)
{
	static const struct {
		const char *text;
		enum kmsg_kind kind;
	} line[] = {
		{ "6,1,1,-;pcieport 0000:00:01.0: AER: Corrected error received",
		  KMSG_AER_CORRECTED },
		{ "6,1,1,-;pcieport 0000:00:01.0: AER: Correctable error message received from",
		  KMSG_AER_CORRECTED },
		{ "6,1,1,-;nvme 0000:01:00.0: PCIe Bus Error: severity=Corrected, type=Physical",
		  KMSG_AER_CORRECTED },
		{ "6,1,1,-;nvme 0000:01:00.0: PCIe Bus Error: severity=Uncorrected (Non-Fatal)",
		  KMSG_AER },
		{ "6,1,1,-;pcieport 0000:00:01.0: AER: Multiple Uncorrected (Fatal) error received",
		  KMSG_AER },
		{ "6,1,1,-;{1}[Hardware Error]: event severity: corrected", KMSG_CHECK_CORRECTED },
		{ "6,1,1,-;{1}[Hardware Error]:   error_type: 2, single-bit ECC",
		  KMSG_CHECK_CORRECTED },
		{ "6,1,1,-;{1}[Hardware Error]: event severity: recoverable", KMSG_MACHINE_CHECK },
		{ "6,1,1,-;{2}[Hardware Error]: event severity: fatal", KMSG_MACHINE_CHECK },
		{ "6,1,1,-;mce: [Hardware Error]: Machine check events logged",
		  KMSG_CHECK_CORRECTED },
		{ "6,1,1,-;mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 9: 9c00000000800400",
		  KMSG_CHECK_CORRECTED },
		{ "6,1,1,-;mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 9: bc00000000800400",
		  KMSG_MACHINE_CHECK },
		{ "6,1,1,-;[Hardware Error]: CPU:0 (17:1:1) MC15_STATUS[-|UE|MiscV|-]: 0xbc",
		  KMSG_MACHINE_CHECK },
		{ "6,1,1,-;SError Interrupt on CPU1, code 0xbf000002", KMSG_MACHINE_CHECK },
		{ "6,1,1,-;Memory failure: 0x12345: recovery action for dirty LRU page: Recovered",
		  KMSG_MACHINE_CHECK },
		{ "6,1,1,-;I/O error, dev nvme0n1, sector 2048 op 0x0:(READ)", KMSG_IO_ERROR },
		{ "6,1,1,-;critical medium error, dev sda, sector 2048", KMSG_IO_ERROR },
		{ "6,1,1,-;INFO: task x:1 blocked for more than 120 seconds.", KMSG_HUNG },
		{ "6,1,1,-;x[12]: segfault at 0 ip 0 sp 0 error 4", KMSG_SEGFAULT },
		{ "6,1,1,-;Internal error: Oops: 96000004 [#1] SMP", KMSG_OOPS },
		{ "6,1,1,-;Out of memory: Killed process 12 (x)", KMSG_OOM },
		{ "6,1,1,-;ata1: hard resetting link", KMSG_IO_ERROR },
		{ "6,1,1,-;e1000e 0000:00:1f.6 eth0: NIC Link is Down", KMSG_LINK },
		{ "6,1,1,-;CPU3: Core temperature above threshold", KMSG_THERMAL },
		{ "6,1,1,-;nvme nvme0: I/O 12 QID 3 timeout, aborting", KMSG_IO_ERROR },
	};
	size_t i;

	static const char *const harmless[] = { "6,1,1,-;EDAC MC: Ver: 3.0.0\n",
						"6,1,1,-;pcieport 0000:00:01.0: AER: enabled\n",
						"6,1,1,-;I/O error, dev fd0, sector 0\n",
						"6,1,1,-;I/O error, dev sr0, sector 0\n" };

	for (i = 0; i < ARRAY_SIZE(harmless); i++) {
		struct kmsg_tally tally = { .next_report = 0 };
		char text[128];
		int kind;

		snprintf(text, sizeof(text), "%s", harmless[i]);
		kmsg_count(text, &tally);
		for (kind = 0; kind < KMSG_KINDS; kind++)
			ck_assert_int_eq(tally.count[kind], 0);
	}
	for (i = 0; i < ARRAY_SIZE(line); i++) {
		struct kmsg_tally tally = { .next_report = 0 };
		int64_t all = 0;
		char text[128];
		int kind;

		snprintf(text, sizeof(text), "%s\n", line[i].text);
		kmsg_count(text, &tally);
		for (kind = 0; kind < KMSG_KINDS; kind++)
			all += tally.count[kind];
		ck_assert_int_eq(tally.count[line[i].kind], 1);
		ck_assert_int_eq(all, 1);
	}
}
END_TEST

/* Lines as "LEVEL text", counted; the tally goes on. */
static void check_log(struct kmsg_tally *tally, const char *log, int64_t errors, int64_t corrected)
{
	while (*log) {
		size_t size = strcspn(log, "\n");
		char text[256];

		/* A read gives one record. */
		snprintf(text, sizeof(text), "%c,7,5000000,-;%.*s\n", log[0], (int)size - 2, log + 2);
		kmsg_count(text, tally);
		log += size + (log[size] == '\n');
	}
	ck_assert_int_eq(tally->count[KMSG_MACHINE_CHECK], errors);
	ck_assert_int_eq(tally->count[KMSG_CHECK_CORRECTED], corrected);
}

#define UNCORRECTED_HEAD                                                                           \
	"3 {1}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 1\n"
#define UNCORRECTED_SEVERITY "3 {1}[Hardware Error]: event severity: recoverable\n"
#define UNCORRECTED_SECTION "3 {1}[Hardware Error]:  Error 0, type: recoverable\n"
#define UNCORRECTED_REST                                                                           \
	"3 {1}[Hardware Error]:  fru_text: DIMM_A1\n"                                              \
	"3 {1}[Hardware Error]:   section_type: memory error\n"                                    \
	"3 {1}[Hardware Error]:   physical_address: 0x0000000048000000\n"                          \
	"3 {1}[Hardware Error]:   error_type: 3, multi-bit ECC\n"
#define CORRECTED_HEAD                                                                             \
	"4 {2}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 1\n"       \
	"4 {2}[Hardware Error]: It has been corrected by h/w and requires no further action\n"
#define CORRECTED_SEVERITY "4 {2}[Hardware Error]: event severity: corrected\n"
#define CORRECTED_REST                                                                             \
	"4 {2}[Hardware Error]:  Error 0, type: corrected\n"                                       \
	"4 {2}[Hardware Error]:   section_type: memory error\n"                                    \
	"4 {2}[Hardware Error]:   error_type: 2, single-bit ECC\n"

START_TEST(a_report_of_firmware_counts_once_by_its_severity)
{
	static const struct {
		const char *log;
		int64_t errors, corrected;
	} all[] = {
		{ UNCORRECTED_HEAD UNCORRECTED_SEVERITY UNCORRECTED_SECTION UNCORRECTED_REST, 1, 0 },
		{ CORRECTED_HEAD CORRECTED_SEVERITY CORRECTED_REST, 0, 1 },
		/* two processors tell at the same time */
		{ UNCORRECTED_HEAD CORRECTED_HEAD UNCORRECTED_SEVERITY CORRECTED_SEVERITY
			  UNCORRECTED_SECTION CORRECTED_REST UNCORRECTED_REST,
		  1, 1 },
		/* overwritten: the beginning, all that judges */
		{ UNCORRECTED_SECTION UNCORRECTED_REST, 1, 0 },
		{ UNCORRECTED_REST, 1, 0 },
		{ CORRECTED_REST, 0, 1 },
		{ "4 {2}[Hardware Error]:   error_type: 2, single-bit ECC\n", 0, 1 },
		{ "1 {3}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 5\n"
		  "1 {3}[Hardware Error]: event severity: fatal\n"
		  "1 {3}[Hardware Error]:  Error 0, type: fatal\n"
		  "1 {3}[Hardware Error]:   section_type: PCIe error\n"
		  "1 {3}[Hardware Error]:   port_type: 0, PCIe end point\n"
		  "1 {3}[Hardware Error]:   aer_cor_status: 0x00002000, aer_cor_mask: 0x000031c0\n",
		  1, 0 },
		{ "4 {4}[Hardware Error]: Hardware error from APEI Generic Hardware Error Source: 5\n"
		  "4 {4}[Hardware Error]: event severity: info\n"
		  "4 {4}[Hardware Error]:  Error 0, type: info\n"
		  "4 {4}[Hardware Error]:   section_type: firmware error\n",
		  0, 0 },
		/* the same twice is two */
		{ "4 {5}[Hardware Error]: event severity: corrected\n"
		  "4 {6}[Hardware Error]: event severity: corrected\n",
		  0, 2 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(all); i++) {
		struct kmsg_tally tally = { .next_report = 0 };

		check_log(&tally, all[i].log, all[i].errors, all[i].corrected);
	}
}
END_TEST

START_TEST(a_machine_check_counts_by_its_status_and_not_by_the_lines_after_it)
{
	static const char fatal[] =
		"0 mce: [Hardware Error]: CPU 1: Machine Check Exception: 5 Bank 7: be00000000010091\n"
		"0 mce: [Hardware Error]: RIP !INEXACT! 33:<0000000000401234>\n"
		"0 mce: [Hardware Error]: TSC ae4b410af0b8 ADDR 314d193000 MISC 200400c008002086\n"
		"0 mce: [Hardware Error]: PROCESSOR 0:50657 TIME 1605843017 SOCKET 1 APIC 40\n"
		"0 mce: [Hardware Error]: Run the above through 'mcelog --ascii'\n";
	static const char corrected[] =
		"6 mce: [Hardware Error]: Machine check events logged\n"
		"0 mce: [Hardware Error]: CPU 0: Machine Check: 0 Bank 7: 9c00000000010091\n"
		"0 mce: [Hardware Error]: TSC 0 ADDR 48000000 MISC 8c\n"
		"0 mce: [Hardware Error]: PROCESSOR 0:50657 TIME 1605843017 SOCKET 0 APIC 0\n";
	struct kmsg_tally tally = { .next_report = 0 };
	char later[] = "6,9,7000000,-;mce: [Hardware Error]: Machine check events logged\n";

	check_log(&tally, fatal, 1, 0);
	kmsg_count(later, &tally);
	ck_assert_int_eq(tally.count[KMSG_CHECK_CORRECTED], 1);
	memset(&tally, 0, sizeof(tally));
	check_log(&tally, corrected, 0, 2);
	check_log(&tally,
		  "3 {9}[Hardware Error]: event severity: recoverable\n"
		  "0 mce: [Hardware Error]: TSC 0 ADDR 48000000 MISC 8c\n"
		  "3 {9}[Hardware Error]:   section_type: memory error\n",
		  1, 2);
}
END_TEST

START_TEST(scaling_is_exact_or_refused)
{
	int64_t value = 0;

	ck_assert(sensor_scale(4060999, 1, 1000, &value));
	ck_assert_int_eq(value, 4060);
	ck_assert(sensor_scale(INT64_MAX, 512, 1000, &value));
	ck_assert_int_eq(value, 4722366482869645213);
	ck_assert(!sensor_scale(INT64_MAX, 1000, 1, &value));
}
END_TEST

START_TEST(a_cpu_temperature_is_known_by_its_driver)
{
	static const struct {
		const char *metric, *component;
		bool cpu;
	} row[] = {
		{ "temperature", "hwmon/k10temp/0000:00:18.3/temp1", true },
		{ "temperature", "hwmon/cpu-hwmon/temp1", true },
		{ "temperature", "hwmon/scpi_sensors/scpi_sensors/temp1", true },
		{ "temperature", "hwmon/via_cputemp/via_cputemp.0/temp1", true },
		{ "temperature", "hwmon/zhaoxin_cputemp/zhaoxin_cputemp.3/temp1", true },
		{ "temperature", "thermal/acpitz/zone0", true },
		{ "temperature", "thermal/cpu0-thermal/zone1", true },
		{ "temperature-limit", "hwmon/k10temp/0000:00:18.3/temp1/crit", false },
		{ "temperature", "hwmon/nvme/0000:01:00.0/temp1", false },
		{ "temperature", "hwmon/gwnb_battery/temp1", false },
		{ "temperature", "hwmon/drivetemp/0:0:0:0/temp1", false },
		{ "temperature", "cpu/0", false },
		{ "frequency", "cpu/0", false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(row); i++) {
		const struct series series = { .metric = row[i].metric,
					       .component = row[i].component };

		ck_assert_msg(series_is_cpu_temperature(&series) == row[i].cpu, "%s",
			      row[i].component);
	}
}
END_TEST

START_TEST(a_compute_statement_is_found_for_its_chips_only)
{
	static const char config[] = "# compute temp9 @\n"
				     "chip \"w83627hf-*\" lm78-isa-0290\n"
				     "    label temp1 \"M/B\"\n"
				     "    compute in3 @*2, @/2\n"
				     "chip \"*-i2c-*\"\n"
				     "  compute \"fan1\" @/2, @*2\n";

	ck_assert(lmsensors_config_computes(config, "w83627hf", "in3"));
	ck_assert(lmsensors_config_computes(config, "lm78", "in3"));
	ck_assert(!lmsensors_config_computes(config, "lm79", "in3"));
	ck_assert(!lmsensors_config_computes(config, "w83627hf", "in30"));
	ck_assert(!lmsensors_config_computes(config, "w83627hf", "temp1"));
	ck_assert(!lmsensors_config_computes(config, "w83627hf", "temp9"));
	ck_assert(lmsensors_config_computes(config, "anything", "fan1"));
	ck_assert(!lmsensors_config_computes("", "k10temp", "temp1"));
}
END_TEST

UNIT_MAIN("sensor", a_machine_without_anything_says_what_was_looked_at,
	  hwmon_names_a_chip_by_its_device_and_scales_to_thousandths,
	  values_that_cannot_be_are_implausible, a_sensor_that_says_nothing_or_nonsense_is_absent,
	  two_chips_of_one_name_get_two_components, a_kept_descriptor_sees_the_next_value,
	  thermal_zones_have_trips_and_cooling_devices_a_state,
	  frequencies_are_megahertz_of_a_policy_and_read_four_a_second,
	  edac_counts_are_of_controllers_and_of_modules, aer_totals_are_of_each_device,
	  interfaces_and_disks_count_only_with_hardware_behind_them,
	  a_device_says_nothing_until_it_went_away_and_then_says_so_for_ever,
	  a_cpu_that_goes_offline_is_told_from_those_that_never_were_online,
	  time_that_the_host_took_is_a_share_of_the_last_second,
	  lost_links_are_counted_but_of_radio,
	  a_link_is_watched_at_a_device_that_is_awake_and_keeps_its_link,
	  only_what_the_kernel_says_after_the_start_is_counted,
	  a_message_counts_for_one_kind_or_none,
	  a_report_of_firmware_counts_once_by_its_severity,
	  a_machine_check_counts_by_its_status_and_not_by_the_lines_after_it, scaling_is_exact_or_refused,
	  a_cpu_temperature_is_known_by_its_driver, a_compute_statement_is_found_for_its_chips_only)
