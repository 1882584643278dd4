#!/usr/bin/env bash
# net.pair from a profile to the record: two ports and a cable, in a network namespace made here.
if [ "${1:-}" != inside ]; then
  for how in "-nm" "-Urnm"; do
    unshare $how true 2>/dev/null && exec unshare $how bash "$0" inside
  done
  printf '1..1\nok 1 - network ports # SKIP no network namespace is allowed here\n'
  exit 0
fi
. "$(dirname "$0")/tap.sh"
PATH=$PATH:/usr/sbin:/sbin
if ! mount -t sysfs sysfs /sys || ! ip link add porta type veth peer name portb ||
    ! ip link set porta up || ! ip link set portb up; then
  plan 1
  ok "network ports # SKIP no ports can be made here" true
  exit 0
fi
plan 11

profile() { # NAME STEP...
  printf '%s\n' "name: $1" 'version: 1' 'stage: bench' 'title: {en: Cable, zh: 网线}' 'blind: allowed' 'steps:' \
    "${@:2}" >"$TMP/$1.yaml"
}
profile cable '  - {name: bare, kernel: net.pair, from: porta, to: portb, duration: 2s}' \
  '  - {name: udp, kernel: net.pair, from: porta, to: portb, duration: 2s, params: {packet: udp}}' \
  '  - {name: tcp, kernel: net.pair, from: portb, to: porta, duration: 2s, params: {packet: tcp}}'
profile pulled '  - {name: bare, kernel: net.pair, from: porta, to: portb, duration: 8s}'

exit_is "two ports with a cable pass" 0 "$CUIHUO" run "$TMP/cable.yaml" --out "$TMP/good"
exit_is "the record is there" 0 "$CUIHUO" record "$TMP/good"
is "each step came to its end" "$(jq -c '[.outcomes[].kind]' "$TMP/out")" '["done","done","done"]'
is "and compared what came" "$(jq '[.outcomes[] | select(.work > 100000)] | length' "$TMP/out")" 3

"$CUIHUO" run "$TMP/pulled.yaml" --out "$TMP/bad" >"$TMP/said" 2>&1 &
for _ in $(seq 100); do
  "$CUIHUO" status "$TMP/bad" >"$TMP/status" 2>/dev/null && grep -q bare "$TMP/status" && break
  sleep 0.1
done
sleep 1
ip link set portb down
wait $!
is "a cable that is pulled fails the run" $? 1
exit_is "that is in the record" 0 "$CUIHUO" record "$TMP/bad"
is "as frames that were lost" \
  "$(jq '[.findings[] | select(.code == "net-mismatch" and .evidence.fault == "lost")] | length > 0' "$TMP/out")" true
ip link set portb up

skipped() { "$CUIHUO" plan "$TMP/pulled.yaml" --out "$TMP" | grep -c "bare .*skipped: $1"; }
is "a port without a user is planned" "$(skipped '')" 0
ip address add 192.0.2.1/32 dev portb
is "one with an address is not" "$(skipped 'port portb is left alone: it has an address')" 1
ip address flush dev portb
ip address add 192.0.2.1/24 dev porta
ip route add default via 192.0.2.2
is "nor is one of the default route" "$(skipped 'port porta is left alone: the default route goes through it')" 1
exit_is "and a run does not use it" 4 "$CUIHUO" run "$TMP/pulled.yaml" --out "$TMP/left"
