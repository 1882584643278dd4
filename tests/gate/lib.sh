# shellcheck shell=bash
# Sourced by the gates. Each gate is `tests/gate/NAME [TREE]`: it looks at the source tree TREE (this
# one by default), prints every violation as FILE:LINE: what, or one line `gate NAME: ok`.
#
#   violation "FILE:LINE: what"    counts and prints
#   code DIR...                    the code of all C files below, as FILE:LINE:CODE (source.awk)
#   gate_end                       the last word; exit 1 when there was a violation
#
# Called in a pipe, violation would count in a subshell: feed loops by < <(...).
set -u
GATE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
gate=$(basename "$0")
tree=${1:-$GATE/../..}
cd "$tree" || exit 3
export LC_ALL=C
violations=0

violation() {
  violations=$((violations + 1))
  printf '%s\n' "$1"
}

code() {
  local folders=()
  for folder in "$@"; do
    [ -d "$folder" ] && folders+=("$folder")
  done
  [ ${#folders[@]} -gt 0 ] || return 0
  find "${folders[@]}" -name '*.[ch]' | sort | xargs -r awk -f "$GATE/source.awk"
}

gate_end() {
  if [ "$violations" = 0 ]; then
    echo "gate $gate: ok"
    exit 0
  fi
  echo "gate $gate: $violations violations"
  exit 1
}
