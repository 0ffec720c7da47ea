#!/bin/sh
# Root. Where a file system has no owners, `rsync -a` as root cannot give a file of another user its owner, says so and ends with 23.
# It then leaves out the time of that file as well, without a word: the copy bears the time of the run, so that each run copies the
# whole file again. Files of root's own keep their times. With --no-owner --no-group the second run copies nothing.
# Shown on exFAT through FUSE; FAT in the kernel does the same.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

fuse=$(unpacked exfat-fuse=1.3.0+git20220115-2)
progs=$(unpacked exfatprogs=1.2.0-1+deb12u1)
new_drive 64M "$progs/usr/sbin/mkfs.exfat"
"$fuse/sbin/mount.exfat-fuse" "$device" drive

year() { stat -c %y "$work/drive/copy/$1" | cut -c 1-4; }

trial() {
  rm -rf ../drive/copy
  mkdir source
  echo x >source/of-root
  echo x >source/of-ada
  chown 1234 source/of-ada
  touch -d '2020-01-01 10:00:00 UTC' source/*
  for run in first second third; do
    code=0
    "$rsync" -ai source/ "$work/drive/copy/" >copied 2>complaints || code=$?
    same "the exit code of the $run run" 23 "$code"
    same "what it says of the time" 0 "$(grep -c time complaints || true)"
    same "the year of root's file in the copy" 2020 "$(year of-root)"
    same "the year of the other's, which is now" "$(date +%Y)" "$(year of-ada)"
    [ "$run" = first ] || same "what it copies" '>f..tpo.... of-ada' "$(grep '^>f' copied)"
  done
  "$rsync" -a --no-owner --no-group source/ "$work/drive/copy/"
  same 'without owners, what the second run copies' '' "$("$rsync" -ai --no-owner --no-group source/ "$work/drive/copy/" | grep '^>f' || true)"
}

each_rsync trial
