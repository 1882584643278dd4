#!/usr/bin/env bash
# The measuring of captured machines: on a small capture written here, and where the real ones are, on
# those (tests/captures/run).
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
plan 13
export PYTHONDONTWRITEBYTECODE=1
score=$SOURCE/tests/captures/score.py

mkdir -p "$TMP/captures/m"
printf 'machine\tfile\tbytes\tdescription\trepository\tpath\tcommit\tlicence\n' >"$TMP/captures/MANIFEST.tsv"
printf 'm\tdmidecode.txt\t0\t-\t-\ta/m/KYLIN-V10/5.4.18-35-GENERIC/AARCH64/0\t-\t-\n' \
  >>"$TMP/captures/MANIFEST.tsv"
cat >"$TMP/captures/m/dmidecode.txt" <<'END'
# dmidecode 3.2
SMBIOS 3.2.0 present.

Handle 0x0000, DMI type 0, 26 bytes
BIOS Information
	Vendor: Byosoft
	Version: <BAD INDEX>
	Release Date: 01/02/2024
	ROM Size: 8 MB

Handle 0x0001, DMI type 1, 27 bytes
System Information
	Manufacturer: 测试
	Product Name: To be filled by O.E.M.
	Serial Number: --

Handle 0x0005, DMI type 17, 92 bytes
Memory Device
	Size: 64 GB
	Locator: DIMM_A
	Type: DDR4
	Manufacturer: Samsung

	Part Number: P-1
	Module Manufacturer ID: Bank 45, Hex 0x80

Handle 0x0006, DMI type 17, 92 bytes
Memory Device
	Size: No Module Installed
	Locator: DIMM_B
END
printf '%s\n' 'scpi_sensors-isa-0000' 'Adapter: ISA adapter' 'ts0:          +47.5 C  (crit = +90.0 C)' '' \
  'amdgpu-pci-0100' 'Adapter: PCI adapter' 'power1:        5.07 W' >"$TMP/captures/m/sensors.txt"
printf '%s\n' '01:00.0 [0108] 1e4b:1202 rev 01 subsys 1e4b:1202 nvme cap 8GT/s x4 sta 5GT/s x2' '(rest not read)' \
  >"$TMP/captures/m/lspci-condensed.txt"
mkdir "$TMP/captures/u"
for machine in s t; do
  mkdir "$TMP/captures/$machine"
  for cpu in 0 1 2 3; do
    printf 'processor\t: %s\nCPU implementer\t: 0x70\nCPU architecture: 8\nCPU variant\t: 0x1\n' $cpu
    printf 'CPU part\t: 0x66%s\nCPU revision\t: 3\n\n' "$([ $machine = s ] && echo 3 || echo 2)"
  done >"$TMP/captures/$machine/cpuinfo"
done

expected() { # LINE...: fields separated by ':'
  printf 'machine\tfield\texpected\tcertainty\tevidence\n'
  printf '%s\t-\n' "$@" | tr : '\t'
}
answers() { jq -r '.machines | to_entries[] | .key as $m | .value | to_entries[] |
  "\($m) \(.key) \(.value)"' "$TMP/out.json" | tr '\n' ' '; }
run_score() { python3 "$score" "$CUIHUO" "$TMP/captures" "$TMP/out.json" "$TMP/expected.tsv"; }

right=(m:maker:测试:likely m:model:-:unknown 'm:firmware:Byosoft -:likely' m:memory_modules:1:likely
  'm:memory_makers:Samsung | Micron:contradictory' 'm:os:Kylin Desktop V10:likely'
  t:cpu_maker:Phytium:likely t:cpu_model:FT-2000+/64:certain s:cpu_maker:Phytium:certain)
expected "${right[@]}" >"$TMP/expected.tsv"
exit_is "answers that are right pass" 0 run_score
is "a machine of which nothing is expected is named" "$(head -n 1 "$TMP/out")" \
  "not scored: u: expected.tsv says nothing of it"
is "and stand in the file, by machine and field" "$(answers)" \
  "m firmware right m maker right m memory_makers right m memory_modules right m model right m os right s cpu_maker right t cpu_maker right t cpu_model right "

tie='s:cpu_model:FT-2000/4 | D2000:ambiguous'
expected "${right[@]}" "$tie" >"$TMP/expected.tsv"
exit_is "what the id cannot tell apart is ambiguous, and passes" 0 run_score
is "the file says so" "$(jq -r .machines.s.cpu_model "$TMP/out.json")" ambiguous

expected "${right[@]/#m:memory_modules:1:/m:memory_modules:2:}" >"$TMP/expected.tsv"
exit_is "one wrong answer fails" 1 run_score
is "and is told" "$(grep -c '^wrong: m: memory_modules: want 2 (likely), got 1 (likely)$' "$TMP/out")" 1

expected t:cpu_maker:Phytium:likely "$tie" >"$TMP/expected.tsv"
exit_is "less than 90 % right fail, though nothing is wrong" 1 run_score

ok "a root of one machine is built" python3 "$SOURCE/tests/captures/build.py" "$TMP/captures" "$TMP/roots" m
"$CUIHUO" probe pci sensors --root "$TMP/roots/m" --json >"$TMP/m.json"
is "the text of lspci is PCI devices with links" \
  "$(jq -r '.components[] | select(.id == "pci/0000:01:00.0").attributes |
    "\(.vendor_id.value) \(.subsystem_id.value) \(.driver.value) \(.link_speed_mts.value) \(.link_width.value) \(.link_speed_max_mts.value) \(.link_width_max.value)"' "$TMP/m.json")" \
  "1e4b 1e4b:1202 nvme 5000 2 8000 4"
is "the text of sensors is an hwmon tree" \
  "$(jq -r '.components[] | select(.class == "sensors") |
    "\(.id) \(.attributes.label.value) \(.attributes.value_milli.value)"' "$TMP/m.json" | sort | tr '\n' ' ')" \
  "sensor/amdgpu/power1 null 5070 sensor/scpi_sensors/temp1 ts0 47500 "

CUIHUO_CAPTURES=$TMP/none exit_is "without captures the suite is skipped, and says so" 0 \
  "$SOURCE/tests/captures/run"

# The real ones.
sentence="the captured machines: at least 90 % of what they show is right, and nothing is wrong"
"$SOURCE/tests/captures/run" >"$TMP/score"
status=$?
if why=$(sed -n 's/^skipped: //p' "$TMP/score") && [ -n "$why" ]; then
  skip "$sentence" "$why"
else
  mv "$TMP/score" "$TMP/out"
  tap_result "$status" "$sentence"
fi
