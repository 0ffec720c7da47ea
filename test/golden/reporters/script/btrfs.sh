#!/bin/sh
# A backup without nbkp, made by nbkp script
# of nbkp.toml by nbkp 1.0.0. Spec sha256:ecfaedd3efc06a9fda6759192a13512f9f10465fa5d2f068bccd5e94e8858af1
#
# Syncs, in this order: photos
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
known=photos
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

volume_2() { "$1" volume_here hub /mnt/hub '' /mnt/hub; }

# photos: laptop:Pictures to hub:photos
sync_1() {
  sync=photos
  mode=btrfs
  from=volume_1
  to=volume_2
  source_folder=Pictures
  target_folder=photos
  source_type=ext4
  target_type=btrfs
  source_before=''
  target_before=/mnt/hub
  through=''
  apart=''
  place_id=place:laptop:/home/ada/Pictures
  merges=''
  keep='last 3 hourly 0 daily 0 weekly 0 monthly 0 yearly 0'
  zone=''
  upcoming=certain
  max_prune=''
  min_free=''
  mirrors=1
  upstream=''
  ends=646797435d492359fee6aa7574e35c4d0e875cfe770f02c6aafea866b387fd8b
  max_age=''
  patience=''
}
commands_1() {
  case $1 in
    prepare)
      at_target unmounted "$root"/staging || return 1
      ;;
    compare | judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' ${resumes:+"--no-whole-file"} -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ "$base"/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--partial-dir=.rsync-partial' ${resumes:+"--no-whole-file"} -s '--max-delete=0' '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- "$source"/ "$root"/staging/. ;;
    list) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' ${resumes:+"--no-whole-file"} -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ "$root"/staging/. ;;
    second) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=merge -' -a --delete --delete-excluded '--partial-dir=.rsync-partial' ${resumes:+"--no-whole-file"} -s '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- "$source"/ "$root"/staging/. ;;
    clean)
      run_at_target find "$root"/staging -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
      run_at_target find "$root"/staging -type d -name .rsync-partial -prune -exec rm -rf '{}' + || return 1
      ;;
    unlink)
      :
      ;;
    last) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-! */' -a '--partial-dir=.rsync-partial' --no-whole-file -s --existing '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- "$source"/ "$root"/staging/. ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ "$preview_with"/ ;;
  esac
}
check_1() { still; }
transfer_1() {
  deletes=1
  scratch=''
  checks_changes=''
  compares=${base:+1}
  in_place=''
  cleans_up=$resumes
  compare_with=$base
  last_whole=''
  tolerate=24
  timeout=''
  max_percent=25000
  max_files=''
  max_change=''
  held_by=''
  "$1" "$number" "$root/snapshots" snapshot
}
snapshot_1() {
  run_at_target sh -c '# Fails when another subvolume is within this one: no snapshot has what is in there.
list=$(btrfs subvolume list -o "$1" 2>/dev/null) && [ -n "$list" ] || exit 0
first=$(printf "%s\n" "$list" | head -n 1)
printf "%s\n" "Move away the subvolume that is within $1, since no snapshot has what is in there: ${first##* path }" >&2
exit 1' sh "$root"/staging || return 1
  run_at_target sync -f "$root"/staging || return 1
  run_at_target sh -c 'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; exec btrfs subvolume snapshot -r "$@"' sh "$root" "$root"/staging "$snapshot" || return 1
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
  :
}

all() {
  attempt 1
}

#### sync-functions.sh ####
