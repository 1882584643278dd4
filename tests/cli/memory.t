#!/usr/bin/env bash
# How much memory is taken, what of it counts, and that nobody is ended for it.
. "$(dirname "$0")/tap.sh"
plan 11
cd "$TMP" || exit 1
chmod 755 .

profile() { # NAME STAGE MORE: a step over memory
  cat >"$1.yaml" <<YAML
name: $1
version: 1
stage: $2
title: {en: Memory, zh: 内存}
scalable: yes
blind: allowed
blind-approver: QA
steps:
  - {name: memory, kernel: mem.march, duration: 2s, floor: 1s, $3}
YAML
}
step() { jq -r ".outcomes[0] | $2" "$1/record.json"; }
reasons() { jq -r '.reasons[].code' "$1/verdict.json"; }

named() { sed -n '/^### What is wrong elsewhere/,/^## /p' "$SOURCE/docs/kernels.md" | grep -o '`[a-z0-9_]*`' | tr -d '`'; }
is "every defect of other testers has tests here, and they are there" \
  "$(named | while read -r test; do grep -qs "^START_TEST($test)" "$SOURCE"/tests/unit/*.c || echo "$test"; done; named | wc -l)" 14

profile some bench 'bytes: 64MiB, min-coverage: 90%'
exit_is "less memory than the profile's least is no pass" 4 "$CUIHUO" run ./some.yaml --out some
is "and the verdict says so" "$(reasons some)" coverage-too-small
is "all of the 64 MiB was verified" "$(step some '[.workers[].distinct_bytes] | add')" $((64 << 20))

# --- without rights -------------------------------------------------------------------------------
nobody=(prlimit "--memlock=65536:65536")
[ "$(id -u)" != 0 ] || nobody+=(setpriv --reuid=65534 --clear-groups)
mkdir theirs && chmod 777 theirs
profile plain bench 'bytes: 64MiB'
ok "with leave to lock 64 KiB memory is tested all the same" \
  "${nobody[@]}" "$CUIHUO" run ./plain.yaml --out theirs/plain
is "all of it, by virtual address only" \
  "$(step theirs/plain '"\([.workers[].distinct_bytes] | add) \(.frames)"')" "$((64 << 20)) null"
profile many batch 'bytes: 64MiB, min-coverage: 0.1%'
"${nobody[@]}" "$CUIHUO" run ./many.yaml --out theirs/many --serial S1 --lot L1 >out 2>err
is "a batch does not accept that" "$(reasons theirs/many | grep -x coverage-virtual)" coverage-virtual

# --- in a control group ---------------------------------------------------------------------------
group='' limit='' killed=''
if grep -q '^0::' /proc/self/cgroup && [ -w /sys/fs/cgroup/cgroup.subtree_control ] &&
  grep -qw memory /sys/fs/cgroup/cgroup.subtree_control; then
  group=/sys/fs/cgroup/cuihuo-test.$$ limit=memory.max killed=memory.events
elif path=$(sed -n 's/^[0-9]*:\(.*,\)\?memory\(,.*\)\?:\//\//p' /proc/self/cgroup) && [ "$path" ]; then
  group=/sys/fs/cgroup/memory$path/cuihuo-test.$$
  limit=memory.limit_in_bytes killed=memory.oom_control
fi
if [ -z "$group" ] || ! mkdir "$group" 2>/dev/null; then
  for sentence in takes leaves nobody coverage; do skip "in a group, $sentence" "no group to make"; done
  exit
fi
trap 'rmdir "$group"; tap_end' EXIT
echo 700M >"$group/$limit"
profile all bench 'memory: 100%'
in_group() {
  echo "$BASHPID" >"$group/cgroup.procs"
  "$CUIHUO" run ./all.yaml --out all
}
ok "a step takes what its control group has left" eval '(in_group)'
bytes=$(step all '[.workers[].distinct_bytes] | add')
ok "much of it" test "$bytes" -gt $((100 << 20))
ok "less than the reserve of 512 MiB leaves" test "$bytes" -le $((188 << 20))
is "and the kernel ended nobody" "$(awk '$1 == "oom_kill" { print $2 }' "$group/$killed")" 0
