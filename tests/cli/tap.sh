# shellcheck shell=bash
# Sourced by tests/cli/*.t: TAP lines, a temporary folder, the program.
#
#   plan 3                         how many
#   ok "sentence" COMMAND...       passes when the command succeeds
#   is "sentence" GOT WANT         passes when the two texts are the same
#   exit_is "sentence" CODE COMMAND...    passes on that exit code; output in $TMP/out and $TMP/err
#   skip "sentence" "why"
#
# $CUIHUO is the program, $SOURCE the source tree, $TMP a folder that is removed at the end.
set -u
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CUIHUO=${CUIHUO:-$SOURCE/build/cuihuo}
export LC_ALL=${TEST_LOCALE:-C.UTF-8}
unset LANGUAGE NO_COLOR
TMP=$(mktemp -d "${TMPDIR:-/tmp}/cuihuo-test.XXXXXX")
tap_count=0
tap_failed=0
tap_plan=0
tap_end() {
  local status=$?
  cd / || true
  rm -rf "$TMP"
  if [ "$tap_count" != "$tap_plan" ]; then
    echo "# ran $tap_count of $tap_plan tests"
    exit 1
  fi
  [ "$status" = 0 ] && [ "$tap_failed" = 0 ] || exit 1
}
trap tap_end EXIT

plan() {
  tap_plan=$1
  echo "1..$1"
}

tap_result() { # PASSED SENTENCE
  tap_count=$((tap_count + 1))
  if [ "$1" = 0 ]; then
    echo "ok $tap_count - $2"
  else
    tap_failed=$((tap_failed + 1))
    echo "not ok $tap_count - $2"
    [ -s "$TMP/out" ] && tail -n 15 "$TMP/out" | sed 's/^/#   out: /'
    [ -s "$TMP/err" ] && tail -n 15 "$TMP/err" | sed 's/^/#   err: /'
  fi
}

ok() {
  local sentence=$1
  shift
  "$@" >"$TMP/out" 2>"$TMP/err"
  tap_result $? "$sentence"
}

is() {
  [ "$2" = "$3" ]
  local same=$?
  tap_result "$same" "$1"
  [ "$same" = 0 ] || printf '#   got:  %s\n#   want: %s\n' "$2" "$3"
}

exit_is() {
  local sentence=$1 want=$2
  shift 2
  "$@" >"$TMP/out" 2>"$TMP/err" </dev/null
  local got=$?
  [ "$got" = "$want" ]
  local same=$?
  tap_result "$same" "$sentence"
  [ "$same" = 0 ] || echo "#   exit code $got, wanted $want: $*"
}

skip() {
  tap_count=$((tap_count + 1))
  echo "ok $tap_count - $1 # SKIP $2"
}
