#!/usr/bin/env bash
# key: private keys are encrypted and private, ids say what a key is for, trust files are guarded.
. "$(dirname "$0")/tap.sh"
plan 34
cd "$TMP" || exit 3
printf 'quench 1\nsecond line\n' >pw
printf 'other\n' >wrong
: >empty

# What a person types when asked; script(1) lends the terminal and writes what it shows to tty.out.
asked() { # TIMES: until so many prompts are on the terminal
  for _ in $(seq 200); do
    [ "$(grep -ao 'tty2\?\.key.: ' tty.out 2>/dev/null | wc -l)" -ge "$1" ] && return
    sleep 0.05
  done
}
typed() { # FIRST SECOND COMMAND...
  local first=$1 second=$2
  shift 2
  : >tty.out
  (asked 1; printf '%s\r' "$first"; asked 2; printf '%s\r' "$second"; sleep 0.4) |
    script -qec "$*" /dev/null >tty.out 2>&1
}

ok "key make makes a key" "$CUIHUO" key make a.key --password-file pw
is "it says its id, algorithm and use" "$(grep -cE '^key [0-9a-f]{16}, algorithm sm2, use product$' "$TMP/out")" 1
is "the private half is for its owner only" "$(stat -c %a a.key)" 600
ok "the private half is encrypted" grep -q 'BEGIN ENCRYPTED PRIVATE KEY' a.key
ok "the public half stands beside it" grep -q 'BEGIN PUBLIC KEY' a.key.pub
exit_is "a key is never overwritten" 2 "$CUIHUO" key make a.key --password-file pw
exit_is "an empty password is refused" 2 "$CUIHUO" key make b.key --password-file empty
is "nothing is left behind then" "$(ls b.key* 2>/dev/null)" ""
exit_is "without file and terminal there is no password" 2 setsid -w "$CUIHUO" key make b.key
ok "a descriptor can carry the password" bash -c '"$1" key show a.key --password-file /dev/fd/7 7<pw' _ "$CUIHUO"
exit_is "a wrong password does not open the key" 2 "$CUIHUO" key show a.key --password-file wrong
is "both halves have one id" "$("$CUIHUO" key show a.key --password-file pw)" "$("$CUIHUO" key show a.key.pub)"
is "the id is the head of SM3 over the public key" \
  "$("$CUIHUO" key show a.key.pub --json | sed 's/.*"sm3":"\([0-9a-f]*\)".*/\1/')" \
  "$(openssl pkey -pubin -in a.key.pub -outform DER | openssl dgst -sm3 -r | cut -d' ' -f1)"
ok "openssl reads the private half" openssl pkey -in a.key -passin pass:'quench 1' -noout
if script -qec true /dev/null >/dev/null 2>&1; then
  typed 'tty pw' 'tty pw' "$CUIHUO" key make tty.key
  is "the terminal does not show the password" "$(grep -c 'tty pw' tty.out)" 0
  printf 'tty pw' >tty.pw
  ok "the password typed twice is the one" "$CUIHUO" key show tty.key --password-file tty.pw
  typed 'tty pw' 'tty qw' "$CUIHUO" key make tty2.key
  is "two different passwords make no key" "$(ls tty2.key* 2>/dev/null)" ""
else
  skip "the terminal does not show the password" "no script(1) or no terminal to lend"
  skip "the password typed twice is the one" "no script(1) or no terminal to lend"
  skip "two different passwords make no key" "no script(1) or no terminal to lend"
fi
ok "ed25519 is an option" "$CUIHUO" key make e.key --algorithm ed25519 --bench --password-file pw \
  --trust bench.trust --name "this bench"
is "the id of a bench key begins with be" "$(grep -cE '^key be[0-9a-f]{14}, algorithm ed25519, use bench$' "$TMP/out")" 1
ok "its trust entry is for stage bench" grep -q '"bench"' bench.trust
exit_is "it cannot be trusted for another stage" 2 "$CUIHUO" key trust e.key.pub --trust x.trust --name x --stage mass
exit_is "another key cannot be trusted for stage bench" 2 "$CUIHUO" key trust a.key.pub --trust x.trust --name x --stage bench
ok "a second key joins a trust file" "$CUIHUO" key trust a.key.pub --trust bench.trust --name 一号线 \
  --stage batch,mass --until 2031-01-01T00:00:00Z
exit_is "a key joins a trust file once" 2 "$CUIHUO" key trust a.key.pub --trust bench.trust --name again --stage mass
sed -i 's/"until"/"untill"/' bench.trust
exit_is "a misspelt trust file is not written over" 2 "$CUIHUO" key trust tty.key.pub --trust bench.trust --name x --stage mass
exit_is "a key that cannot be listed as asked is refused" 2 "$CUIHUO" key make c.key --password-file pw \
  --trust nowhere/x.trust --name x --stage mass
is "it names the trust file, not one beside it" "$(grep -c "'nowhere/x.trust'" "$TMP/err")" 1
is "and no key is left, so that the same can be said again" "$(ls c.key* 2>/dev/null)" ""
# A folder that cannot be synced once the trust file is in its place.
cat >sick.c <<'C'
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
int fsync(int fd)
{
	int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
	struct stat what;

	if (fstat(fd, &what) == 0 && S_ISDIR(what.st_mode) && access(getenv("SICK"), F_OK) == 0)
		return errno = EIO, -1;
	return next(fd);
}
C
if "${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -o sick.so sick.c -ldl 2>/dev/null; then
  exit_is "a trust file that may not outlive a power cut is a fault of the station" 3 \
    env SICK=sick.trust LD_PRELOAD="$TMP/sick.so" ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0" \
    "$CUIHUO" key make d.key --password-file pw --trust sick.trust --name x --stage mass
  is "but the key that it lists already stays" \
    "$("$CUIHUO" key show d.key.pub | grep -c "$(jq -r '.keys[0].keyid' sick.trust)")" 2
else
  skip "a trust file that may not outlive a power cut is a fault of the station" "no compiler"
  skip "but the key that it lists already stays" "no compiler"
fi
setsid -w "$CUIHUO" key trust a.key --trust x.trust --name x --stage mass >"$TMP/out" 2>"$TMP/err" </dev/null
is "a private key is no public one, and nobody is asked for its password" "$? $(wc -l <"$TMP/err")" "2 1"
is "it says where that is" "$(grep -c 'beside the private one, as .pub' "$TMP/err")" 1
printf 'quench\0hardened\n' >zero
exit_is "a password with a zero byte is refused, not cut there" 2 "$CUIHUO" key make z.key --password-file zero
is "and makes no key" "$(ls z.key* 2>/dev/null)" ""
