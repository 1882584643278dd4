# shellcheck shell=bash
# Sourced: a userland of Debian 11 (glibc 2.31, gcc 10, OpenSSL 1.1.1) in build-cache, and commands in it.
#
#   userland NAME [PACKAGE...]              its folder is build-cache/NAME; minbase, and these packages
#   userland_arm64 NAME [PACKAGE...]        the same for Armv8: unpacked, not configured
#   userland_run NAME [VAR=VALUE...] COMMAND...     in a chroot; /work there is $USERLAND_WORK; QEMU_CPU=...
#                                           names the emulated processor of an Armv8 one
#   userland_emulate ARCH COMMAND...        programs of aarch64 or loongarch64 start as this system's own
#   userland_possible                       says why not, where this user may not chroot
#   userland_arm64_possible                 says why not, where no emulator can be registered for it alone
#
# Mounts are made in a mount namespace of their own and end with it: nothing stays mounted when a test is
# interrupted, and no folder with a live mount can be removed. The emulator is registered in a user
# namespace of its own (Linux 6.7): this system does not come to start programs of other architectures.
cache=$PWD/build-cache

userland_possible() {
  [ "$(id -u)" = 0 ] || { echo "only root may unpack and enter a system with debootstrap and chroot"; return 1; }
  unshare --mount true 2>/dev/null || { echo "mount namespaces are not permitted here"; return 1; }
}

userland_arm64_possible() {
  userland_possible || return
  unshare --user --map-root-user --mount mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc 2>/dev/null ||
    { echo "an emulator cannot be registered in a user namespace; Linux 6.7 and newer can"; return 1; }
}

# Says whether there is nothing left to do; else the folder is empty.
userland_is_ready() { # NAME PACKAGE...
  local folder=$cache/$1
  shift
  [ "$(cat "$folder/.done" 2>/dev/null)" = "bullseye $*" ] && return 0
  # A folder on which something is mounted is somebody else's business.
  ! grep -q " $folder/" /proc/self/mounts || { echo "userland: something is mounted below $folder" >&2; exit 3; }
  rm -rf --one-file-system "$folder"
  return 1
}

userland_debootstrap() { # NAME OPTION...
  local folder=$cache/$1 uri
  shift
  uri=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' | awk '$1 == "Debian" { print $2; exit }')
  debootstrap --variant=minbase "$@" bullseye "$folder" "${uri%/}" >"$folder.log" 2>&1 ||
    { tail -n 5 "$folder.log" >&2; return 3; }
}

userland() {
  local name=$1 folder=$cache/$1
  userland_is_ready "$@" && return 0
  shift
  userland_debootstrap "$name" || return
  if [ $# -gt 0 ]; then
    userland_run "$name" DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
      >>"$folder.log" 2>&1 || { tail -n 5 "$folder.log" >&2; return 3; }
  fi
  echo "bullseye $*" >"$folder/.done"
}

# Configuring packages under emulation takes minutes; what they bring is there without, but for the users.
userland_arm64() {
  local name=$1 folder=$cache/$1 packages package
  userland_is_ready "$@" && return 0
  shift
  tools/sysroot amd64 bookworm-backports "$cache/qemu" qemu-user
  packages=$*
  userland_debootstrap "$name" --foreign --arch=arm64 ${packages:+--include="${packages// /,}"} || return
  for package in "$folder"/var/cache/apt/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder" --keep-directory-symlink --no-same-owner || return
  done
  rm -f "$folder"/var/cache/apt/archives/*.deb "$folder/proc"
  mkdir -p "$folder"/{proc,tmp,root}
  tools/relative-links "$folder"
  cp "$folder/usr/share/base-passwd/passwd.master" "$folder/etc/passwd"
  cp "$folder/usr/share/base-passwd/group.master" "$folder/etc/group"
  echo aarch64 >"$folder/.architecture"
  echo "bullseye $*" >"$folder/.done"
}

# F: the kernel opens the emulator now, so that no chroot needs to have it; P: argv[0] is kept.
userland_emulate() { # ARCH COMMAND...
  local arch=$1 machine
  shift
  case $arch in
    aarch64) machine='\xb7\x00' ;;
    loongarch64) machine='\x02\x01' ;;
  esac
  # shellcheck disable=SC2016  # for the inner shell
  unshare --user --map-root-user --mount bash -euc '
    registry=/proc/sys/fs/binfmt_misc name=$1 machine=$2 emulator=$3
    shift 3
    mount -t binfmt_misc binfmt_misc "$registry"
    magic="\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00$machine"
    mask="\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff"
    printf "%s" ":$name:M::$magic:$mask:$emulator:FP" >"$registry/register"
    exec "$@"
  ' bash "$arch" "$machine" "$cache/qemu/usr/bin/qemu-$arch" "$@"
}

userland_run() {
  local folder=$cache/$1 start=()
  shift
  mkdir -p "$folder/work"
  [ ! -e "$folder/.architecture" ] || start=(userland_emulate "$(cat "$folder/.architecture")")
  # shellcheck disable=SC2016  # for the inner shell
  "${start[@]}" unshare --mount --pid --fork --kill-child bash -euc '
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
