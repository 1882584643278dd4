#!/usr/bin/env bash
# disk.sh: how fast one core verifies what a disk gave, with the place of every wrong bit, against fio's
# verification by hardware CRC-32C on a file in memory, both in CPU time. Figures, not a test.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=tests/bench/lib.sh
. tests/bench/lib.sh
rounds=${BENCH_ROUNDS:-3}
mib=${BENCH_DISK_MIB:-64}
bench_build disk -O2
bench_begin storage

fio_round() {
  local file=/dev/shm/cuihuo-bench.$$
  taskset -c 0 fio --name=verify --filename="$file" --size=256m --bs=1m --ioengine=psync --thread --rw=write \
    --verify=crc32c --do_verify=1 --verify_state_save=0 --output-format=json >"$work/fio" 2>"$work/fio.err" || true
  rm -f "$file"
  # Reading and checking alone: its own share of a core while it read.
  jq -r '.jobs[0].read | select(.runtime > 0) | .io_bytes / .runtime / 1e6' "$work/fio" 2>/dev/null || true
}

for ((round = 0; round < rounds; round++)); do
  read -r verified hashed < <(taskset -c 0 "$work/disk" "$mib")
  note verify "$verified"
  note hash "$hashed"
  if command -v fio >/dev/null; then
    rate=$(fio_round)
    [ -z "$rate" ] || note fio "$rate"
  fi
done
one=$(median verify)
bench_row "storage verified, one core, bit told" "$one" GB/s "$one" 5
bench_row "read-only mode: hashed with place of a bit" "$(median hash)" GB/s "$(median hash)"
fio=$(median fio)
if [ -n "$fio" ]; then
  bench_row "fio, verify=crc32c, from memory; ours above it" "$fio" GB/s "$(over "$one" "$fio")"
else
  bench_skipped fio
fi
bench_end
