#!/usr/bin/env bash
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
plan 24

"$SOURCE/tests/roots/build" greatwall-td120a2 "$TMP"
root=$TMP/greatwall-td120a2

exit_is "probe reads this machine" 0 "$CUIHUO" probe
classes='cpu topology memory board chassis firmware pci usb block net display audio input power tpm bmc sensors kernel os '
is "every class has a line, in the order of the flow" \
  "$(sed -n 's/^\([a-z][a-z]*\)\(  .*\)\?$/\1/p' "$TMP/out" | tr '\n' ' ')" "$classes"

exit_is "probe --json reads this machine" 0 "$CUIHUO" probe --json
is "it is one line of JSON with every class" \
  "$(jq -r '.root, (.arch == "unknown"), (.classes[].class)' "$TMP/out" | tr '\n' ' ')" \
  "live false $classes"

exit_is "an unknown class is a usage error" 2 "$CUIHUO" probe cpu gpu
is "it lists the classes that there are" "$(tail -n 1 "$TMP/err" | tr -d ,)" \
  "cuihuo probe: there is no component class 'gpu'; there are: ${classes% }"

exit_is "a captured machine is read" 0 "$CUIHUO" probe --root "$root"
cp "$TMP/out" "$TMP/table"
is "Chinese names stand in the table, its columns in line" \
  "$(grep -c -e '^    product       世恒TD120A2                           likely, smbios type 1$' \
    -e '^    maker               Longsys 江波龙  likely, SMBIOS id 8a:d6, name, part number (jedec.tsv ' "$TMP/table")" 2
"$SOURCE/tests/roots/build" loongson-3a6000-nuc "$TMP"
exit_is "a machine with problems is read all the same" 0 \
  "$CUIHUO" probe board --root "$TMP/loongson-3a6000-nuc"
is "problems stand at the end" "$(tail -n 1 "$TMP/out" | cut -d: -f1-2)" "  board: unprogrammed-name"

exit_is "only the classes that were asked for" 0 "$CUIHUO" probe os cpu --json --root "$root"
is "in the order of the flow" "$(jq -r '[.classes[].class] | join(" ")' "$TMP/out")" "cpu os"

"$CUIHUO" probe --root "$root" --json >"$TMP/one"
"$CUIHUO" probe --root "$root" --json >"$TMP/two"
ok "probing again gives the same bytes" cmp "$TMP/one" "$TMP/two"
sed -i 's/"pack":{"digest":"[0-9a-f]*"/"pack":{"digest":"-"/' "$TMP/one"
ok "and the golden ones" cmp "$TMP/one" "$SOURCE/tests/golden/greatwall-td120a2.json"

sm3() { openssl dgst -sm3 -r "$@" | sed 's/ .*//'; }
names=$SOURCE/probes/ids
digest=$(for table in "$names"/*.tsv; do echo "$(sm3 "$table")  ${table##*/}"; done | LC_ALL=C sort -k 2 | sm3)
is "the tables of names that were used are known by their digest" \
  "$(jq -r .pack.digest "$TMP/two")" "$digest"
cp -r "$names" "$TMP/newer"
sed -i -e '1s/2026.*/2027-02-03/' -e 's/\tD2000\t/\tD2000 by the newer pack\t/' "$TMP/newer"/cpu*.tsv
exit_is "--data takes another pack" 0 "$CUIHUO" probe cpu --json --root "$root" --data "$TMP/newer"
is "names come from there, and it says so" \
  "$(jq -r '.pack.version, (.components[0].attributes.model | .value, .source)' "$TMP/out")" \
  $'2027-02-03\nD2000 by the newer pack\ncpus.tsv 2027-02-03'
sed -i '9s/\t[^\t]*$//' "$TMP/newer/pci.tsv"
exit_is "a damaged pack is bad input" 2 "$CUIHUO" probe os --data "$TMP/newer"
is "and says file and line" "$(cat "$TMP/err")" \
  "cuihuo probe: --data: $TMP/newer/pci.tsv:9: a row must have 9 fields"
exit_is "also for plan" 2 "$CUIHUO" plan quick --data "$TMP/newer"
rm "$TMP/newer/pci.tsv"
exit_is "a pack without one of the tables is bad input" 2 "$CUIHUO" probe os --data "$TMP/newer"

exit_is "a root that is not there is bad input" 2 "$CUIHUO" probe --root "$TMP/none"

probe_as_nobody() { # as another user when this is root: root may read everything
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid 65534 --regid 65534 --clear-groups "$CUIHUO" "$@"
  else
    "$CUIHUO" "$@"
  fi
}
chmod 0711 "$TMP"
chmod 0000 "$root/sys/firmware/dmi/tables/DMI"
is "what only root may read is said to be so" \
  "$(probe_as_nobody probe board --json --root "$root" | jq -r '.classes[0] | .presence + ": " + .note')" \
  "unreadable: sys/firmware/dmi/tables/DMI: not readable without root"

disks=$("$CUIHUO" probe block --json |
  jq -r '.components[] | select(.class == "block") | .id' | sed 's,^block/,/dev/,')
sentence="the health of a disk that only root may read is said to be so"
if [ -z "$disks" ]; then
  skip "$sentence" "this machine has no disk"
else
  secret=
  for disk in $disks; do
    # a node that nobody may read; a member of the group disk may
    if [ "$(id -u)" = 0 ]; then
      setpriv --reuid 65534 --regid 65534 --clear-groups test -r "$disk" || secret+="$disk "
    else
      test -r "$disk" || secret+="$disk "
    fi
  done
  if [ -z "$secret" ] || ! [ -e "${secret%% *}" ]; then
    skip "$sentence" "every user may read the disks of this machine, or they have no device node"
  else
    is "$sentence" \
      "$(probe_as_nobody probe block --json | jq -c --arg id "block/${secret#/dev/}" \
        '.components[] | select(.id == ($id | split(" ")[0])) | .attributes.smart')" \
      '{"certainty":"unknown","source":"smartctl","value":"not readable without root"}'
  fi
fi
