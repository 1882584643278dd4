# shellcheck shell=bash
# Words for describing a machine; tests/roots/build sources this and then one description.
# Everything is made below $R. Descriptions are written from published facts about real machines;
# serials, addresses and the like are made up.
#
#   text PATH LINE...              a file of lines
#   bytes PATH HEX...              a file of bytes, in hex; blanks do not matter
#   link PATH TARGET               a symbolic link
#   facts LINE...                  what is no file (docs/formats/capture.md)
#   cpus TOTAL PACKAGE THREADS     topology files: cpus in all, in a package, in a core
#   cache INDEX LEVEL TYPE SIZE SHARED    for every cpu; SHARED cpus share one
#   nodes COUNT KIB                NUMA nodes of equal size
#   dmi TYPE HANDLE FIELD... [-- TEXT...]  one SMBIOS structure; FIELD is hex bytes as they stand in
#                                  memory (so a word 0x1234 is 3412); texts may hold any bytes
#   dmi_write MAJOR MINOR          the table and its entry point, when all structures are there
#   pci PATH VENDOR DEVICE CLASS REVISION [SETTING...]    PATH below sys/devices, its last component
#                                  the address; class has six digits. subsystem=VVVV:DDDD driver=NAME
#                                  link=MAX_CODE,MAX_WIDTH,CODE,WIDTH (codes of the LNKCAP register)
#   hwmon PATH NAME FILE=VALUE...  a chip below sys/devices, linked from sys/class/hwmon
#   class_link CLASS PATH          sys/class/CLASS/NAME -> the folder PATH below sys/devices

folder_of() { [ -d "${1%/*}" ] || mkdir -p "${1%/*}"; }

text() {
  local path=$R/$1
  shift
  folder_of "$path"
  printf '%s\n' "$@" >"$path"
}

put_hex() { # HEX, to standard output as bytes
  local hex=${1//[[:space:]]/} out='' i
  for ((i = 0; i < ${#hex}; i += 2)); do out+="\\x${hex:i:2}"; done
  # shellcheck disable=SC2059  # the format is made of \xHH only
  printf "$out"
}

bytes() {
  local path=$R/$1
  shift
  folder_of "$path"
  put_hex "$*" >"$path"
}

link() {
  folder_of "$R/$1"
  ln -s "$2" "$R/$1"
}

facts() { printf '%s\n' "$@" >"$R/facts"; }

up() { # the ../ that lead from the folder of PATH to the root
  local path=${1%/*} out=''
  while [ -n "$path" ]; do
    out+=../
    case $path in */*) path=${path%/*} ;; *) path='' ;; esac
  done
  printf '%s' "$out"
}

class_link() { link "sys/class/$1/${2##*/}" "$(up "sys/class/$1/x")sys/devices/$2"; }

# --- processors -----------------------------------------------------------------------------------
mask() { # FIRST COUNT: into $mask a bitmap of $cpu_total bits, as the kernel writes it
  local words=$(((cpu_total + 31) / 32)) i first last value word
  mask=''
  for ((i = words - 1; i >= 0; i--)); do
    first=$(($1 - i * 32)) last=$(($1 + $2 - i * 32)) # last is one behind
    ((first > 0)) || first=0
    ((last < 32)) || last=32
    value=$((last > first ? ((1 << last) - 1) & ~((1 << first) - 1) : 0))
    printf -v word '%08x' $value
    mask+=${mask:+,}$word
  done
}

cpus() {
  local cpu top=() package_mask core_mask base=$R/sys/devices/system/cpu
  cpu_total=$1
  text sys/devices/system/cpu/online "0-$(($1 - 1))"
  text sys/devices/system/cpu/possible "0-$(($1 - 1))"
  text sys/devices/system/cpu/present "0-$(($1 - 1))"
  for ((cpu = 0; cpu < $1; cpu++)); do top+=("$base/cpu$cpu/topology"); done
  mkdir -p "${top[@]}"
  for ((cpu = 0; cpu < $1; cpu++)); do
    if ((cpu % $2 == 0)); then mask "$cpu" "$2" && package_mask=$mask; fi
    if ((cpu % $3 == 0)); then mask "$cpu" "$3" && core_mask=$mask; fi
    echo $((cpu / $2)) >"$base/cpu$cpu/topology/physical_package_id"
    echo $((cpu % $2 / $3)) >"$base/cpu$cpu/topology/core_id"
    echo "$package_mask" >"$base/cpu$cpu/topology/package_cpus"
    echo "$core_mask" >"$base/cpu$cpu/topology/core_cpus"
  done
}

cache() {
  local cpu folders=() base=$R/sys/devices/system/cpu
  for ((cpu = 0; cpu < cpu_total; cpu++)); do folders+=("$base/cpu$cpu/cache/index$1"); done
  mkdir -p "${folders[@]}"
  for ((cpu = 0; cpu < cpu_total; cpu++)); do
    if ((cpu % $5 == 0)); then mask "$cpu" "$5"; fi
    echo "$2" >"${folders[cpu]}/level"
    echo "$3" >"${folders[cpu]}/type"
    echo "$4" >"${folders[cpu]}/size"
    echo 64 >"${folders[cpu]}/coherency_line_size"
    echo "$mask" >"${folders[cpu]}/shared_cpu_map"
  done
}

nodes() {
  local node each=$((cpu_total / $1))
  text sys/devices/system/node/online "0-$(($1 - 1))"
  text sys/devices/system/node/possible "0-$(($1 - 1))"
  for ((node = 0; node < $1; node++)); do
    mask $((node * each)) "$each"
    text "sys/devices/system/node/node$node/cpumap" "$mask"
    text "sys/devices/system/node/node$node/meminfo" "Node $node MemTotal:       $2 kB"
  done
}

# --- SMBIOS ---------------------------------------------------------------------------------------
dmi_table=''
dmi() {
  local type=$1 handle=$2 fixed='' texts='' one byte i head
  shift 2
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    fixed+=$1
    shift
  done
  [ $# = 0 ] || shift
  for one in "$@"; do # in the C locale a character is a byte, and its number may be negative
    for ((i = 0; i < ${#one}; i++)); do
      printf -v byte '%d' "'${one:i:1}"
      printf -v byte '%02x' $((byte & 255))
      texts+=$byte
    done
    texts+=00
  done
  printf -v head '%02x%02x%02x%02x' "$type" $((4 + ${#fixed} / 2)) $((handle & 255)) $((handle >> 8))
  dmi_table+=$head$fixed${texts:-00}00
}

dmi_write() {
  local size=$((${#dmi_table} / 2)) entry sum=0 i
  bytes sys/firmware/dmi/tables/DMI "$dmi_table"
  entry=$(printf '5f534d335f00%02x%02x%02x000100%02x%02x0000%016x' 24 "$1" "$2" $((size & 255)) \
    $((size >> 8)) 0)
  for ((i = 0; i < ${#entry}; i += 2)); do sum=$((sum + 0x${entry:i:2})); done
  entry=${entry:0:10}$(printf '%02x' $((-sum & 255)))${entry:12}
  bytes sys/firmware/dmi/tables/smbios_entry_point "$entry"
}

# --- devices --------------------------------------------------------------------------------------
swap16() { printf '%s' "${1:2:2}${1:0:2}"; }

pci() {
  local place=$1 path=sys/devices/$1 address=${1##*/} vendor=$2 device=$3 class=$4 revision=$5
  local subsystem=0000:0000 driver='' lanes='' setting head type=00 cap=00 caps=''
  shift 5
  for setting in "$@"; do
    case $setting in
      subsystem=*) subsystem=${setting#*=} ;;
      driver=*) driver=${setting#*=} ;;
      link=*) lanes=${setting#*=} ;;
    esac
  done
  text "$path/vendor" "0x$vendor"
  text "$path/device" "0x$device"
  text "$path/class" "0x$class"
  [ "${class:0:4}" != 0604 ] || type=01
  if [ -n "$lanes" ]; then
    # A PCI Express capability (id 10h) at 40h: LNKCAP at +0ch, LNKSTA at +12h.
    local max_code max_width code width
    IFS=, read -r max_code max_width code width <<<"$lanes"
    cap=40
    caps=1000 caps+=0200 caps+=0000000000000000
    caps+=$(printf '%02x%02x0000' $((max_code | (max_width & 15) << 4)) $((max_width >> 4)))
    caps+=0000$(printf '%02x%02x' $((code | (width & 15) << 4)) $((width >> 4)))
  fi
  head=$(swap16 "$vendor")$(swap16 "$device")0000
  if [ $cap = 40 ]; then head+=1000; else head+=0000; fi
  head+=$revision${class:4:2}${class:2:2}${class:0:2}0000${type}00
  head+=$(printf '%056d' 0)
  if [ $type = 00 ]; then
    head+=$(swap16 "${subsystem%:*}")$(swap16 "${subsystem#*:}")00000000${cap}00000000000000
    head+=00000000
  else
    head+=0000000000000000${cap}00000000000000
    head+=00000000
  fi
  head+=$caps
  head+=$(printf '%0*d' $((512 - ${#head})) 0)
  bytes "$path/config" "$head"
  link "sys/bus/pci/devices/$address" "../../../devices/$place"
  [ -z "$driver" ] || link "$path/driver" "$(up "$path/driver")sys/bus/pci/drivers/$driver"
}

hwmon() {
  local path=$1 setting
  text "sys/devices/$path/name" "$2"
  class_link hwmon "$path"
  shift 2
  for setting in "$@"; do text "sys/devices/$path/${setting%%=*}" "${setting#*=}"; done
}
