#!/usr/bin/env bash
# backup plan of nbkp.toml, made by nbkp 1.0.0 at 2026-03-10T12:00:00.000Z
# on laptop by ada. Plan sha256:00af2d3151792212b5c841203c09d9b6355eedbb71ac4650cb8029c051288318
#
# Steps, in this order: before:database:1, transfer:database, snapshot:database, after:database:1, on-failure:database:1
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
snapshot_database=NEW
snapshot_old_documents=NEW
dry_run=''
verbose=''
deadline=''
work=''
host=$(uname -n)
started=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)

#### functions.sh ####
# ---- The plan ------------------------------------------------------------------------------------------------------
# before:database:1: run pg_dump
check_0() {
  :
}
step_0() {
  run pg_dump --file=/home/ada/dumps/shop.sql shop || return 1
  :
}

# transfer:database: copy laptop:dumps to usb:database
check_1() {
  is_mark /home/ada/.nbkp-vol '.nbkp-vol of laptop' || return 1
  mounted_at /home/ada / 'where the file system of laptop is mounted' || return 1
  has_uuid /home/ada 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop' || return 1
  is_mark /home/ada/dumps/.nbkp-src 'the source sentinel of laptop:dumps' || return 1
  mounted_at /home/ada/dumps / 'where the file system of laptop:dumps is mounted' || return 1
  has_uuid /home/ada/dumps 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop:dumps' || return 1
  is_mark /mnt/usb/.nbkp-vol '.nbkp-vol of usb' || return 1
  mounted_at /mnt/usb /mnt/usb 'where the file system of usb is mounted' || return 1
  has_uuid /mnt/usb 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb' || return 1
  is_mark /mnt/usb/database/.nbkp-dst 'the destination sentinel of usb:database' || return 1
  mounted_at /mnt/usb/database /mnt/usb 'where the file system of usb:database is mounted' || return 1
  has_uuid /mnt/usb/database 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:database' || return 1
  leads_to /mnt/usb/database /mnt/usb/database 'the real path of usb:database' || return 1
  latest_is /mnt/usb/database none-yet '' 'latest of usb:database' || return 1
  rsync_is rsync 'Samba'\''s rsync' || return 1
  stat_is %i /mnt/usb/database 104 'the inode of usb:database' || return 1
  is_no_link /mnt/usb/database/snapshots 'whether snapshots of usb:database is a symlink' || return 1
  :
}
commands_1() {
  case $1 in
    prepare)
      run sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec mkdir "$@"' sh /mnt/usb/database .partial-"$snapshot_database" || return 1
      :
      ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/dumps/ /mnt/usb/database/snapshots/.partial-"$snapshot_database"/. ;;
    clean)
      :
      ;;
    unlink)
      :
      ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/dumps/ /mnt/usb/database/snapshots/.partial-"$snapshot_database"/ ;;
  esac
}
step_1() {
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
  "${1:-transfer}" 1 /mnt/usb/database/snapshots snapshot_database
}

# snapshot:database: name the copy {snapshot:database} and point latest to it
check_2() {
  latest_is /mnt/usb/database none-yet '' 'latest of usb:database' || return 1
  mounted_at /mnt/usb/database /mnt/usb 'where the file system of usb:database is mounted' || return 1
  has_uuid /mnt/usb/database 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:database' || return 1
  leads_to /mnt/usb/database /mnt/usb/database 'the real path of usb:database' || return 1
  stat_is %i /mnt/usb/database 104 'the inode of usb:database' || return 1
  is_no_link /mnt/usb/database/snapshots 'whether snapshots of usb:database is a symlink' || return 1
  :
}
step_2() {
  if [ "$snapshot_database" = '' ]; then return 10; fi
  run sync -f /mnt/usb/database/snapshots/.partial-"$snapshot_database" || return 1
  run mv -T /mnt/usb/database/snapshots/.partial-"$snapshot_database" /mnt/usb/database/snapshots/"$snapshot_database" || return 1
  run sync -f /mnt/usb/database/snapshots || return 1
  run ln -s snapshots/"$snapshot_database" /mnt/usb/database/.nbkp-latest-"$snapshot_database" || return 1
  run mv -T /mnt/usb/database/.nbkp-latest-"$snapshot_database" /mnt/usb/database/latest || return 1
  run sync -f /mnt/usb/database || return 1
  :
}

# after:database:1: run logger
check_3() {
  :
}
step_3() {
  run logger 'the shop is safe' || return 1
  :
}

# on-failure:database:1: run notify-send
check_4() {
  :
}
step_4() {
  run notify-send 'the backup of the shop failed' || return 1
  :
}

# database: whether its volumes are here, and its locks
is_here_0() {
  [ -d /home/ada ] || return 1
  [ -d /mnt/usb ] || return 1
  :
}
locks_0() {
  local result
  take 0 exclusive /mnt/usb/database/.nbkp-lock || { result=$?; return "$result"; }
  :
}
unlock_0() {
  leave 0 exclusive /mnt/usb/database/.nbkp-lock
  :
}

#### main-functions.sh ####
dry() {
  dry_run=1
  show 0 0 before:database:1 command
  show 1 0 transfer:database transfer preview
  show 2 0 snapshot:database snapshot
  show 3 0 after:database:1 command
  show 4 0 on-failure:database:1 command
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
  is_here_0 || absent 0 database
  still 0 0
  still 1 0
  still 2 0
  still 3 0
  still 4 0
  work=$(mktemp -d "${TMPDIR:-/tmp}/nbkp-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  if [ -n "${1:-}" ]; then dry; fi
  step 0 0 before:database:1 success
  step 1 0 transfer:database success 0
  step 2 0 snapshot:database success 1
  step 3 0 after:database:1 success 2
  step 4 0 on-failure:database:1 failure 0 1 2 3
  settle 0
  exit "$(exit_code)"
}

main "$@"
