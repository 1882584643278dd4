# shellcheck shell=bash
# Sourced: a userland of Debian 11 (glibc 2.31, gcc 10, OpenSSL 1.1.1) in build-cache, and commands in it.
#
#   userland NAME [PACKAGE...]              its folder is build-cache/NAME; minbase, and these packages
#   userland_run NAME [VAR=VALUE...] COMMAND...     in a chroot; /work there is $USERLAND_WORK
#   userland_possible                       says why not, where this user may not chroot
#
# Mounts are made in a mount namespace of their own and end with it: nothing stays mounted when a test is
# interrupted, and no folder with a live mount can be removed.
cache=$PWD/build-cache

userland_possible() {
  [ "$(id -u)" = 0 ] || { echo "skipped: only root may unpack and enter a system with debootstrap and chroot"; return 1; }
  unshare --mount true 2>/dev/null || { echo "skipped: mount namespaces are not permitted here"; return 1; }
}

userland() {
  local folder=$cache/$1 uri
  shift
  [ "$(cat "$folder/.done" 2>/dev/null)" = "bullseye $*" ] && return 0
  # A folder on which something is mounted is somebody else's business.
  ! grep -q " $folder/" /proc/self/mounts || { echo "userland: something is mounted below $folder" >&2; return 3; }
  rm -rf --one-file-system "$folder"
  uri=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' | awk '$1 == "Debian" { print $2; exit }')
  debootstrap --variant=minbase bullseye "$folder" "${uri%/}" >"$folder.log" 2>&1 || { tail -n 5 "$folder.log" >&2; return 3; }
  if [ $# -gt 0 ]; then
    userland_run "${folder##*/}" DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
      >>"$folder.log" 2>&1 || { tail -n 5 "$folder.log" >&2; return 3; }
  fi
  echo "bullseye $*" >"$folder/.done"
}

userland_run() {
  local folder=$cache/$1
  shift
  mkdir -p "$folder/work"
  # shellcheck disable=SC2016  # for the inner shell
  unshare --mount --pid --fork --kill-child bash -euc '
    folder=$1 work=$2
    shift 2
    mount --make-rprivate /
    mount -t tmpfs tmpfs "$folder/tmp"
    mount -t tmpfs tmpfs "$folder/root"
    mount --bind "$work" "$folder/work"
    mount -t proc proc "$folder/proc"
    mount --rbind /sys "$folder/sys"
    mount --rbind /dev "$folder/dev"
    exec chroot "$folder" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb "$@"
  ' bash "$folder" "${USERLAND_WORK:-$PWD}" "$@"
}
