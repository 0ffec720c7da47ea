#!/usr/bin/env bash
# backup plan of nbkp.toml, made by nbkp 1.0.0 at 2026-03-10T12:00:00.000Z
# on laptop by ada. Plan sha256:7b1d58b2564d7f3fdb66efe4bf8ccd5665ed0a503d76f48adccaac33de3650f4
#
# Steps, in this order: transfer:documents
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
plan_code=3
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
  rsync_is rsync 'Samba'\''s rsync' || return 1
  stat_is %i /mnt/usb/documents 105 'the inode of usb:documents' || return 1
  :
}
commands_0() {
  case $1 in
    prepare)
      :
      ;;
    compare | judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/. ;;
    kinds) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run --existing --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --max-delete=0 --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/. ;;
    second) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=merge -' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/. ;;
    clean)
      :
      ;;
    unlink)
      :
      ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/ ;;
  esac
}
step_0() {
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
  "${1:-transfer}" 0 '' ''
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

#### main-functions.sh ####
dry() {
  dry_run=1
  show 0 0 transfer:documents transfer preview
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
  still 0 0
  work=$(mktemp -d "${TMPDIR:-/tmp}/nbkp-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  if [ -n "${1:-}" ]; then dry; fi
  step 0 0 transfer:documents success
  settle 0
  exit "$(exit_code)"
}

main "$@"
