#!/usr/bin/env bash
# backup plan of nbkp.toml, made by nbkp 1.0.0 at 2026-03-10T12:00:00.000Z
# on laptop by ada. Plan sha256:30a8ee4c3c29e39b4f57817d1bbbb0c68c6beb5818efb5803dac24af623af1e8
#
# Steps, in this order: transfer:documents, snapshot:documents, prune:documents, record:documents
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
  latest_is /mnt/usb/documents snapshot 2026-03-09T20:00:00.000Z 'latest of usb:documents' || return 1
  rsync_is rsync 'Samba'\''s rsync' || return 1
  stat_is %i /mnt/usb/documents 104 'the inode of usb:documents' || return 1
  is_no_link /mnt/usb/documents/snapshots 'whether snapshots of usb:documents is a symlink' || return 1
  :
}
commands_0() {
  case $1 in
    prepare)
      run sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec mkdir "$@"' sh /mnt/usb/documents .partial-"$snapshot_documents" || return 1
      :
      ;;
    judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-xrs! user.*' -a --delete --delete-excluded --hard-links --acls --xattrs --sparse --numeric-ids '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/snapshots/2026-03-09T20:00:00.000Z/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-xrs! user.*' -a --delete --delete-excluded --partial-dir=.rsync-partial --hard-links --acls --xattrs --sparse --numeric-ids -s --link-dest=/mnt/usb/documents/snapshots/2026-03-09T20:00:00.000Z --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/snapshots/.partial-"$snapshot_documents"/. ;;
    clean)
      :
      ;;
    unlink)
      :
      ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-xrs! user.*' -a --delete --delete-excluded --hard-links --acls --xattrs --sparse --numeric-ids '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/snapshots/2026-03-09T20:00:00.000Z/ ;;
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
  compare_with=/mnt/usb/documents/snapshots/2026-03-09T20:00:00.000Z
  previous=2026-03-09T20:00:00.000Z
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
  latest_is /mnt/usb/documents snapshot 2026-03-09T20:00:00.000Z 'latest of usb:documents' || return 1
  mounted_at /mnt/usb/documents /mnt/usb 'where the file system of usb:documents is mounted' || return 1
  has_uuid /mnt/usb/documents 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:documents' || return 1
  leads_to /mnt/usb/documents /mnt/usb/documents 'the real path of usb:documents' || return 1
  stat_is %i /mnt/usb/documents 104 'the inode of usb:documents' || return 1
  is_no_link /mnt/usb/documents/snapshots 'whether snapshots of usb:documents is a symlink' || return 1
  :
}
step_1() {
  if [ "$snapshot_documents" = 2026-03-09T20:00:00.000Z ]; then return 10; fi
  run sync -f /mnt/usb/documents/snapshots/.partial-"$snapshot_documents" || return 1
  run mv -T /mnt/usb/documents/snapshots/.partial-"$snapshot_documents" /mnt/usb/documents/snapshots/"$snapshot_documents" || return 1
  run sync -f /mnt/usb/documents/snapshots || return 1
  run ln -s snapshots/"$snapshot_documents" /mnt/usb/documents/.nbkp-latest-"$snapshot_documents" || return 1
  run mv -T /mnt/usb/documents/.nbkp-latest-"$snapshot_documents" /mnt/usb/documents/latest || return 1
  run sync -f /mnt/usb/documents || return 1
  :
}

# prune:documents: delete 3 snapshots
check_2() {
  entry_is /mnt/usb/documents/snapshots/2026-02-14T20:00:00.000Z directory 'snapshot 2026-02-14T20:00:00.000Z of usb:documents' || return 1
  entry_is /mnt/usb/documents/snapshots/2026-03-04T20:00:00.000Z directory 'snapshot 2026-03-04T20:00:00.000Z of usb:documents' || return 1
  entry_is /mnt/usb/documents/snapshots/2026-03-05T20:00:00.000Z directory 'snapshot 2026-03-05T20:00:00.000Z of usb:documents' || return 1
  [ "$1" = lost ] || latest_is_none_of /mnt/usb/documents 'latest of usb:documents' 2026-02-14T20:00:00.000Z 2026-03-04T20:00:00.000Z 2026-03-05T20:00:00.000Z || return 1
  mounted_at /mnt/usb/documents /mnt/usb 'where the file system of usb:documents is mounted' || return 1
  has_uuid /mnt/usb/documents 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:documents' || return 1
  leads_to /mnt/usb/documents /mnt/usb/documents 'the real path of usb:documents' || return 1
  stat_is %i /mnt/usb/documents 104 'the inode of usb:documents' || return 1
  is_no_link /mnt/usb/documents/snapshots 'whether snapshots of usb:documents is a symlink' || return 1
  :
}
step_2() {
  if clock_behind "$snapshot_documents" 2026-03-09T20:00:00.000Z; then return 10; fi
  if [ -n "${snapshot_documents_incomplete-}" ]; then not_pruned; return 10; fi
  local result=0
  if run sh -c $'# Fails when something is mounted in one of these folders.\x0acheck() {\x0a  cd -P "$1/" || return\x0a  shift\x0a  LC_ALL=C awk \'function tell(where) { gsub(/[\\t\\n]/, "?", where); busy = 1\x0a  print "something is mounted at \\047" where "\\047: Device or resource busy" }\x0aBEGIN { for (i = 2; i < ARGC; i++) { sub(/^.*\\//, "", ARGV[i]); ARGV[i] = ARGV[1] "/" ARGV[i] }\x0awhile ((getline < "/proc/self/mountinfo") > 0) { known = 1; where = $5\x0a  gsub(/\\\\040/, " ", where); gsub(/\\\\011/, "\\t", where)\x0a  gsub(/\\\\012/, "\\n", where); gsub(/\\\\134/, "\\\\\\\\", where)\x0a  for (i = 2; i < ARGC; i++) if (index(where "/", ARGV[i] "/") == 1) tell(where) }\x0aif (!known) while (("mount" | getline) > 0) { known = 1; for (i = 2; i < ARGC; i++)\x0a  if (index($0, " on " ARGV[i] "/") || index($0, " on " ARGV[i] " (")) tell(ARGV[i]) }\x0aexit busy || !known }\' "${PWD%/}" "$@" >&2\x0a}\x0aapart= busy=0\x0afor path do [ "${path%/*}" = "${1%/*}" ] || apart=1; done\x0a[ "$apart" ] || { check "${1%/*}" "$@"; exit; }\x0afor path do check "${path%/*}" "$path" || busy=1; done\x0aexit "$busy"' sh /mnt/usb/documents/snapshots/2026-02-14T20:00:00.000Z /mnt/usb/documents/snapshots/2026-03-04T20:00:00.000Z /mnt/usb/documents/snapshots/2026-03-05T20:00:00.000Z /mnt/usb/documents/snapshots/.prune-2026-02-14T20:00:00.000Z; then
    run find /mnt/usb/documents/snapshots/2026-02-14T20:00:00.000Z /mnt/usb/documents/snapshots/2026-03-04T20:00:00.000Z /mnt/usb/documents/snapshots/2026-03-05T20:00:00.000Z -maxdepth 0 '!' -perm -700 -exec chmod u+rwx '{}' ';' || result=1
    { run sh -c $'box=$1\x0ashift\x0aif ! mkdir "$box" 2>/dev/null; then\x0a  mv -T "$1" "$box" || exit 2\x0a  shift\x0a  rm -rf "$box" 2>/dev/null\x0a  mkdir "$box" 2>/dev/null || [ -d "$box" ] || exit 2\x0afi\x0amv "$@" "$box"' sh /mnt/usb/documents/snapshots/.prune-2026-02-14T20:00:00.000Z /mnt/usb/documents/snapshots/2026-02-14T20:00:00.000Z /mnt/usb/documents/snapshots/2026-03-04T20:00:00.000Z /mnt/usb/documents/snapshots/2026-03-05T20:00:00.000Z; } || result=1
    run sh -c $'box=$1\x0ashift\x0afind "$box" -mindepth 1 -maxdepth 1 -print0 | xargs -0 -n 50 -P 2 rm -rf 2>/dev/null\x0armdir "$box" 2>/dev/null && exit\x0a"$@" 2>/dev/null\x0arm -rf "$box"' sh /mnt/usb/documents/snapshots/.prune-2026-02-14T20:00:00.000Z find /mnt/usb/documents/snapshots/.prune-2026-02-14T20:00:00.000Z -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || result=1
  else
    result=1
  fi
  return "$result"
}

# record:documents: note the success at usb:documents, for other machines and specs
check_3() {
  mounted_at /mnt/usb/documents /mnt/usb 'where the file system of usb:documents is mounted' || return 1
  has_uuid /mnt/usb/documents 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:documents' || return 1
  leads_to /mnt/usb/documents /mnt/usb/documents 'the real path of usb:documents' || return 1
  stat_is %i /mnt/usb/documents 104 'the inode of usb:documents' || return 1
  is_no_link /mnt/usb/documents/snapshots 'whether snapshots of usb:documents is a symlink' || return 1
  :
}
step_3() {
  success_documents=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)
  run sh -c 'umask 022; cd -P "$1" || exit; set -C; kept() { touch -c -r "$1" "$2" 2>/dev/null || :; }; [ ! -d "$2" ] || { echo "$2 is a folder." >&2; exit 1; }; old=; [ ! -f "$2" ] || [ -L "$2" ] || { old=1; kept . "$2"; }; rm -f "$2.new" && printf "%s\n" "$3" >"$2.new" && { sync "$2.new" 2>/dev/null || :; } || exit; [ -z "$old" ] || kept "$2" "$2.new"; mv -f "$2.new" "$2" || exit; [ -z "$old" ] || kept "$2" .' sh /mnt/usb/documents .nbkp-last.json '{"formatVersion":"1.0","source":"5f7a1c52-0d5e-4c07-9c57-2f1d6a0b9e31","sync":"documents","at":"'"$success_documents"'","snapshot":"'"$snapshot_documents"'"}' || unnoted
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

#### main-functions.sh ####
dry() {
  dry_run=1
  show 0 0 transfer:documents transfer preview
  show 1 0 snapshot:documents snapshot
  show 2 0 prune:documents prune
  show 3 0 record:documents record
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
  still 1 0
  still 2 0
  still 3 0
  work=$(mktemp -d "${TMPDIR:-/tmp}/nbkp-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  if [ -n "${1:-}" ]; then dry; fi
  step 0 0 transfer:documents success
  step 1 0 snapshot:documents success 0
  step 2 0 prune:documents success 1
  step 3 0 record:documents success 0 1 2
  settle 0
  exit "$(exit_code)"
}

main "$@"
