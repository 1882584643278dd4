# shellcheck shell=bash
# Words for describing a machine; tests/roots/build sources this and then one description.
# Everything is made below $R. Descriptions are written from published facts about real machines;
# serials, addresses and the like are made up.
#
#   text PATH LINE...              a file of lines
#   bytes PATH HEX...              a file of bytes, in hex; blanks do not matter
#   link PATH TARGET               a symbolic link
#   facts LINE...                  what is no file (docs/formats/capture.md)
#   arm_cpus COUNT IMPLEMENTER PART VARIANT REVISION FEATURES [NAME], x86_cpus COUNT VENDOR FAMILY MODEL
#   STEPPING NAME                  so many more processors of one kind; cpuinfo writes proc/cpuinfo
#   cpus TOTAL PACKAGE THREADS     topology files: cpus in all, in a package, in a core
#   cache INDEX LEVEL TYPE SIZE SHARED    for every cpu; SHARED cpus share one
#   nodes COUNT KIB                NUMA nodes of equal size
#   dmi TYPE HANDLE FIELD... [-- TEXT...]  one SMBIOS structure; FIELD is hex bytes as they stand in
#                                  memory (so a word 0x1234 is 3412); texts may hold any bytes
#   dmi_firmware VENDOR VERSION DATE, dmi_names MAKER PRODUCT BOARD, dmi_socket DESIGNATION MAKER VERSION
#   ID CORES THREADS MHZ, dmi_module LOCATOR MIB [MTS MAKER PART [JEDEC]]    types 0, 1 and 2, 4 and 17
#                                  where nothing but these matters; ID and JEDEC are hex, as in memory
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
cpuinfo_lines=()
cpuinfo_count=0

arm_cpus() {
  local i
  for ((i = 0; i < $1; i++)); do
    cpuinfo_lines+=("processor	: $cpuinfo_count" ${7:+"model name	: $7"} 'BogoMIPS	: 100.00'
      "Features	: $6" "CPU implementer	: $2" 'CPU architecture: 8' "CPU variant	: $4"
      "CPU part	: $3" "CPU revision	: $5" '')
    cpuinfo_count=$((cpuinfo_count + 1))
  done
}

x86_cpus() {
  local i
  for ((i = 0; i < $1; i++)); do
    cpuinfo_lines+=("processor	: $cpuinfo_count" "vendor_id	: $2" "cpu family	: $3" "model		: $4"
      "model name	: $6" "stepping	: $5" '')
    cpuinfo_count=$((cpuinfo_count + 1))
  done
}

cpuinfo() { text proc/cpuinfo "${cpuinfo_lines[@]}"; }

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

dmi_handle=16
word() { printf '%02x%02x' $(($1 & 255)) $(($1 >> 8)); } # 16 bits, as they stand in memory

dmi_firmware() {
  dmi 0 0 01 02 0000 03 7f 8098010900000000 01 08 ff ff ff ff -- "$@"
}

dmi_names() {
  dmi 1 1 01 02 00 03 00112233445566778899aabbccddeeff 06 00 00 -- "$1" "$2" 'SYSTEM-0042'
  dmi 2 2 01 02 00 03 00 09 00 0300 0a 00 -- "$1" "$3" 'BOARD-0042'
}

dmi_socket() {
  dmi_handle=$((dmi_handle + 1))
  dmi 4 $dmi_handle 01 03 fe 02 "$4" 03 89 6400 "$(word "$7")" "$(word "$7")" 41 02 ffff ffff ffff \
    00 00 00 "$(printf '%02x%02x%02x' "$5" "$5" "$6")" 0400 0101 "$(word "$5")" "$(word "$5")" \
    "$(word "$6")" -- "$1" "$2" "$3"
}

dmi_module() {
  local texts=00000000
  dmi_handle=$((dmi_handle + 1))
  if [ $# -gt 2 ]; then texts=02000003; else set -- "$1" 0 0; fi
  dmi 17 $dmi_handle 1000 feff 4000 4000 "$(word "$2")" 09 00 01 00 1a 8000 "$(word "$3")" $texts 01 \
    00000000 "$(word "$3")" b004 b004 b004 03 0800 00 "${6:-0000}" 0000 0000 0000 \
    0000000000000000 0000000000000000 0000000000000000 0000000000000000 -- "$1" "${@:4:2}"
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
