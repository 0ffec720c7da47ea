#!/bin/sh
# Needs root, for a loop device. ext4 takes 65,000 links to one file. Where that is reached, `--link-dest` copies the file in
# place of linking it: exit code 0, nothing on standard error, no line of `-i` for it, and `--stats` counts nothing.
. "$(dirname "$0")/common.sh"

trial() {
  truncate -s 200M image
  mkfs.ext4 -q -F -N 80000 image
  mkdir mount
  mount -o loop image mount
  status=0
  (cd mount && full) || status=$?
  umount mount
  return "$status"
}

full() {
  mkdir source first links
  echo photo >source/photo
  "$rsync" -a source/ first/
  cd links
  seq 1 64999 | xargs -n 1000 sh -c 'for name; do ln ../first/photo "$name" || exit 255; done' sh
  cd ..
  same 'links before' 65000 "$(stat -c %h first/photo)"
  code=0
  "$rsync" -ai --stats --no-human-readable --link-dest="$PWD/first" source/ second/ >said 2>errors || code=$?
  same 'exit code' 0 "$code"
  same 'standard error' '' "$(cat errors)"
  same 'lines about the file' 0 "$(grep -c photo said || true)"
  same 'files created' 'Number of created files: 0' "$(grep 'created files' said)"
  same 'links of the copy' 1 "$(stat -c %h second/photo)"
}

each_rsync trial
