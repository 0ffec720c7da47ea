#!/usr/bin/env bash
# backup plan of nbkp.toml, made by nbkp 1.0.0 at 2026-03-10T12:00:00.000Z
# on laptop by ada. Plan sha256:03bd97bc9c8a460517e83677e0af2b86e6cb365d8c53807a797a38bd8c4296a0
#
# Steps, in this order: transfer:photos, snapshot:photos, prune:photos
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
  stat_is %i /mnt/hub/photos 104 'the inode of hub:photos' || return 1
  is_no_link /mnt/hub/photos/snapshots 'whether snapshots of hub:photos is a symlink' || return 1
  leads_to /mnt/hub/photos/staging /mnt/hub/photos/staging 'the real path of staging of hub:photos' || return 1
  :
}
commands_0() {
  case $1 in
    prepare)
      run sh -c $'# Fails when something is mounted in one of these folders.\x0acheck() {\x0a  cd -P "$1/" || return\x0a  shift\x0a  LC_ALL=C awk \'function tell(where) { gsub(/[\\t\\n]/, "?", where); busy = 1\x0a  print "something is mounted at \\047" where "\\047: Device or resource busy" }\x0aBEGIN { for (i = 2; i < ARGC; i++) { sub(/^.*\\//, "", ARGV[i]); ARGV[i] = ARGV[1] "/" ARGV[i] }\x0awhile ((getline < "/proc/self/mountinfo") > 0) { known = 1; where = $5\x0a  gsub(/\\\\040/, " ", where); gsub(/\\\\011/, "\\t", where)\x0a  gsub(/\\\\012/, "\\n", where); gsub(/\\\\134/, "\\\\\\\\", where)\x0a  for (i = 2; i < ARGC; i++) if (index(where "/", ARGV[i] "/") == 1) tell(where) }\x0aif (!known) while (("mount" | getline) > 0) { known = 1; for (i = 2; i < ARGC; i++)\x0a  if (index($0, " on " ARGV[i] "/") || index($0, " on " ARGV[i] " (")) tell(ARGV[i]) }\x0aexit busy || !known }\' "${PWD%/}" "$@" >&2\x0a}\x0aapart= busy=0\x0afor path do [ "${path%/*}" = "${1%/*}" ] || apart=1; done\x0a[ "$apart" ] || { check "${1%/*}" "$@"; exit; }\x0afor path do check "${path%/*}" "$path" || busy=1; done\x0aexit "$busy"' sh /mnt/hub/photos/staging || return 1
      :
      ;;
    compare | judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/hub/photos/snapshots/2026-03-09T20:00:00.000Z/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --max-delete=0 --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/hub/photos/staging/. ;;
    list) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/hub/photos/staging/. ;;
    second) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=merge -' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Pictures/ /mnt/hub/photos/staging/. ;;
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
  scratch=''
  checks_changes=''
  compares=1
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
  stat_is %i /mnt/hub/photos 104 'the inode of hub:photos' || return 1
  is_no_link /mnt/hub/photos/snapshots 'whether snapshots of hub:photos is a symlink' || return 1
  leads_to /mnt/hub/photos/staging /mnt/hub/photos/staging 'the real path of staging of hub:photos' || return 1
  :
}
step_1() {
  if [ "$snapshot_photos" = 2026-03-09T20:00:00.000Z ]; then return 10; fi
  run sh -c $'# Fails when another subvolume is within this one: no snapshot has what is in there.\x0alist=$(btrfs subvolume list -o "$1" 2>/dev/null) && [ -n "$list" ] || exit 0\x0afirst=$(printf "%s\\n" "$list" | head -n 1)\x0aprintf "%s\\n" "Move away the subvolume that is within $1, since no snapshot has what is in there: ${first##* path }" >&2\x0aexit 1' sh /mnt/hub/photos/staging || return 1
  run sync -f /mnt/hub/photos/staging || return 1
  run sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec btrfs subvolume snapshot -r "$@"' sh /mnt/hub/photos /mnt/hub/photos/staging "$snapshot_photos" || return 1
  run sync -f /mnt/hub/photos/snapshots || return 1
  run ln -s snapshots/"$snapshot_photos" /mnt/hub/photos/.nbkp-latest-"$snapshot_photos" || return 1
  run mv -T /mnt/hub/photos/.nbkp-latest-"$snapshot_photos" /mnt/hub/photos/latest || return 1
  run sync -f /mnt/hub/photos || return 1
  :
}

# prune:photos: delete 2 snapshots
check_2() {
  entry_is /mnt/hub/photos/snapshots/2026-03-07T20:00:00.000Z subvolume 'snapshot 2026-03-07T20:00:00.000Z of hub:photos' || return 1
  entry_is /mnt/hub/photos/snapshots/2026-03-08T20:00:00.000Z subvolume 'snapshot 2026-03-08T20:00:00.000Z of hub:photos' || return 1
  [ "$1" = lost ] || latest_is_none_of /mnt/hub/photos 'latest of hub:photos' 2026-03-07T20:00:00.000Z 2026-03-08T20:00:00.000Z || return 1
  mounted_at /mnt/hub/photos /mnt/hub 'where the file system of hub:photos is mounted' || return 1
  has_uuid /mnt/hub/photos 5941f273-f73c-44c5-a3ef-fae7248db1b6 'the UUID of the file system of hub:photos' || return 1
  leads_to /mnt/hub/photos /mnt/hub/photos 'the real path of hub:photos' || return 1
  stat_is %i /mnt/hub/photos 104 'the inode of hub:photos' || return 1
  is_no_link /mnt/hub/photos/snapshots 'whether snapshots of hub:photos is a symlink' || return 1
  leads_to /mnt/hub/photos/staging /mnt/hub/photos/staging 'the real path of staging of hub:photos' || return 1
  :
}
step_2() {
  if clock_behind "$snapshot_photos" 2026-03-09T20:00:00.000Z; then return 10; fi
  if [ -n "${snapshot_photos_incomplete-}" ]; then not_pruned; return 10; fi
  local result=0
  {
    run sh -c $'# Fails when something is mounted in one of these folders.\x0acheck() {\x0a  cd -P "$1/" || return\x0a  shift\x0a  LC_ALL=C awk \'function tell(where) { gsub(/[\\t\\n]/, "?", where); busy = 1\x0a  print "something is mounted at \\047" where "\\047: Device or resource busy" }\x0aBEGIN { for (i = 2; i < ARGC; i++) { sub(/^.*\\//, "", ARGV[i]); ARGV[i] = ARGV[1] "/" ARGV[i] }\x0awhile ((getline < "/proc/self/mountinfo") > 0) { known = 1; where = $5\x0a  gsub(/\\\\040/, " ", where); gsub(/\\\\011/, "\\t", where)\x0a  gsub(/\\\\012/, "\\n", where); gsub(/\\\\134/, "\\\\\\\\", where)\x0a  for (i = 2; i < ARGC; i++) if (index(where "/", ARGV[i] "/") == 1) tell(where) }\x0aif (!known) while (("mount" | getline) > 0) { known = 1; for (i = 2; i < ARGC; i++)\x0a  if (index($0, " on " ARGV[i] "/") || index($0, " on " ARGV[i] " (")) tell(ARGV[i]) }\x0aexit busy || !known }\' "${PWD%/}" "$@" >&2\x0a}\x0aapart= busy=0\x0afor path do [ "${path%/*}" = "${1%/*}" ] || apart=1; done\x0a[ "$apart" ] || { check "${1%/*}" "$@"; exit; }\x0afor path do check "${path%/*}" "$path" || busy=1; done\x0aexit "$busy"' sh /mnt/hub/photos/snapshots/2026-03-07T20:00:00.000Z &&
      run mv -T /mnt/hub/photos/snapshots/2026-03-07T20:00:00.000Z /mnt/hub/photos/snapshots/.prune-2026-03-07T20:00:00.000Z &&
      run btrfs property set -ts /mnt/hub/photos/snapshots/.prune-2026-03-07T20:00:00.000Z ro false &&
      run btrfs subvolume delete /mnt/hub/photos/snapshots/.prune-2026-03-07T20:00:00.000Z
  } || result=1
  {
    run sh -c $'# Fails when something is mounted in one of these folders.\x0acheck() {\x0a  cd -P "$1/" || return\x0a  shift\x0a  LC_ALL=C awk \'function tell(where) { gsub(/[\\t\\n]/, "?", where); busy = 1\x0a  print "something is mounted at \\047" where "\\047: Device or resource busy" }\x0aBEGIN { for (i = 2; i < ARGC; i++) { sub(/^.*\\//, "", ARGV[i]); ARGV[i] = ARGV[1] "/" ARGV[i] }\x0awhile ((getline < "/proc/self/mountinfo") > 0) { known = 1; where = $5\x0a  gsub(/\\\\040/, " ", where); gsub(/\\\\011/, "\\t", where)\x0a  gsub(/\\\\012/, "\\n", where); gsub(/\\\\134/, "\\\\\\\\", where)\x0a  for (i = 2; i < ARGC; i++) if (index(where "/", ARGV[i] "/") == 1) tell(where) }\x0aif (!known) while (("mount" | getline) > 0) { known = 1; for (i = 2; i < ARGC; i++)\x0a  if (index($0, " on " ARGV[i] "/") || index($0, " on " ARGV[i] " (")) tell(ARGV[i]) }\x0aexit busy || !known }\' "${PWD%/}" "$@" >&2\x0a}\x0aapart= busy=0\x0afor path do [ "${path%/*}" = "${1%/*}" ] || apart=1; done\x0a[ "$apart" ] || { check "${1%/*}" "$@"; exit; }\x0afor path do check "${path%/*}" "$path" || busy=1; done\x0aexit "$busy"' sh /mnt/hub/photos/snapshots/2026-03-08T20:00:00.000Z &&
      run mv -T /mnt/hub/photos/snapshots/2026-03-08T20:00:00.000Z /mnt/hub/photos/snapshots/.prune-2026-03-08T20:00:00.000Z &&
      run btrfs property set -ts /mnt/hub/photos/snapshots/.prune-2026-03-08T20:00:00.000Z ro false &&
      run btrfs subvolume delete /mnt/hub/photos/snapshots/.prune-2026-03-08T20:00:00.000Z
  } || result=1
  return "$result"
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

#### main-functions.sh ####
dry() {
  dry_run=1
  show 0 0 transfer:photos transfer preview
  show 1 0 snapshot:photos snapshot
  show 2 0 prune:photos prune
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
  still 0 0
  still 1 0
  still 2 0
  work=$(mktemp -d "${TMPDIR:-/tmp}/nbkp-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  if [ -n "${1:-}" ]; then dry; fi
  step 0 0 transfer:photos success
  step 1 0 snapshot:photos success 0
  step 2 0 prune:photos success 1
  settle 0
  exit "$(exit_code)"
}

main "$@"
