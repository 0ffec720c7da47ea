#!/bin/sh
# Root. When `btrfs subvolume delete` has ended, and no list has the snapshot any more, the drive has no more room than before: the
# kernel takes the snapshot apart after its next commit. Whoever deletes snapshots to make room, and copies at once, has a full drive.
# `btrfs subvolume sync` waits for it.
# shellcheck source=findings/common.sh
. "$(dirname "$0")/common.sh"

progs=$(unpacked btrfs-progs=6.2-1+deb12u2)
btrfs() { "$progs/bin/btrfs" "$@"; }
"$progs/bin/btrfs" --version | head -n 1
echo "Linux $(uname -r)"
new_drive 600M "$progs/sbin/mkfs.btrfs" -q
mount "$device" drive

free() { df --output=avail -B 1M drive | tail -n 1 | tr -d ' '; }
# What has changed since: more room than half of what the snapshot had?
more() { [ "$(free)" -gt $(($1 + 100)) ] && echo yes || echo no; }

btrfs subvolume create drive/kept >/dev/null
head -c 200M /dev/urandom >drive/kept/photos
# Many small files, as a home has them: there is something to take apart.
for number in $(seq 3000); do echo "$number" >"drive/kept/$number"; done
btrfs filesystem sync drive
before=$(free)
btrfs subvolume delete drive/kept >/dev/null
seen=$(more "$before")
same 'snapshots that are listed' 0 "$(btrfs subvolume list drive | wc -l)"
same 'more room when the command has ended' no "$seen"
btrfs subvolume sync drive >/dev/null
same 'more room after btrfs subvolume sync' yes "$(more "$before")"
