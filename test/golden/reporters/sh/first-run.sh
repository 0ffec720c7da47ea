#!/usr/bin/env bash
# backup plan of nbkp.toml, made by nbkp 1.0.0 at 2026-03-10T12:00:00.000Z
# on laptop by ada. Plan sha256:7a16b3b26c08b1b6a12021b5754b56b5496628c23f9da84a8f652e147384cf8b
#
# Steps, in this order: transfer:documents, snapshot:documents, transfer:photos, snapshot:photos
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
snapshot_documents=NEW
snapshot_photos=NEW
dry_run=''
verbose=''
deadline=''
work=''
host=$(uname -n)
started=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)

#### functions.sh ####
# ---- The plan ------------------------------------------------------------------------------------------------------
# transfer:documents: copy laptop:Documents to usb:documents
check_0() {
  is_mark /home/ada/.nbkp-vol '.nbkp-vol of laptop' || return 1
  mounted_at /home/ada / 'where the file system of laptop is mounted' || return 1
  has_uuid /home/ada 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop' || return 1
  is_mark /home/ada/Documents/.nbkp-src 'the source sentinel of laptop:Documents' || return 1
  mounted_at /home/ada/Documents / 'where the file system of laptop:Documents is mounted' || return 1
  has_uuid /home/ada/Documents 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop:Documents' || return 1
  is_mark /mnt/usb/.nbkp-vol '.nbkp-vol of usb' || return 1
  mounted_at /mnt/usb /mnt/usb 'where the file system of usb is mounted' || return 1
  has_uuid /mnt/usb 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb' || return 1
  is_mark /mnt/usb/documents/.nbkp-dst 'the destination sentinel of usb:documents' || return 1
  mounted_at /mnt/usb/documents /mnt/usb 'where the file system of usb:documents is mounted' || return 1
  has_uuid /mnt/usb/documents 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:documents' || return 1
  leads_to /mnt/usb/documents /mnt/usb/documents 'the real path of usb:documents' || return 1
  latest_is /mnt/usb/documents none-yet '' 'latest of usb:documents' || return 1
  rsync_is rsync 'Samba'\''s rsync' || return 1
  stat_is %i /mnt/usb/documents 105 'the inode of usb:documents' || return 1
  is_no_link /mnt/usb/documents/snapshots 'whether snapshots of usb:documents is a symlink' || return 1
  :
}
commands_0() {
  case $1 in
    prepare)
      run sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec mkdir "$@"' sh /mnt/usb/documents .partial-"$snapshot_documents" || return 1
      :
      ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/snapshots/.partial-"$snapshot_documents"/. ;;
    clean)
      :
      ;;
    unlink)
      :
      ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/snapshots/.partial-"$snapshot_documents"/ ;;
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
  compare_with=''
  previous=''
  last_whole=''
  tolerate=24
  timeout=''
  max_percent=25000
  max_files=''
  max_change=''
  held_by=''
  "${1:-transfer}" 0 /mnt/usb/documents/snapshots snapshot_documents
}

# snapshot:documents: name the copy {snapshot:documents} and point latest to it
check_1() {
  latest_is /mnt/usb/documents none-yet '' 'latest of usb:documents' || return 1
  mounted_at /mnt/usb/documents /mnt/usb 'where the file system of usb:documents is mounted' || return 1
  has_uuid /mnt/usb/documents 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:documents' || return 1
  leads_to /mnt/usb/documents /mnt/usb/documents 'the real path of usb:documents' || return 1
  stat_is %i /mnt/usb/documents 105 'the inode of usb:documents' || return 1
  is_no_link /mnt/usb/documents/snapshots 'whether snapshots of usb:documents is a symlink' || return 1
  :
}
step_1() {
  if [ "$snapshot_documents" = '' ]; then return 10; fi
  run sync -f /mnt/usb/documents/snapshots/.partial-"$snapshot_documents" || return 1
  run mv -T /mnt/usb/documents/snapshots/.partial-"$snapshot_documents" /mnt/usb/documents/snapshots/"$snapshot_documents" || return 1
  run sync -f /mnt/usb/documents/snapshots || return 1
  run ln -s snapshots/"$snapshot_documents" /mnt/usb/documents/.nbkp-latest-"$snapshot_documents" || return 1
  run mv -T /mnt/usb/documents/.nbkp-latest-"$snapshot_documents" /mnt/usb/documents/latest || return 1
  run sync -f /mnt/usb/documents || return 1
  :
}

# transfer:photos: copy laptop:Pictures to usb:photos
check_2() {
  is_mark /home/ada/.nbkp-vol '.nbkp-vol of laptop' || return 1
  mounted_at /home/ada / 'where the file system of laptop is mounted' || return 1
  has_uuid /home/ada 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop' || return 1
  is_mark /home/ada/Pictures/.nbkp-src 'the source sentinel of laptop:Pictures' || return 1
  mounted_at /home/ada/Pictures / 'where the file system of laptop:Pictures is mounted' || return 1
  has_uuid /home/ada/Pictures 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop:Pictures' || return 1
  is_mark /mnt/usb/.nbkp-vol '.nbkp-vol of usb' || return 1
  mounted_at /mnt/usb /mnt/usb 'where the file system of usb is mounted' || return 1
  has_uuid /mnt/usb 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb' || return 1
  is_mark /mnt/usb/photos/.nbkp-dst 'the destination sentinel of usb:photos' || return 1
  mounted_at /mnt/usb/photos /mnt/usb 'where the file system of usb:photos is mounted' || return 1
  has_uuid /mnt/usb/photos 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:photos' || return 1
  leads_to /mnt/usb/photos /mnt/usb/photos 'the real path of usb:photos' || return 1
  latest_is /mnt/usb/photos none-yet '' 'latest of usb:photos' || return 1
  rsync_is rsync 'Samba'\''s rsync' || return 1
  stat_is %i /mnt/usb/photos 106 'the inode of usb:photos' || return 1
  is_no_link /mnt/usb/photos/snapshots 'whether snapshots of usb:photos is a symlink' || return 1
  :
}
commands_2() {
  case $1 in
    prepare)
      run sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec mkdir "$@"' sh /mnt/usb/photos .partial-"$snapshot_photos" || return 1
      :
      ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial '--filter=- *.tmp' '--filter=- /cache/' -s --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/usb/photos/snapshots/.partial-"$snapshot_photos"/. ;;
    clean)
      :
      ;;
    unlink)
      :
      ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=- *.tmp' '--filter=- /cache/' '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/usb/photos/snapshots/.partial-"$snapshot_photos"/ ;;
  esac
}
step_2() {
  deletes=1
  scratch=1
  checks_changes=''
  compares=''
  in_place=''
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
  "${1:-transfer}" 2 /mnt/usb/photos/snapshots snapshot_photos
}

# snapshot:photos: name the copy {snapshot:photos} and point latest to it
check_3() {
  latest_is /mnt/usb/photos none-yet '' 'latest of usb:photos' || return 1
  mounted_at /mnt/usb/photos /mnt/usb 'where the file system of usb:photos is mounted' || return 1
  has_uuid /mnt/usb/photos 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:photos' || return 1
  leads_to /mnt/usb/photos /mnt/usb/photos 'the real path of usb:photos' || return 1
  stat_is %i /mnt/usb/photos 106 'the inode of usb:photos' || return 1
  is_no_link /mnt/usb/photos/snapshots 'whether snapshots of usb:photos is a symlink' || return 1
  :
}
step_3() {
  if [ "$snapshot_photos" = '' ]; then return 10; fi
  run sync -f /mnt/usb/photos/snapshots/.partial-"$snapshot_photos" || return 1
  run mv -T /mnt/usb/photos/snapshots/.partial-"$snapshot_photos" /mnt/usb/photos/snapshots/"$snapshot_photos" || return 1
  run sync -f /mnt/usb/photos/snapshots || return 1
  run ln -s snapshots/"$snapshot_photos" /mnt/usb/photos/.nbkp-latest-"$snapshot_photos" || return 1
  run mv -T /mnt/usb/photos/.nbkp-latest-"$snapshot_photos" /mnt/usb/photos/latest || return 1
  run sync -f /mnt/usb/photos || return 1
  :
}

# documents: whether its volumes are here, and its locks
is_here_0() {
  [ -d /home/ada ] || return 1
  [ -d /mnt/usb ] || return 1
  :
}
locks_0() {
  local result
  take 0 exclusive /mnt/usb/documents/.nbkp-lock || { result=$?; return "$result"; }
  :
}
unlock_0() {
  leave 0 exclusive /mnt/usb/documents/.nbkp-lock
  :
}

# photos: whether its volumes are here, and its locks
is_here_1() {
  [ -d /home/ada ] || return 1
  [ -d /mnt/usb ] || return 1
  :
}
locks_1() {
  local result
  take 1 exclusive /mnt/usb/photos/.nbkp-lock || { result=$?; return "$result"; }
  :
}
unlock_1() {
  leave 1 exclusive /mnt/usb/photos/.nbkp-lock
  :
}

#### main-functions.sh ####
dry() {
  dry_run=1
  show 0 0 transfer:documents transfer preview
  show 1 0 snapshot:documents snapshot
  show 2 1 transfer:photos transfer preview
  show 3 1 snapshot:photos snapshot
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
  is_here_0 || absent 0 documents
  is_here_1 || absent 1 photos
  still 0 0
  still 1 0
  still 2 1
  still 3 1
  work=$(mktemp -d "${TMPDIR:-/tmp}/nbkp-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  if [ -n "${1:-}" ]; then dry; fi
  step 0 0 transfer:documents success
  step 1 0 snapshot:documents success 0
  settle 0
  step 2 1 transfer:photos success
  step 3 1 snapshot:photos success 2
  settle 1
  exit "$(exit_code)"
}

main "$@"
