#!/usr/bin/env bash
# backup plan of nbkp.toml, made by nbkp 1.0.0 at 2026-03-10T12:00:00.000Z
# on laptop by ada. Plan sha256:f9c60a0bb6a77eb8f9c3142897e791144a85b878603c4c7a35f6d4a32e11193d
#
# Steps, in this order: transfer:documents, snapshot:documents, prune:documents
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
deadline=''
work=''
host=$(uname -n)
started=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

# The words of a command as a shell would read them.
words() {
  local word line=''
  for word; do line="$line $(printf '%q' "$word")"; done
  printf '%s\n' "${line# }"
}

# ---- Processes ----------------------------------------------------------------------------------------------------

interrupted=0
child=''

on_signal() {
  if [ "$interrupted" -ne 0 ]; then exit "$interrupted"; fi
  interrupted=$1
  warn "Interrupted: what is running is ended, nothing more is begun."
  if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; fi
}

# Runs a command to its end, also when a signal comes meanwhile. It inherits the locks.
supervise() {
  local code
  if [ "$interrupted" -ne 0 ]; then return 143; fi
  if [ -n "$deadline" ]; then
    local left=$((deadline - $(date +%s)))
    if [ "$left" -lt 1 ]; then left=1; fi
    set -- timeout -k 10 "$left" "$@"
  fi
  "$@" </dev/null &
  child=$!
  # A signal that came while it was being started found nothing to end.
  if [ "$interrupted" -ne 0 ]; then kill -TERM "$child" 2>/dev/null; fi
  while :; do
    wait "$child"
    code=$?
    if ! kill -0 "$child" 2>/dev/null; then break; fi
  done
  child=''
  return "$code"
}

# A command of a step.
run() {
  if [ -n "$dry_run" ]; then
    say "    $(words "$@")"
    return 0
  fi
  supervise "$@" && return 0
  if [ "$interrupted" -eq 0 ]; then warn "Failed: $(words "$@")"; fi
  return 1
}

# ---- Is everything as the plan found it? ---------------------------------------------------------------------------

differs() {
  warn "$1 is not what it was when the plan was made."
  return 1
}

is_there() { [ -e "$1" ] || differs "$2"; }

mounted_at() { [ "$(findmnt -n -f -o TARGET -T "$1" 2>/dev/null)" = "$2" ] || differs "$3"; }

has_uuid() { [ "$(findmnt -n -f -o UUID -T "$1" 2>/dev/null)" = "$2" ] || differs "$3"; }

leads_to() {
  local real
  real=$(cd -P "$1" 2>/dev/null && printf '%s.' "$PWD")
  [ "$real" = "$2." ] || differs "$3"
}

# latest: `absent`, `none-yet` (a link to /dev/null), or a link to the snapshot that is named.
latest_is() {
  local target
  target=$(readlink "$1/latest" 2>/dev/null && printf .)
  case $2 in
    absent) [ ! -e "$1/latest" ] && [ ! -L "$1/latest" ] ;;
    none-yet) [ "${target%?.}" = /dev/null ] ;;
    *) [ "${target%?.}" = "snapshots/$3" ] ;;
  esac || differs "$4"
}

latest_is_none_of() {
  local root=$1 what=$2 name
  shift 2
  for name; do
    if [ "$(readlink "$root/latest" 2>/dev/null)" = "snapshots/$name" ]; then
      differs "$what"
      return 1
    fi
  done
}

entry_is() {
  local kind=other
  if [ -L "$1" ]; then kind=symlink
  elif [ -d "$1" ]; then
    kind=directory
    # The root of a subvolume has inode 256.
    if [ "$(stat -f -c %T "$1" 2>/dev/null)" = btrfs ] && [ "$(stat -c %i "$1")" = 256 ]; then kind=subvolume; fi
  elif [ -f "$1" ]; then kind='file'
  fi
  [ "$kind" = "$2" ] || differs "$3"
}

rsync_is() {
  local line
  IFS= read -r line <<EOF
$(rsync --version 2>/dev/null)
EOF
  case $line in
    'rsync  version '*) [ "$1" = rsync ] ;;
    *) [ "$1" != rsync ] ;;
  esac || differs "$2"
}

has_room() {
  local free
  free=$(df -P -k "$1" 2>/dev/null | awk 'NR == 2 { print $4 }')
  [ "${free:-0}" -ge $((($2 + 1023) / 1024)) ] || differs "$3"
}

# ---- Locks: held by the operating system, and so gone when the last process that has them ends ---------------------

# By place: how many syncs of this script use it, and the open file.
users=()
file_of=()

free_descriptor() {
  local number=20 other
  while :; do
    for other in ${file_of[@]+"${file_of[@]}"}; do
      if [ "$other" = "$number" ]; then
        number=$((number + 1))
        continue 2
      fi
    done
    printf '%s' "$number"
    return
  done
}

# place mode path
take() {
  local number
  if [ -n "${file_of[$1]:-}" ]; then
    users[$1]=$((users[$1] + 1))
    return 0
  fi
  if [ -L "$3" ] || { [ -e "$3" ] && [ ! -f "$3" ]; }; then
    warn "$3 cannot be locked: it is not a regular file."
    return 2
  fi
  number=$(free_descriptor)
  if [ ! -e "$3" ]; then (umask 022 && : >>"$3") 2>/dev/null; fi
  if [ -w "$3" ]; then eval "exec $number<>\"\$3\"" || return 2
  elif [ -r "$3" ]; then eval "exec $number<\"\$3\"" || return 2
  # Nobody can prune where all is read-only.
  elif [ "$2" = shared ] && [ -d "${3%/*}" ] && [ ! -w "${3%/*}" ]; then eval "exec $number<\"\${3%/*}\"" || return 2
  else
    warn "$3 cannot be locked."
    return 2
  fi
  local flag=-x
  if [ "$2" = shared ]; then flag=-s; fi
  if ! flock -n "$flag" "$number"; then
    eval "exec $number<&-"
    warn "$3 is held by another run."
    return 1
  fi
  file_of[$1]=$number
  users[$1]=1
  if [ "$2" = exclusive ]; then
    note_holder "$3" "{\"pid\":$$,\"host\":\"$host\",\"startedAt\":\"$started\",\"command\":\"nbkp script\",\"run\":\"script-$$\"}"
  fi
}

# place mode path
leave() {
  local number=${file_of[$1]:-}
  if [ -z "$number" ]; then return; fi
  users[$1]=$((users[$1] - 1))
  if [ "${users[$1]}" -gt 0 ]; then return; fi
  if [ "$2" = exclusive ]; then note_holder "$3" ''; fi
  eval "exec $number<&-"
  unset "file_of[$1]"
}

# For people: who holds a lock. A file with a second name may be somebody's.
note_holder() {
  if [ ! -w "$1" ] || [ "$(stat -c %h "$1")" != 1 ]; then return; fi
  if [ -n "$2" ]; then printf '%s\n' "$2" >"$1"; else : >"$1"; fi
}

# ---- Steps: which of them run ---------------------------------------------------------------------------------------

# By step: done, unneeded, failed, refused or not-run.
state=()
# By sync: open once it has its locks, locked, failed, or absent.
group=()
failed=''
refused=''
locked=''

# number, sync's number, id, success or failure, then the steps that it depends on
step() {
  local number=$1 sync=$2 id=$3 condition=$4 dependency bad='' alarm=''
  shift 4
  state[number]=not-run
  for dependency; do
    case ${state[dependency]} in
      done | unneeded) ;;
      failed | refused) bad=1 alarm=1 ;;
      *) bad=1 ;;
    esac
  done
  if [ "$interrupted" -ne 0 ]; then return; fi
  if [ "$condition" = failure ]; then
    if [ -z "$alarm" ]; then return; fi
  elif [ -n "$bad" ]; then
    return
  fi
  admit "$sync" || return
  say "$id"
  deadline=''
  local result=0
  if "check_$number" all; then "step_$number" || result=$?; else result=1; fi
  if [ "$interrupted" -ne 0 ]; then return; fi
  case $result in
    0) state[number]='done' ;;
    10)
      state[number]=unneeded
      say '  nothing to do'
      ;;
    3)
      state[number]=refused
      refused=1
      warn "$id was refused."
      ;;
    *)
      state[number]=failed
      failed=1
      warn "$id failed."
      ;;
  esac
}

# The locks of a sync are taken before the first of its steps that runs.
admit() {
  case ${group[$1]:-} in
    open) return 0 ;;
    '') ;;
    *) return 1 ;;
  esac
  local result=0
  "locks_$1" || result=$?
  case $result in
    0)
      group[$1]=open
      return 0
      ;;
    1)
      group[$1]=locked
      locked=1
      ;;
    *)
      group[$1]=failed
      failed=1
      ;;
  esac
  return 1
}

settle() {
  if [ "${group[$1]:-}" = open ]; then "unlock_$1"; fi
}

# Interrupted, failed, refused, locked: the first of them counts, then what the plan itself meant.
exit_code() {
  if [ "$interrupted" -ne 0 ]; then printf '%s' "$interrupted"
  elif [ -n "$failed" ] || [ "$plan_code" -eq 1 ]; then printf 1
  elif [ -n "$refused" ] || [ "$plan_code" -eq 3 ]; then printf 3
  elif [ -n "$locked" ]; then printf 75
  else printf '%s' "$plan_code"
  fi
}

# ---- Transfers ------------------------------------------------------------------------------------------------------

# What rsync says to standard output: its totals, and the uppermost of the directories that it did not delete.
read_output='
function within(path, directory) {
  return directory == "" || path == directory || index(path, directory "/") == 1
}
function keep(path,  parent) {
  parent = path
  if (!sub(/\/[^\/]*$/, "", parent)) parent = ""
  while (n > 0 && within(parents[n], path)) n--
  while (n > 0 && !within(parent, parents[n])) settled += counts[n--]
  if (n > 0 && parents[n] == parent) counts[n]++
  else { parents[++n] = parent; counts[n] = 1 }
}
/^Number of files: [0-9]/ { entries = $4 + 0 }
/^Number of created files: [0-9]/ { created = $5 + 0 }
/^cannot delete non-empty directory: / { keep(substr($0, 36)) }
END {
  while (n > 0) settled += counts[n--]
  printf "%d %d %d\n", entries, created, settled
}'

# And to standard error, whose exit code hides one thing behind another.
read_errors='
/^Deletions stopped due to --max-delete limit \([0-9]+ skipped\)$/ { sub(/.*\(/, ""); skipped = $1 + 0; next }
/^rsync error: the --max-delete limit stopped deletions / { next }
{ print > "/dev/stderr" }
/^(file|directory) has vanished: / { vanished++; next }
/^could not make way for new / { no_way++; next }
/^rsync (error|warning): / || $0 == "" { next }
/: (No space left on device \(28\)|Disk quota exceeded \(122\))$/ { full = 1 }
{ others++ }
END { printf "%d %d %d %d %d\n", skipped, vanished, no_way, others, full }'

# One run of rsync. Sets code, entries, created, pending, skipped, vanished, no_way, others and full.
pass() {
  if [ -n "$dry_run" ]; then
    say "    $(words "$@")"
    return 0
  fi
  local reader listener kept
  rm -f "$work/out" "$work/err"
  mkfifo -m 600 "$work/out" "$work/err" || return 1
  tr '\r' '\n' <"$work/out" | awk "$read_output" >"$work/totals" &
  reader=$!
  awk "$read_errors" <"$work/err" >"$work/complaints" &
  listener=$!
  code=0
  supervise "$@" >"$work/out" 2>"$work/err" || code=$?
  wait "$reader" "$listener"
  read -r entries created kept <"$work/totals" || entries=0
  read -r skipped vanished no_way others full <"$work/complaints" || others=1
  # rsync counts what is in a directory that has to go, and not the uppermost directory itself.
  pending=0
  if [ "$skipped" -gt 0 ]; then
    pending=$skipped
    if [ "$kept" -gt "$no_way" ]; then pending=$((pending + kept - no_way)); fi
  fi
}

# Runs a pass and judges it. Sets saw_all when what is not in the source is gone from it.
judged() {
  local all
  "commands_$number" "$1" || return 1
  if [ "$interrupted" -ne 0 ]; then return 1; fi
  if [ -n "$dry_run" ]; then return 0; fi
  all=$entries
  saw_all=''
  if [ -n "$deadline" ] && [ "$code" -eq 124 ]; then
    warn 'The transfer took longer than its timeout.'
    return 1
  fi
  if [ "$code" -eq 25 ]; then code=0; fi
  # A directory that has to become a file fails in a pass that deletes nothing.
  if [ "$code" -eq 23 ] && [ "$skipped" -gt 0 ] && [ "$no_way" -gt 0 ] && [ "$others" -eq 0 ]; then
    code=0
    if [ "$vanished" -gt 0 ]; then code=24; fi
  fi
  if [ "$code" -ne 0 ]; then
    case " $tolerate " in
      *" $code "*) warn "rsync ended with exit code $code, which this sync tolerates." ;;
      *)
        warn "rsync failed with exit code $code."
        return 1
        ;;
    esac
  elif [ "$vanished" -eq 0 ]; then
    saw_all=1
  fi
  if [ "$all" -eq 0 ]; then
    warn 'rsync ended without its totals, so the copy cannot be judged.'
    return 1
  fi
  # The entries of the source, its own directory not counted.
  entries=$((all - 1))
}

# Before anything is deleted or a snapshot gets its name: is too much gone?
guard() {
  local there fewer
  if [ -n "$allow_destructive" ] || { [ -z "$deletes" ] && [ -z "$scratch" ]; }; then return 0; fi
  if [ -n "$compare_with" ]; then
    there=$(set -o pipefail; find "$compare_with" -mindepth 1 -print0 | tr -dc '\0' | wc -c) || {
      warn "The entries of $compare_with cannot be counted."
      return 3
    }
  else
    there=$((entries - created + pending))
  fi
  fewer=$((there - entries))
  if [ "$pending" -gt "$fewer" ]; then fewer=$pending; fi
  if [ "$entries" -eq 0 ] && [ "$there" -gt 0 ]; then
    warn "The source is empty, and there are $there entries at the destination."
    return 3
  fi
  if [ "$fewer" -le 19 ]; then return 0; fi
  if [ $((fewer * 100000)) -gt $((there * max_percent)) ] || { [ -n "$max_files" ] && [ "$fewer" -gt "$max_files" ]; }; then
    warn "$fewer of $there entries would be gone, more than policy.max-delete allows."
    return 3
  fi
}

postponed() {
  warn "$pending entries that the source no longer has stay for now: the source changed while it was read."
  [ "$no_way" -eq 0 ]
}

# A pass that deletes nothing; where deletions are due and allowed, one that makes just those.
copy() {
  judged first || return 1
  if [ -z "$saw_all" ] && ! "check_$number" lost; then return 1; fi
  guard || return 3
  if [ "$pending" -eq 0 ] || [ -z "$deletes" ] || [ -n "$scratch" ]; then return 0; fi
  if [ -z "$saw_all" ]; then
    postponed
    return
  fi
  "check_$number" lost || return 3
  judged second || return 1
  if [ "$skipped" -gt 0 ]; then postponed; fi
}

# The step of a sync: number, and for one that makes snapshots their folder and the variable that gets the name.
transfer() {
  number=$1
  local result=0
  full=0
  if [ -n "$timeout" ]; then deadline=$(($(date +%s) + timeout)); fi
  if [ -n "$checks_changes" ] && ! changed; then
    if [ -n "$3" ]; then printf -v "$3" '%s' "$previous"; fi
    return 10
  fi
  if [ -n "$2" ]; then name_snapshot "$2" "$3"; fi
  "commands_$number" prepare || return 1
  copy || result=$?
  if [ "$result" -eq 1 ] && [ "$full" -eq 1 ] && [ -n "$cleans_up" ] && [ "$interrupted" -eq 0 ]; then
    # What an earlier run left can be what fills the drive.
    "commands_$number" clean || return 1
    result=0
    copy || result=$?
  fi
  if [ "$result" -ne 0 ]; then return "$result"; fi
  if [ -z "$cleans_up" ]; then return 0; fi
  "commands_$number" clean && judged last
}

# A dry run that fails counts as a change: the transfer will say what is wrong.
changed() {
  "commands_$number" changed >"$work/items" || return 0
  grep -q -E '^([*]deleting  |[<>ch.][fdLDS][^ ]{9}) [0-9]+ .+$' "$work/items"
}

# A snapshot is named after the time at which its transfer starts, which no snapshot has yet. Arguments: folder, variable.
name_snapshot() {
  local name
  while :; do
    name=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)
    if [ ! -e "$1/$name" ] && [ ! -e "$1/.partial-$name" ] && [ ! -e "$1/.prune-$name" ]; then break; fi
    sleep 0.01
  done
  printf -v "$2" '%s' "$name"
  if clock_behind "$name" "$previous"; then warn "The clock is not after the snapshot $previous: nothing will be pruned."; fi
}

# Is a new snapshot not after the one before it? Colons and hyphens both separate hours from minutes.
clock_behind() {
  local made=${1//:/-} before=${2//:/-}
  [ -n "$made" ] && [ -n "$before" ] && [ "$1" != "$2" ] && ! [[ $made > $before ]]
}

# ---- The plan ------------------------------------------------------------------------------------------------------
# transfer:documents: copy laptop:Documents to usb:documents
check_0() {
  is_there /home/ada/.nbkp-vol '.nbkp-vol of laptop' || return 1
  mounted_at /home/ada / 'where the file system of laptop is mounted' || return 1
  has_uuid /home/ada 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop' || return 1
  is_there /home/ada/Documents/.nbkp-src 'the source sentinel of laptop:Documents' || return 1
  mounted_at /home/ada/Documents / 'where the file system of laptop:Documents is mounted' || return 1
  has_uuid /home/ada/Documents 3d1f0c9e-7a42-4d7b-9a51-0c2f5b7e8d11 'the UUID of the file system of laptop:Documents' || return 1
  is_there /mnt/usb/.nbkp-vol '.nbkp-vol of usb' || return 1
  mounted_at /mnt/usb /mnt/usb 'where the file system of usb is mounted' || return 1
  has_uuid /mnt/usb 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb' || return 1
  is_there /mnt/usb/documents/.nbkp-dst 'the destination sentinel of usb:documents' || return 1
  mounted_at /mnt/usb/documents /mnt/usb 'where the file system of usb:documents is mounted' || return 1
  has_uuid /mnt/usb/documents 8a3b2c1d-1111-2222-3333-444455556666 'the UUID of the file system of usb:documents' || return 1
  leads_to /mnt/usb/documents /mnt/usb/documents 'the real path of usb:documents' || return 1
  latest_is /mnt/usb/documents snapshot 2026-03-09T20:00:00.000Z 'latest of usb:documents' || return 1
  rsync_is rsync 'Samba'\''s rsync' || return 1
  :
}
commands_0() {
  case $1 in
    prepare)
      run mkdir /mnt/usb/documents/snapshots/.partial-"$snapshot_documents" || return 1
      :
      ;;
    first) pass rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --link-dest=/mnt/usb/documents/snapshots/2026-03-09T20:00:00.000Z --info=progress2 '--out-format=@%C %l %M %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/snapshots/.partial-"$snapshot_documents"/ ;;
    clean)
      :
      ;;
    preview) supervise rsync '--filter=H .nbkp-*' '--filter=P .nbkp-*' '--filter=Pp .rsync-partial/' -a --delete --delete-excluded --partial-dir=.rsync-partial -s --dry-run '--out-format=%i %l %n' --stats --no-human-readable -- /home/ada/Documents/ /mnt/usb/documents/snapshots/2026-03-09T20:00:00.000Z/ ;;
  esac
}
step_0() {
  deletes=1
  scratch=1
  checks_changes=''
  cleans_up=''
  compare_with=/mnt/usb/documents/snapshots/2026-03-09T20:00:00.000Z
  previous=2026-03-09T20:00:00.000Z
  tolerate=24
  timeout=''
  max_percent=25000
  max_files=''
  transfer 0 /mnt/usb/documents/snapshots snapshot_documents
}

# snapshot:documents: name the copy {snapshot:documents} and point latest to it
check_1() {
  latest_is /mnt/usb/documents snapshot 2026-03-09T20:00:00.000Z 'latest of usb:documents' || return 1
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
  :
}
step_2() {
  if clock_behind "$snapshot_documents" 2026-03-09T20:00:00.000Z; then return 10; fi
  run mv -T /mnt/usb/documents/snapshots/2026-02-14T20:00:00.000Z /mnt/usb/documents/snapshots/.prune-2026-02-14T20:00:00.000Z || return 1
  run find /mnt/usb/documents/snapshots/.prune-2026-02-14T20:00:00.000Z -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
  run rm -rf /mnt/usb/documents/snapshots/.prune-2026-02-14T20:00:00.000Z || return 1
  run mv -T /mnt/usb/documents/snapshots/2026-03-04T20:00:00.000Z /mnt/usb/documents/snapshots/.prune-2026-03-04T20:00:00.000Z || return 1
  run find /mnt/usb/documents/snapshots/.prune-2026-03-04T20:00:00.000Z -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
  run rm -rf /mnt/usb/documents/snapshots/.prune-2026-03-04T20:00:00.000Z || return 1
  run mv -T /mnt/usb/documents/snapshots/2026-03-05T20:00:00.000Z /mnt/usb/documents/snapshots/.prune-2026-03-05T20:00:00.000Z || return 1
  run find /mnt/usb/documents/snapshots/.prune-2026-03-05T20:00:00.000Z -type d '!' -perm -700 -exec chmod u+rwx '{}' ';' || return 1
  run rm -rf /mnt/usb/documents/snapshots/.prune-2026-03-05T20:00:00.000Z || return 1
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

refuse() {
  warn "$1"
  exit 3
}

# The drive or folder of a sync is not here.
absent() {
  group[$1]=absent
  say "$2 is skipped: its drive or folder is not here."
  if [ -n "${3:-}" ] && [ "$plan_code" -eq 0 ]; then plan_code=4; fi
}

# step, its sync, syncs that it waits for
still() {
  local number=$1 sync=$2 other
  shift 2
  if [ "${group[sync]:-}" = absent ]; then return; fi
  for other; do
    if [ "${group[other]:-}" = absent ]; then refuse 'A chain reads what an absent drive would have got.'; fi
  done
  "check_$number" all || refuse 'The plan is stale: nothing was done. Make a new one.'
}

# What a step would run, and what a transfer would change, by a dry run of rsync that writes nothing.
show() {
  if [ "${group[$2]:-}" = absent ]; then return; fi
  say "$3"
  if [ "$4" != transfer ]; then
    "step_$1"
    return
  fi
  local part
  for part in prepare first second clean last; do "commands_$1" "$part"; done
  if [ -n "${5:-}" ]; then "commands_$1" preview || warn 'This dry run of rsync failed.'; fi
}

dry() {
  dry_run=1
  pending=N
  show 0 0 transfer:documents transfer preview
  show 1 0 snapshot:documents snapshot
  show 2 0 prune:documents prune
  exit "$plan_code"
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
  pending=0
  is_here_0 || absent 0 documents
  still 0 0
  still 1 0
  still 2 0
  if [ -n "${1:-}" ]; then dry; fi
  work=$(mktemp -d) || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  step 0 0 transfer:documents success
  step 1 0 snapshot:documents success 0
  step 2 0 prune:documents success 1
  settle 0
  exit "$(exit_code)"
}

main "$@"
