# shellcheck shell=bash
# Sourced by certify.t and verify.t: a run of a second that passed on this machine, a bench key and the
# trust file that lists it. Sets nothing but files in $TMP:
#   small.yaml pw bench.key bench.trust pass/
cd "$TMP" || exit 3
profile() { # NAME [LINE...]: a bench profile of one second
  printf '%s\n' "name: $1" "version: 1" "stage: bench" "blind: allowed" "title: {en: $1, zh: $1}" \
    "steps:" "  - {name: whole, kernel: cpu.integer, duration: 1s, min-work: 1}" \
    "guard:" "  - {metric: temperature, throttle: 98C, stop: 105C}" "${@:2}" >"$1.yaml"
}
profile small
echo "quench" >pw
"$CUIHUO" key make bench.key --bench --password-file pw --trust bench.trust >/dev/null || exit 3
"$CUIHUO" run small.yaml --serial SN42 --out pass >scene.log 2>&1 || { cat scene.log; exit 3; }
certify() { "$CUIHUO" certify "$@" --key bench.key --password-file pw; }
verify() { "$CUIHUO" verify "$@"; }
