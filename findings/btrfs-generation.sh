#!/bin/sh
# Root. A generation tells whether a btrfs subvolume is still what its snapshot was, but not as one would think:
# a write does not show in `btrfs subvolume show` before the file system has committed, so that a changed subvolume looks unchanged for
# half a minute; and a mere read counts as a change, where the mount option is the usual relatime and the file was not read since it
# was written: its time of access is a write.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

progs=$(unpacked btrfs-progs=6.2-1+deb12u2)
btrfs() { "$progs/bin/btrfs" "$@"; }
"$progs/bin/btrfs" --version | head -n 1
echo "Linux $(uname -r)"
new_drive 300M "$progs/sbin/mkfs.btrfs" -q
mount -o relatime "$device" drive

generation() { btrfs subvolume show "drive/$1" | awk '$1 == "Generation:" { print $2 }'; }
# "same" or "newer": the subvolume, compared with the snapshot that was just made of it.
judged() { [ "$(generation live)" -gt "$(generation kept)" ] && echo newer || echo same; }
keep() {
  [ ! -e drive/kept ] || btrfs subvolume delete drive/kept >/dev/null
  btrfs subvolume snapshot -r drive/live drive/kept >/dev/null
  btrfs filesystem sync drive
}

btrfs subvolume create drive/live >/dev/null
echo x >drive/live/photo
touch -a -d '2020-01-01 10:00:00 UTC' drive/live/photo
keep
same 'after the snapshot' same "$(judged)"

echo x >drive/live/another
same 'right after a new file' same "$(judged)"
btrfs filesystem sync drive
same 'after that, committed' newer "$(judged)"

keep
same 'after a new snapshot' same "$(judged)"
cat drive/live/photo >/dev/null
btrfs filesystem sync drive
same 'after a file was read, committed' newer "$(judged)"
