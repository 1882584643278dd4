#!/usr/bin/env bash
# The package lists are data in good form, and the right column is picked.
. "$(dirname "$0")/tap.sh"
plan 8
table=$SOURCE/packaging/packages.tsv
rows() { grep -v '^#' "$table"; }
list() { # ID NAME USE...: what would be installed on that system
  printf 'ID=%s\nNAME="%s"\n' "$1" "$2" >"$TMP/os-release"
  OS_RELEASE=$TMP/os-release NEEDS_ONLY_LIST=1 "$SOURCE/packaging/needs" "${@:3}"
}

is "every row has the columns of the head" "$(rows | awk -F'\t' 'NR == 1 { n = NF } NF != n' | wc -l)" 0
is "the systems of the plants have a column" "$(rows | head -n 1 | cut -f3- | tr '\t' ' ')" \
  "debian kylin-desktop uos-desktop openeuler kylin-server"
is "every use is build, run, test, dist, ci, lab or bench" \
  "$(rows | tail -n +2 | cut -f2 | grep -cvxE 'build|run|test|dist|ci|lab|bench')" 0
is "every package name has the form of one" \
  "$(rows | tail -n +2 | cut -f3- | tr '\t' '\n' | grep -cvxE '[A-Za-z0-9][A-Za-z0-9.+_-]+|-')" 0
is "no need is listed twice" "$(rows | cut -f1 | sort | uniq -d | wc -l)" 0
is "every column can build" "$(for i in 3 4 5 6 7; do rows | awk -F'\t' -v i=$i '$2 == "build" && $i == "-"'; done | wc -l)" 0
ok "Kylin server gets the dnf names" grep -qx pciutils-devel <(list kylin "Kylin Linux Advanced Server" build)
ok "Kylin desktop gets the apt names" grep -qx libpci-dev <(list kylin "Kylin" build)
