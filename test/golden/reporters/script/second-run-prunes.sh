#!/bin/sh
# A backup without nbkp, made by nbkp script
# of nbkp.toml by nbkp 1.0.0. Spec sha256:d35d1fb916383cb0b3845efabfe1022224dc8272b0c5c42c9af92b6185f9807c
#
# Syncs, in this order: documents
#
# It needs Linux, rsync, awk, flock and the usual tools, GNU or busybox. Each time it looks at what is here: marks, drives,
# owners, snapshots. It takes the locks of nbkp, and both may take turns. What it cannot do:
# - open drives, mark folders, copy from one server to another, ask for --allow-destructive;
# - follow the spec: after a change, or where a file system is of another type, make a new one.
#
# -n shows what would be done and changes nothing, -v each command, --only NAME runs that sync alone.
# What is said ends with the code of a finding, which nbkp has a page about. Exit codes: 0 done or only skipped, 1 a sync failed,
# 3 refused, 4 a mark is missing or a skipped sync is overdue, 64 usage, 75 another run holds a lock, 130 and 143 interrupted.
#
# Functions are called by number, and quoted words are meant as they are:
# shellcheck shell=dash disable=SC1003,SC2016,SC2034,SC2154,SC2317

set -u
export LC_ALL=C
unset CDPATH IFS
for variable in $(env | sed -n 's/^\(RSYNC_[A-Za-z0-9_]*\|NBKP_PASSPHRASE_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$variable"; done
known=documents
allow_destructive=''
dry_run=''
verbose=''
deadline=''
work=''
why=''
reason=''
noted=''
host=$(uname -n)
started=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)

#### functions.sh ####

#### HERE_FUNCTIONS ####

# ---- The spec ------------------------------------------------------------------------------------------------------
volume_1() { "$1" volume_here laptop /home/ada '' ''; }

volume_2() { "$1" volume_here usb /mnt/usb '' /mnt/usb; }

# documents: laptop:Documents to usb:documents
sync_1() {
  sync=documents
  mode=hard-link
  from=volume_1
  to=volume_2
  source_folder=Documents
  target_folder=documents
  source_type=ext4
  target_type=ext4
  source_before=''
  target_before=/mnt/usb
  through=''
  apart=''
  place_id=place:laptop:/home/ada/Documents
  merges=''
  keep='last 3 hourly 0 daily 5 weekly 4 monthly 12 yearly 0'
  zone=''
  upcoming=certain
  max_prune=''
  min_free=''
  mirrors=1
  upstream=''
  ends=032a102fc604e08c54ad48805cdaa3d7d7dcdecc44ba60571e75d64449000915
  max_age=''
  patience=''
}
commands_1() {
  case $1 in
    prepare)
      if [ -z "$partial" ]; then
        run_at_target sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec mkdir "$@"' sh "$root" .partial-"$snapshot" || return 1
      else
        at_target unmounted "$root"/snapshots/"$partial" || return 1
        run_at_target sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec mv -T "$@"' sh "$root" "$partial" .partial-"$snapshot" || return 1
        run_at_target find "$root"/snapshots/.partial-"$snapshot" -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
        run_at_target find "$root"/snapshots/.partial-"$snapshot" '!' -type d -links +1 -exec rm -f '{}' + || return 1
      fi
      ;;
    compare | judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-xrs! user.*' -a --delete --delete-excluded --hard-links --acls --xattrs --sparse --numeric-ids '--filter=-p .rsync-partial/' --no-whole-file -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ "$base"/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-xrs! user.*' -a --delete --delete-excluded '--partial-dir=.rsync-partial' --hard-links --acls --xattrs --sparse --numeric-ids ${resumes:+"--no-whole-file"} -s ${base:+"--link-dest=$base"} '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- "$source"/ "$root"/snapshots/.partial-"$snapshot"/. ;;
    clean)
      run_at_target find "$root"/snapshots/.partial-"$snapshot" -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
      run_at_target find "$root"/snapshots/.partial-"$snapshot" -type d -name .rsync-partial -prune -exec rm -rf '{}' + || return 1
      ;;
    unlink)
      run_at_target find "$root"/snapshots/.partial-"$snapshot" -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
      run_at_target find "$root"/snapshots/.partial-"$snapshot" '!' -type d -links +1 -exec rm -f '{}' + || return 1
      ;;
    last) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-! */' '--filter=-xrs! user.*' -a '--partial-dir=.rsync-partial' --hard-links --acls --xattrs --sparse --numeric-ids --no-whole-file -s --existing '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- "$source"/ "$root"/snapshots/.partial-"$snapshot"/. ;;
    whole) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-xrs! user.*' -a --delete --delete-excluded --hard-links --acls --xattrs --sparse --numeric-ids '--filter=-p .rsync-partial/' ${resumes:+"--no-whole-file"} -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ "$whole"/ ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-xrs! user.*' -a --delete --delete-excluded --hard-links --acls --xattrs --sparse --numeric-ids '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ "$preview_with"/ ;;
  esac
}
check_1() { still; }
transfer_1() {
  deletes=1
  scratch=1
  checks_changes=''
  compares=${base:+$resumes}
  in_place=''
  cleans_up=$resumes
  compare_with=$base
  last_whole=$whole
  tolerate=24
  timeout=''
  max_percent=25000
  max_files=''
  max_change=''
  held_by=''
  "$1" "$number" "$root/snapshots" snapshot
}
snapshot_1() {
  run_at_target sync -f "$root"/snapshots/.partial-"$snapshot" || return 1
  run_at_target mv -T "$root"/snapshots/.partial-"$snapshot" "$root"/snapshots/"$snapshot" || return 1
  run_at_target sync -f "$root"/snapshots || return 1
  run_at_target ln -s snapshots/"$snapshot" "$root"/.nbkp-latest-"$snapshot" || return 1
  run_at_target mv -T "$root"/.nbkp-latest-"$snapshot" "$root"/latest || return 1
  run_at_target sync -f "$root" || return 1
}
prune_1() {
  if ! at_target is_subvolume "$root/snapshots/$doomed"; then
    at_target unmounted "$root"/snapshots/"$doomed" || return 1
    run_at_target mv -T "$root"/snapshots/"$doomed" "$root"/snapshots/.prune-"$doomed" || return 1
    run_at_target rm -f "$root"/snapshots/.incomplete-"$doomed" || return 1
    run_at_target find "$root"/snapshots/.prune-"$doomed" -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
    run_at_target rm -rf "$root"/snapshots/.prune-"$doomed" || return 1
  elif at_target is_root; then
    at_target unmounted "$root"/snapshots/"$doomed" || return 1
    run_at_target mv -T "$root"/snapshots/"$doomed" "$root"/snapshots/.prune-"$doomed" || return 1
    run_at_target rm -f "$root"/snapshots/.incomplete-"$doomed" || return 1
    run_at_target btrfs subvolume delete "$root"/snapshots/.prune-"$doomed" || return 1
  else
    at_target unmounted "$root"/snapshots/"$doomed" || return 1
    run_at_target mv -T "$root"/snapshots/"$doomed" "$root"/snapshots/.prune-"$doomed" || return 1
    run_at_target rm -f "$root"/snapshots/.incomplete-"$doomed" || return 1
    run_at_target btrfs property set -ts "$root"/snapshots/.prune-"$doomed" ro false || return 1
    run_at_target btrfs subvolume delete "$root"/snapshots/.prune-"$doomed" || return 1
  fi
}
leftover_1() {
  if ! at_target is_subvolume "$root/snapshots/$doomed"; then
    at_target unmounted "$root"/snapshots/"$doomed" || return 1
    run_at_target find "$root"/snapshots/"$doomed" -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
    run_at_target rm -rf "$root"/snapshots/"$doomed" || return 1
  elif at_target is_root; then
    at_target unmounted "$root"/snapshots/"$doomed" || return 1
    run_at_target btrfs subvolume delete "$root"/snapshots/"$doomed" || return 1
  else
    at_target unmounted "$root"/snapshots/"$doomed" || return 1
    run_at_target btrfs property set -ts "$root"/snapshots/"$doomed" ro false || return 1
    run_at_target btrfs subvolume delete "$root"/snapshots/"$doomed" || return 1
  fi
}
before_1() {
  :
}
after_1() {
  :
}
on_failure_1() {
  local result=0
  return "$result"
}
record_1() {
  run_at_target sh -c 'umask 022; cd -P "$1" || exit; set -C; kept() { touch -c -r "$1" "$2" 2>/dev/null || :; }; [ ! -d "$2" ] || { echo "$2 is a folder." >&2; exit 1; }; old=; [ ! -f "$2" ] || [ -L "$2" ] || { old=1; kept . "$2"; }; rm -f "$2.new" && printf "%s\n" "$3" >"$2.new" && { sync "$2.new" 2>/dev/null || :; } || exit; [ -z "$old" ] || kept "$2" "$2.new"; mv -f "$2.new" "$2" || exit; [ -z "$old" ] || kept "$2" .' sh "$root" .nbkp-last.json '{"formatVersion":"1.0","source":"'"$id"'","sync":"documents","at":"'"$now"'","snapshot":"'"$snapshot"'"}' || return 1
}

all() {
  attempt 1
}

#### sync-functions.sh ####
