#!/usr/bin/env bash
# backup plan of nbkp.toml, made by nbkp 1.0.0 at 2026-03-10T12:00:00.000Z
# on laptop by ada. Plan sha256:bf239652c30947311063e4b14f6a5ccf629bf3351f79fff62780584f1c8f1881
#
# Steps, in this order: transfer:photos, snapshot:photos, transfer:photos-offsite
#
# It does what `nbkp apply` would do with this plan, without nbkp, and keeps no journal and no history. It refuses to
# begin (3) when something that the plan relied on has changed. --dry-run changes nothing and shows what would be done.
# Exit codes: 0 done, 1 a step failed, 3 refused, 4 something overdue is absent, 64 usage, 75 another run holds a lock,
# 130 and 143 interrupted.
#
# Functions are called by number, and quoted words are meant as they are:
# shellcheck disable=SC1003,SC2016,SC2034,SC2317

set -u
export LC_ALL=C
unset "${!RSYNC_@}" "${!NBKP_PASSPHRASE_@}"
plan_code=0
allow_destructive=''
# The names of the snapshots that are made.
snapshot_photos=NEW
snapshot_photos_offsite=NEW
dry_run=''
verbose=''
deadline=''
work=''
host=$(uname -n)
started=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)

#### functions.sh ####
# ---- The plan ------------------------------------------------------------------------------------------------------
# transfer:photos: copy laptop:Pictures to hub:photos
check_0() {
  is_mark /home/ada/.nbkp-vol '.nbkp-vol of laptop' || return 1
  mounted_at /home/ada / 'where the file system of laptop is mounted' || return 1
  has_uuid /home/ada 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop' || return 1
  is_mark /home/ada/Pictures/.nbkp-src 'the source sentinel of laptop:Pictures' || return 1
  mounted_at /home/ada/Pictures / 'where the file system of laptop:Pictures is mounted' || return 1
  has_uuid /home/ada/Pictures 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop:Pictures' || return 1
  is_mark /mnt/hub/.nbkp-vol '.nbkp-vol of hub' || return 1
  mounted_at /mnt/hub /mnt/hub 'where the file system of hub is mounted' || return 1
  has_uuid /mnt/hub 5941f273-f73c-44c5-a3ef-fae7248db1b6 'the UUID of the file system of hub' || return 1
  is_mark /mnt/hub/photos/.nbkp-dst 'the destination sentinel of hub:photos' || return 1
  mounted_at /mnt/hub/photos /mnt/hub 'where the file system of hub:photos is mounted' || return 1
  has_uuid /mnt/hub/photos 5941f273-f73c-44c5-a3ef-fae7248db1b6 'the UUID of the file system of hub:photos' || return 1
  leads_to /mnt/hub/photos /mnt/hub/photos 'the real path of hub:photos' || return 1
  latest_is /mnt/hub/photos snapshot 2026-03-09T20:00:00.000Z 'latest of hub:photos' || return 1
  rsync_is rsync 'Samba'\''s rsync' || return 1
  stat_is %i /mnt/hub/photos 105 'the inode of hub:photos' || return 1
  is_no_link /mnt/hub/photos/snapshots 'whether snapshots of hub:photos is a symlink' || return 1
  :
}
commands_0() {
  case $1 in
    prepare)
      run sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec mkdir "$@"' sh /mnt/hub/photos .partial-"$snapshot_photos" || return 1
      :
      ;;
    judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/hub/photos/snapshots/2026-03-09T20:00:00.000Z/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --link-dest=/mnt/hub/photos/snapshots/2026-03-09T20:00:00.000Z --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/hub/photos/snapshots/.partial-"$snapshot_photos"/. ;;
    clean)
      :
      ;;
    unlink)
      :
      ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/hub/photos/snapshots/2026-03-09T20:00:00.000Z/ ;;
  esac
}
step_0() {
  deletes=1
  scratch=1
  checks_changes=''
  compares=''
  in_place=''
  resumes=''
  cleans_up=''
  compare_with=/mnt/hub/photos/snapshots/2026-03-09T20:00:00.000Z
  previous=2026-03-09T20:00:00.000Z
  last_whole=''
  tolerate=24
  timeout=''
  max_percent=25000
  max_files=''
  max_change=''
  held_by=''
  "${1:-transfer}" 0 /mnt/hub/photos/snapshots snapshot_photos
}

# snapshot:photos: name the copy {snapshot:photos} and point latest to it
check_1() {
  latest_is /mnt/hub/photos snapshot 2026-03-09T20:00:00.000Z 'latest of hub:photos' || return 1
  mounted_at /mnt/hub/photos /mnt/hub 'where the file system of hub:photos is mounted' || return 1
  has_uuid /mnt/hub/photos 5941f273-f73c-44c5-a3ef-fae7248db1b6 'the UUID of the file system of hub:photos' || return 1
  leads_to /mnt/hub/photos /mnt/hub/photos 'the real path of hub:photos' || return 1
  stat_is %i /mnt/hub/photos 105 'the inode of hub:photos' || return 1
  is_no_link /mnt/hub/photos/snapshots 'whether snapshots of hub:photos is a symlink' || return 1
  :
}
step_1() {
  if [ "$snapshot_photos" = 2026-03-09T20:00:00.000Z ]; then return 10; fi
  run sync -f /mnt/hub/photos/snapshots/.partial-"$snapshot_photos" || return 1
  run mv -T /mnt/hub/photos/snapshots/.partial-"$snapshot_photos" /mnt/hub/photos/snapshots/"$snapshot_photos" || return 1
  run sync -f /mnt/hub/photos/snapshots || return 1
  run ln -s snapshots/"$snapshot_photos" /mnt/hub/photos/.nbkp-latest-"$snapshot_photos" || return 1
  run mv -T /mnt/hub/photos/.nbkp-latest-"$snapshot_photos" /mnt/hub/photos/latest || return 1
  run sync -f /mnt/hub/photos || return 1
  :
}

# transfer:photos-offsite: copy hub:photos to usb:photos
check_2() {
  is_mark /mnt/hub/.nbkp-vol '.nbkp-vol of hub' || return 1
  mounted_at /mnt/hub /mnt/hub 'where the file system of hub is mounted' || return 1
  has_uuid /mnt/hub 5941f273-f73c-44c5-a3ef-fae7248db1b6 'the UUID of the file system of hub' || return 1
  is_mark /mnt/hub/photos/.nbkp-src 'the source sentinel of hub:photos' || return 1
  mounted_at /mnt/hub/photos /mnt/hub 'where the file system of hub:photos is mounted' || return 1
  has_uuid /mnt/hub/photos 5941f273-f73c-44c5-a3ef-fae7248db1b6 'the UUID of the file system of hub:photos' || return 1
  is_mark /mnt/usb/.nbkp-vol '.nbkp-vol of usb' || return 1
  mounted_at /mnt/usb /mnt/usb 'where the file system of usb is mounted' || return 1
  has_uuid /mnt/usb 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb' || return 1
  is_mark /mnt/usb/photos/.nbkp-dst 'the destination sentinel of usb:photos' || return 1
  mounted_at /mnt/usb/photos /mnt/usb 'where the file system of usb:photos is mounted' || return 1
  has_uuid /mnt/usb/photos 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:photos' || return 1
  leads_to /mnt/usb/photos /mnt/usb/photos 'the real path of usb:photos' || return 1
  rsync_is rsync 'Samba'\''s rsync' || return 1
  stat_is %i /mnt/usb/photos 106 'the inode of usb:photos' || return 1
  :
}
commands_2() {
  case $1 in
    prepare)
      :
      ;;
    compare | judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /mnt/hub/photos/snapshots/"$snapshot_photos"/ /mnt/usb/photos/. ;;
    kinds) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run --existing --stats --no-human-readable -- /mnt/hub/photos/snapshots/"$snapshot_photos"/ /mnt/usb/photos/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --max-delete=0 --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /mnt/hub/photos/snapshots/"$snapshot_photos"/ /mnt/usb/photos/. ;;
    second) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=merge -' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /mnt/hub/photos/snapshots/"$snapshot_photos"/ /mnt/usb/photos/. ;;
    clean)
      :
      ;;
    unlink)
      :
      ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /mnt/hub/photos/snapshots/"$snapshot_photos"/ /mnt/usb/photos/ ;;
  esac
}
step_2() {
  deletes=1
  scratch=''
  checks_changes=''
  compares=1
  in_place=1
  resumes=''
  cleans_up=''
  compare_with=''
  previous=''
  last_whole=''
  tolerate=24
  timeout=''
  max_percent=25000
  max_files=''
  max_change=''
  held_by=''
  "${1:-transfer}" 2 '' ''
}

# photos: whether its volumes are here, and its locks
is_here_0() {
  [ -d /home/ada ] || return 1
  [ -d /mnt/hub ] || return 1
  :
}
locks_0() {
  local result
  take 0 exclusive /mnt/hub/photos/.nbkp-lock || { result=$?; return "$result"; }
  :
}
unlock_0() {
  leave 0 exclusive /mnt/hub/photos/.nbkp-lock
  :
}

# photos-offsite: whether its volumes are here, and its locks
is_here_1() {
  [ -d /mnt/hub ] || return 1
  [ -d /mnt/usb ] || return 1
  :
}
locks_1() {
  local result
  take 0 exclusive /mnt/hub/photos/.nbkp-lock || { result=$?; return "$result"; }
  take 1 exclusive /mnt/usb/photos/.nbkp-lock || { result=$?; leave 0 exclusive /mnt/hub/photos/.nbkp-lock; return "$result"; }
  :
}
unlock_1() {
  leave 0 exclusive /mnt/hub/photos/.nbkp-lock
  leave 1 exclusive /mnt/usb/photos/.nbkp-lock
  :
}

#### main-functions.sh ####
dry() {
  dry_run=1
  show 0 0 transfer:photos transfer preview
  show 1 0 snapshot:photos snapshot
  show 2 1 transfer:photos-offsite transfer
  exit "$(exit_code)"
}

main() {
  case ${1:-} in
    '' | --dry-run | -n) ;;
    *)
      warn "Usage: $0 [--dry-run]"
      exit 64
      ;;
  esac
  [ "$host" = laptop ] || refuse 'The plan was made on another machine.'
  [ "$(id -un)" = ada ] || refuse 'The plan was made by another user.'
  is_here_0 || absent 0 photos
  is_here_1 || absent 1 photos-offsite
  still 0 0
  still 1 0
  still 2 1 0
  work=$(mktemp -d "${TMPDIR:-/tmp}/nbkp-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  if [ -n "${1:-}" ]; then dry; fi
  step 0 0 transfer:photos success
  step 1 0 snapshot:photos success 0
  settle 0
  step 2 1 transfer:photos-offsite success 1
  settle 1
  exit "$(exit_code)"
}

main "$@"
