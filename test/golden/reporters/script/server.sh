#!/bin/sh
# A backup without nbkp, made by nbkp script
# of nbkp.toml by nbkp 1.0.0. Spec sha256:b4229da087793a3a4e4a58c2a1d08a13b2affc459fbe30e9f943ce1009d345de
#
# Syncs, in this order: photos, photos-offsite
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
known='photos photos-offsite'
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

#### server-functions.sh ####

# ---- The spec ------------------------------------------------------------------------------------------------------
server_1() {
  server='the server of hub'
  ways='1 2'
  case $2 in
    1) "$1" 70 -o 'BatchMode=yes' -o 'RequestTTY=no' -o 'RemoteCommand=none' -o 'PermitLocalCommand=no' -o 'ClearAllForwardings=yes' -o 'ForwardX11=no' -o 'LogLevel=ERROR' -o 'StrictHostKeyChecking=yes' -o 'ConnectTimeout=10' -o 'ServerAliveInterval=15' -o 'ServerAliveCountMax=3' -- hub.lan ;;
    2) "$1" 80 -o 'BatchMode=yes' -o 'RequestTTY=no' -o 'RemoteCommand=none' -o 'PermitLocalCommand=no' -o 'ClearAllForwardings=yes' -o 'ForwardX11=no' -o 'LogLevel=ERROR' -p 2222 -o 'IdentityFile="~/.ssh/my key"' -o 'IdentitiesOnly=yes' -o 'StrictHostKeyChecking=yes' -o 'ConnectTimeout=20' -o 'ServerAliveInterval=15' -o 'ServerAliveCountMax=3' -o 'ProxyCommand=ssh -o BatchMode=yes -o RequestTTY=no -o RemoteCommand=none -o PermitLocalCommand=no -o ClearAllForwardings=yes -o ForwardX11=no -o LogLevel=INFO -o StrictHostKeyChecking=yes -o ConnectTimeout=10 -o ServerAliveInterval=15 -o ServerAliveCountMax=3 -o ControlMaster=no -W '\''[%h]:%p'\'' -- bastion.example.org' -- 'hub'\''s.example.org' ;;
  esac
}

volume_1() { "$1" volume_here laptop /home/ada '' ''; }

volume_2() { "$1" volume_here hub /mnt/hub '' /mnt/hub; }

volume_3() { "$1" volume_here usb /mnt/usb '' /mnt/usb; }

# photos: laptop:Pictures to hub:photos
sync_1() {
  sync=photos
  mode=hard-link
  from=volume_1
  to=volume_2
  source_server=''
  target_server=1
  source_folder=Pictures
  target_folder=photos
  source_type=ext4
  target_type=ext4
  source_before=''
  target_before=/mnt/hub
  through=''
  apart=''
  place_id=place:laptop:/home/ada/Pictures
  merges=''
  keep=''
  zone=''
  upcoming=certain
  max_prune=''
  min_free=''
  mirrors=1
  upstream=''
  ends=f902df96b88216c4217e302d35ba8bb231475ad69a68aa0c764697f3a901b4c5
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
    compare | judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' --no-whole-file -s '--rsh='"$rsh" --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ hub:"$base"/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--partial-dir=.rsync-partial' ${resumes:+"--no-whole-file"} -s '--rsh='"$rsh" ${base:+"--link-dest=$base"} '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- "$source"/ hub:"$root"/snapshots/.partial-"$snapshot"/. ;;
    clean)
      run_at_target find "$root"/snapshots/.partial-"$snapshot" -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
      run_at_target find "$root"/snapshots/.partial-"$snapshot" -type d -name .rsync-partial -prune -exec rm -rf '{}' + || return 1
      ;;
    unlink)
      run_at_target find "$root"/snapshots/.partial-"$snapshot" -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
      run_at_target find "$root"/snapshots/.partial-"$snapshot" '!' -type d -links +1 -exec rm -f '{}' + || return 1
      ;;
    last) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-! */' -a '--partial-dir=.rsync-partial' --no-whole-file -s '--rsh='"$rsh" --existing '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- "$source"/ hub:"$root"/snapshots/.partial-"$snapshot"/. ;;
    whole) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' ${resumes:+"--no-whole-file"} -s '--rsh='"$rsh" --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ hub:"$whole"/ ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s '--rsh='"$rsh" --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- "$source"/ hub:"$preview_with"/ ;;
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
  :
}

# photos-offsite: hub:photos to usb:photos
sync_2() {
  sync=photos-offsite
  mode=none
  from=volume_2
  to=volume_3
  source_server=1
  target_server=''
  source_folder=photos
  target_folder=photos
  source_type=ext4
  target_type=ext4
  source_before=/mnt/hub
  target_before=/mnt/usb
  through=1
  apart=''
  place_id=place:ssh:lan,wan:/mnt/hub/photos
  merges=''
  keep=''
  zone=''
  upcoming=certain
  max_prune=''
  min_free=''
  mirrors=1
  upstream=photos
  ends=d44713039e7027a9a55e8f6f788c3f7796c59e26a0ff54e015737e1e3c484c49
  max_age=''
  patience=''
}
commands_2() {
  case $1 in
    prepare) ;;
    compare | judge) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' ${resumes:+"--no-whole-file"} -s '--rsh='"$rsh" --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- hub:"$source"/ "$root"/. ;;
    kinds) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' ${resumes:+"--no-whole-file"} -s '--rsh='"$rsh" --dry-run --existing --stats --no-human-readable -- hub:"$source"/ "$root"/ ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--partial-dir=.rsync-partial' ${resumes:+"--no-whole-file"} -s '--rsh='"$rsh" '--max-delete=0' '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- hub:"$source"/ "$root"/. ;;
    second) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=merge -' -a --delete --delete-excluded '--partial-dir=.rsync-partial' ${resumes:+"--no-whole-file"} -s '--rsh='"$rsh" '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- hub:"$source"/ "$root"/. ;;
    clean)
      run_at_target find "$root" -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
      run_at_target find "$root" -type d -name .rsync-partial -prune -exec rm -rf '{}' + || return 1
      ;;
    unlink)
      :
      ;;
    last) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' '--filter=-! */' -a '--partial-dir=.rsync-partial' --no-whole-file -s '--rsh='"$rsh" --existing '--info=progress2' '--out-format=@%C %l %M %n' --stats --no-human-readable -- hub:"$source"/ "$root"/. ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded '--filter=-p .rsync-partial/' -s '--rsh='"$rsh" --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- hub:"$source"/ "$preview_with"/ ;;
  esac
}
check_2() { still; }
transfer_2() {
  deletes=1
  scratch=''
  checks_changes=''
  compares=1
  in_place=1
  cleans_up=$resumes
  compare_with=''
  last_whole=''
  tolerate=24
  timeout=''
  max_percent=25000
  max_files=''
  max_change=''
  held_by=''
  "$1" "$number" '' ''
}
before_2() { before_1 "$@"; }
after_2() { after_1 "$@"; }
on_failure_2() { on_failure_1 "$@"; }
record_2() { record_1 "$@"; }

all() {
  attempt 1
  attempt 2 1
}

#### sync-functions.sh ####
