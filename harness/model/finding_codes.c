/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every code of a finding, one row each. Codes are for ever: a row may get better words, never
 * another code. What only a limit of a profile can condemn (corrected errors, counters) is minor.
 * A station fault that is major may be made good by doing the step again; a critical one never.
 */
#include "harness/model/finding.h"

#include "harness/base/auto.h"

#include <string.h>

#define N_(text) (text)
#define PRODUCT(name, grade, what, help) { name, SEVERITY_##grade, FAULT_OF_PRODUCT, what, help }
#define STATION(name, grade, what, help) { name, SEVERITY_##grade, FAULT_OF_STATION, what, help }

const struct finding_code finding_code[] = {
	PRODUCT("memory-mismatch", CRITICAL, N_("Memory gave back other data than was written"),
		N_("Reseat the memory modules and run again; if it repeats, replace the module or "
		   "the board.")),
	PRODUCT("memory-faults", CRITICAL, N_("What the wrong words of the memory have in common"),
		N_("Until the module is replaced, keep the system away from these pages: put "
		   "memmap on the kernel's command line, or write each of bad_pages to "
		   "/sys/devices/system/memory/hard_offline_page.")),
	PRODUCT("cpu-mismatch", CRITICAL, N_("A processor computed a wrong result"),
		N_("Check cooler and processor supply and run again; if it repeats, replace the "
		   "processor or the board.")),
	PRODUCT("disk-mismatch", CRITICAL, N_("A disk gave back other data than was written"),
		N_("Check the disk's cable or slot and run again; if it repeats, replace the "
		   "disk.")),
	PRODUCT("disk-failed", CRITICAL, N_("A disk could not read or write data"),
		N_("Check the disk's cable or slot and run again; if it repeats, replace the "
		   "disk.")),
	PRODUCT("disk-stalled", MINOR, N_("A disk kept requests waiting for more than a second"),
		N_("Look at the disk's own health and its cable or slot; where it repeats on one disk "
		   "and not on its like, replace the disk.")),
	PRODUCT("worker-crashed", CRITICAL, N_("A test program was ended by a signal"),
		N_("Run the step again; if it repeats on the same processor core, replace the "
		   "processor or the memory.")),
	PRODUCT("worker-hung", CRITICAL, N_("A test program stopped making progress"),
		N_("Read the kernel log of that time and run the step again; if it repeats, "
		   "replace the processor or the board.")),
	PRODUCT("guard-stop", CRITICAL,
		N_("The guard stopped the load: a reading passed its limit"),
		N_("Let the machine cool down; check fans, cooler, thermal paste and room "
		   "temperature, then run again.")),
	PRODUCT("guard-throttle", MINOR, N_("The guard slowed the load down: a reading was high"),
		N_("Check fans, cooler and room temperature.")),
	PRODUCT("sensor-silent", MAJOR, N_("A guarded sensor stopped answering"),
		N_("Check the sensor's cable and driver; without it the machine counts as hot.")),
	PRODUCT("sensor-implausible", MINOR, N_("A sensor gave a value that cannot be"),
		N_("Check the sensor, its driver and its scaling; do not trust its readings.")),
	PRODUCT("sensor-stuck", MINOR, N_("A temperature stood still while the load changed"),
		N_("Update the firmware that reads the sensor and run again; until then do not "
		   "trust its readings.")),
	PRODUCT("temperature-trip", MAJOR,
		N_("A temperature reached the limit of its own sensor"),
		N_("Check fans, cooler, thermal paste and room temperature, then run again.")),
	PRODUCT("limit-exceeded", MAJOR, N_("A reading stayed outside the limit of the profile"),
		N_("Look at the curve in the report, mend the cause and run again.")),
	PRODUCT("work-rate-low", MAJOR, N_("The machine became slower than the profile allows"),
		N_("Check cooling, supply and the firmware's power settings, then run again.")),
	PRODUCT("work-speed-fell", MAJOR,
		N_("The processors became much slower than when the step began"),
		N_("Check cooling, supply and the firmware's power settings, then run again.")),
	PRODUCT("edac-corrected", MINOR, N_("Memory errors were corrected"),
		N_("Note the module; replace it when the count grows from run to run.")),
	PRODUCT("edac-uncorrected", CRITICAL, N_("Memory errors could not be corrected"),
		N_("Replace the memory module that is named and run again.")),
	PRODUCT("aer-correctable", MINOR, N_("PCIe errors were corrected"),
		N_("Reseat the card that is named; replace it when the count grows.")),
	PRODUCT("aer-fatal", CRITICAL, N_("PCIe errors could not be corrected"),
		N_("Reseat the card or riser that is named; if it repeats, replace it.")),
	PRODUCT("kernel-error", MAJOR, N_("The kernel reported a hardware error"),
		N_("Read the line of the kernel log and look after the part it names.")),
	PRODUCT("hardware-corrected", MINOR,
		N_("The kernel reported hardware errors that were corrected"),
		N_("Read the lines of the kernel log; replace the part they name when they come from "
		   "run to run.")),
	PRODUCT("net-mismatch", CRITICAL, N_("A network port lost or changed data"),
		N_("Change the cable first, then run each port with another one; replace the card "
		   "whose port is in every failure.")),
	PRODUCT("net-errors", MINOR, N_("A network port counted errors"),
		N_("Change the cable first, then the port at the other end, then the card.")),
	PRODUCT("disk-errors", MAJOR, N_("A disk counted errors"),
		N_("Check cable and slot; if it repeats, replace the disk.")),
	PRODUCT("device-lost", MAJOR, N_("A device went away during the run"),
		N_("If nobody pulled it, reseat it or change its cable and run again; if it "
		   "repeats, replace the device or its port.")),
	PRODUCT("cpu-offline", MAJOR, N_("A processor core was taken out of use during the run"),
		N_("Read the kernel log of that time; if nobody switched it off, replace the "
		   "processor or the board.")),
	PRODUCT("link-degraded", MINOR,
		N_("A PCIe link runs below what both of its ends can"),
		N_("Reseat the card and look whether its slot is meant to be that narrow or slow; if "
		   "not, replace card, riser or board.")),
	PRODUCT("link-dropped", MAJOR,
		N_("A PCIe link became narrower or slower during the run"),
		N_("Reseat the card that is named; if it repeats, replace card, riser or board.")),
	PRODUCT("link-lost", MINOR, N_("A network port lost its link during the run"),
		N_("Change the cable first, then the port at the other end, then the card.")),
	PRODUCT("smart-warning", MAJOR, N_("A disk warns of its own health"),
		N_("Read 'smartctl -a' of the disk; mend its cooling when that is what it names, "
		   "otherwise replace the disk.")),
	PRODUCT("expectation-failed", MAJOR, N_("The machine is not built as the profile expects"),
		N_("Compare the parts list with the order; mend the machine or choose the right "
		   "profile.")),
	PRODUCT("used-part", MAJOR, N_("A part was used before it came into this machine"),
		N_("Compare its hours, starts and data written with the limits of the profile; ask "
		   "the supplier, and put in a new part.")),
	PRODUCT("mac-not-unique", MAJOR,
		N_("A network port has an address that other machines have as well"),
		N_("Write the address that was bought for this port into its memory and run "
		   "again.")),
	PRODUCT("name-unprogrammed", MINOR,
		N_("A name or number of the machine was never written into its firmware"),
		N_("Write it with the tool of the firmware's maker before the machine ships; nothing "
		   "else tells this machine from the next.")),
	PRODUCT("reboot-unannounced", MAJOR, N_("The machine restarted during the run"),
		N_("If the plant lost power, run again; otherwise check supply, memory and "
		   "firmware.")),
	STATION("machine-changed", CRITICAL, N_("The run was resumed on another machine"),
		N_("Start a new run; a run belongs to one machine.")),
	STATION("step-failed", MAJOR, N_("The harness could not carry out a step"),
		N_("Read the reason, mend it (space, permissions, free memory) and run again.")),
	STATION("runner-crashed", MAJOR, N_("The test program itself was ended"),
		N_("Resume the run; if it repeats, send the journal to the makers of cuihuo.")),
	STATION("watcher-died", MAJOR, N_("The process that guards the machine was ended"),
		N_("Run again; do not run a load that nobody watches.")),
	STATION("journal-damaged", CRITICAL, N_("The journal was changed or damaged on its disk"),
		N_("Check the disk that holds the run folder and run again.")),
	STATION("journal-full", MAJOR, N_("There was no space left for the journal"),
		N_("Free space on the disk of the run folder, then resume.")),
	STATION("samples-lost", MINOR, N_("Some readings were lost before they were written"),
		N_("Use a faster disk for the run folder, or fewer sensors.")),
	STATION("memory-short", MINOR, N_("Memory ran out and the kernel ended programs"),
		N_("End other programs, or let the profile test less memory, then run again.")),
	STATION("clock-jumped", MINOR, N_("The wall clock was set during the run"),
		N_("Set the clock before a run; durations are not affected.")),
	STATION("setting-not-restored", MINOR, N_("A setting of the machine was not put back"),
		N_("Resume the run, or put the setting back by hand, before the machine leaves.")),
};

const size_t finding_code_count = ARRAY_SIZE(finding_code);

const struct finding_code *finding_code_find(const char *code)
{
	size_t i;

	for (i = 0; i < finding_code_count; i++) {
		if (!strcmp(finding_code[i].code, code))
			return &finding_code[i];
	}
	return NULL;
}

const char *severity_name(enum severity severity)
{
	static const char *const name[] = { "critical", "major", "minor", "note" };

	return (size_t)severity < ARRAY_SIZE(name) ? name[severity] : name[SEVERITY_CRITICAL];
}

const char *fault_of_name(enum fault_of fault_of)
{
	return fault_of == FAULT_OF_STATION ? "station" : "product";
}
