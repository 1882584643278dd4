#!/usr/bin/env bash
# A real run whose disk answers every fsync after ten seconds, on a machine whose cpu sensor is ours:
# the watcher must stop the load all the same.
source "$(dirname "${BASH_SOURCE[0]}")/tap.sh"
plan 5

class=$TMP/class
sensor=$class/hwmon/hwmon0/temp1_input
mkdir -p "$class/hwmon/hwmon0"
echo k10temp >"$class/hwmon/hwmon0/name"
echo 50000 >"$sensor"
cat >"$TMP/guarded.yaml" <<'YAML'
name: guarded
version: 1
stage: bench
title: {en: Guarded, zh: 有保护}
guard:
  - {metric: temperature, stop: 90C, hold: 0s, silent: 10s}
steps:
  - {name: heat, kernel: cpu.integer, duration: 50s}
YAML

# While $TMP/slow is there, an fsync takes ten seconds and says so in $TMP/waiting.
cat >"$TMP/slow.c" <<'C'
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
static int slow(const char *name, int fd)
{
	int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);

	if (access(getenv("SLOW"), F_OK) == 0) {
		close(open(getenv("WAITING"), O_WRONLY | O_CREAT, 0600));
		usleep(10000000);
		unlink(getenv("WAITING"));
	}
	return next(fd);
}
int fsync(int fd) { return slow("fsync", fd); }
int fdatasync(int fd) { return slow("fdatasync", fd); }
C
why=
"${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -o "$TMP/slow.so" "$TMP/slow.c" -ldl || why="no compiler"
space=(unshare -m)
[ "$(id -u)" = 0 ] || space=(unshare -rm)
cover='mount --bind "$0" /sys/class && exec "$@"'
"${space[@]}" sh -c "$cover" "$class" true 2>/dev/null || why="no mount namespace is allowed here"
if [ -n "$why" ]; then
  for sentence in 1 2 3 4 5; do skip "the guard under a slow disk, $sentence" "$why"; done
  exit
fi

export SLOW=$TMP/slow WAITING=$TMP/waiting
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:verify_asan_link_order=0
"${space[@]}" sh -c "$cover" "$class" env LD_PRELOAD="$TMP/slow.so" "$CUIHUO" run "$TMP/guarded.yaml" \
  --out "$TMP/run" >"$TMP/out" 2>"$TMP/err" </dev/null &
runner=$!

wait_for() { # SECONDS COMMAND...
  local left=$(($1 * 100))
  shift
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.01
  done
}
# The process of the step, while its workers burn.
burning() {
  local file line
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || continue
    [[ $line =~ \(cuihuo-step\)\ ([A-Z])\ $runner\  ]] && [ "${BASH_REMATCH[1]}" != Z ] && return 0
  done
  return 1
}
cool() { ! burning; }

ok "the load runs" wait_for 20 burning
sleep 1.5
touch "$SLOW"
ok "the runner waits for its disk" wait_for 5 test -e "$WAITING"
start=$(date +%s%N)
echo 96000 >"$sensor"
wait_for 9 cool
took=$((($(date +%s%N) - start) / 1000000))
# Two samples are one second; the last fifth is for this script to see it.
echo "# the load ended after $took ms"
ok "the load ends within two samples of the heat" test "$took" -lt 1200
ok "while the runner still waits" test -e "$WAITING"
rm -f "$SLOW"
wait "$runner"
is "the run ends as stopped by the guard" $? 5
