#!/bin/sh
# Root. exfat-fuse takes a time after 2107 without an error and shows it as it was given, until the drive is mounted again: then it
# is 128 years earlier (2150 has become 2022), since exFAT counts years from 1980 in seven bits. `rsync -a` succeeds, a second run
# right after it copies nothing, and the first run after the drive was away copies such a file again. exFAT in the kernel stops at
# the end of 2107 instead.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

fuse=$(unpacked exfat-fuse=1.3.0+git20220115-2)
progs=$(unpacked exfatprogs=1.2.0-1+deb12u1)
new_drive 64M "$progs/usr/sbin/mkfs.exfat"
plug_in() { "$fuse/sbin/mount.exfat-fuse" "$device" drive; }
plug_in

trial() {
  rm -rf ../drive/copy
  mkdir source
  echo x >source/sundial
  touch -d '2150-06-01 12:00:00 UTC' source/sundial
  # What exFAT cannot hold is no part of this.
  copy() { "$rsync" -rti source/ "$work/drive/copy/" | grep '^>f' || true; }
  year() { stat -c %y "$work/drive/copy/sundial" | cut -c 1-4; }
  same 'the first run' '>f+++++++++ sundial' "$(copy)"
  same 'the year of the copy, right after it' 2150 "$(year)"
  same 'the second run' '' "$(copy)"
  (cd .. && umount drive && plug_in >/dev/null)
  same 'the year of the copy, plugged in again' 2022 "$(year)"
  same 'the third run' '>f..t...... sundial' "$(copy)"
}

each_rsync trial
