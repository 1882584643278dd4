#!/usr/bin/env bash
# shellcheck source=tests/cli/tap.sh
. "$(dirname "$0")/tap.sh"
plan 11

"$SOURCE/tests/roots/build" greatwall-td120a2 "$TMP"
root=$TMP/greatwall-td120a2
# A second disk, of nobody.
disk=$root/sys/devices/pci0000:00/0000:00:02.0/0000:03:00.0/ata1/host0/target0:0:0/0:0:0:0
mkdir -p "$disk/block/sda"
echo 'SATA SSD' >"$disk/model"
echo 500118192 >"$disk/block/sda/size"
ln -s ../.. "$disk/block/sda/device"
ln -s "..${disk#"$root/sys"}/block/sda" "$root/sys/block/sda"

exit_is "facts alone are no judgement" 0 "$CUIHUO" origin --json --root "$root"
is "a part has its maker and country" \
  "$(jq -r '.parts[] | select(.id == "pci/0000:03:00.0") | .maker + " " + .country + " " + .certainty' "$TMP/out")" \
  "Marvell US likely"
is "how sure that is stands there in Chinese, too" \
  "$(LC_ALL=C.UTF-8 LANGUAGE=zh_CN "$CUIHUO" origin --root "$root" | grep -c 'Marvell  *US  *很可能 ')" 1
is "and nothing is judged" "$(jq -r 'has("judgement")' "$TMP/out")" false

exit_is "a share that no doubt can lower holds" 0 "$CUIHUO" origin --policy contract-share --json --root "$root"
is "it is computed as the policy defines it" \
  "$(jq -r '.judgement.share | "\(.inside) \(.counted) \(.low_milli_percent)"' "$TMP/out")" "70 85 82352"

exit_is "what no machine can show cannot be told" 4 "$CUIHUO" origin --policy home-product-2026 --root "$root"

printf '%s\n' 'name: mine' 'date: 2026-11-23' 'source: test' 'rules:' \
  '  - {name: usb, class: pci, kind: [USB controller], country: [CN]}' >"$TMP/mine.yaml"
exit_is "a foreign part fails a rule that asks for a domestic one" 1 \
  "$CUIHUO" origin --policy "$TMP/mine.yaml" --root "$root"

sed -i 's/country/kountry/' "$TMP/mine.yaml"
exit_is "a bad policy is bad input" 2 "$CUIHUO" origin --policy "$TMP/mine.yaml" --root "$root"
is "it says where" "$(grep kountry "$TMP/err")" \
  "$TMP/mine.yaml:5:53: unknown key 'kountry'; did you mean 'country'?"

commands=$("$CUIHUO" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
is "no line of the help of a command ends with a blank" \
  "$(for command in $commands; do "$CUIHUO" "$command" --help | grep -n ' $' | sed "s/^/$command: /"; done)" ""
