say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

# The words of a command as a shell would read them.
words() {
  local word line=''
  for word; do line="$line $(quoted "$word")"; done
  printf '%s\n' "${line# }"
}

quoted() {
  case $1 in
    '' | *[!A-Za-z0-9_@%+=:,./-]*)
      # Control characters would act on the terminal.
      printf '%s' "$1" | sed "s/'/'\\\\''/g" | tr '\001-\037\177' '?' | { printf "'" && cat && printf "'"; }
      ;;
    *) printf '%s' "$1" ;;
  esac
}

# ---- Processes ----------------------------------------------------------------------------------------------------

interrupted=0
# The code of the signal while that is put aside for commands that come after it.
ended=0
child=''
# What a command reads, and the descriptors to which it writes. What this shell says goes to its own.
input=/dev/null
out_to=1
err_to=2

on_signal() {
  if [ "$interrupted" -ne 0 ]; then exit "$interrupted"; fi
  if [ "$ended" -ne 0 ]; then exit "$ended"; fi
  interrupted=$1
  warn "Interrupted: what is running is ended, nothing more is begun."
  if [ -n "$child" ]; then end_child; fi
}

# What comes before the child has become its command is lost in some shells: until then it is a copy of this one.
end_child() {
  while kill -TERM "$child" 2>/dev/null && cmp -s "/proc/$$/cmdline" "/proc/$child/cmdline" 2>/dev/null; do sleep 0.1; done
  kill -TERM "$child" 2>/dev/null
}

# Runs a command to its end, also when a signal comes meanwhile. It inherits the locks.
supervise() {
  local code left
  if [ "$interrupted" -ne 0 ]; then return 143; fi
  if [ -n "$verbose" ]; then warn "    $(words "$@")"; fi
  if [ -n "$deadline" ]; then
    left=$((deadline - $(date +%s)))
    if [ "$left" -lt 1 ]; then left=1; fi
    set -- timeout -k 10 "$left" "$@"
  fi
  "$@" <"$input" 1>&"$out_to" 2>&"$err_to" &
  child=$!
  # A signal that came while it was being started found nothing to end.
  if [ "$interrupted" -ne 0 ]; then end_child; fi
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

is_mark() { { [ -f "$1" ] && [ ! -L "$1" ]; } || differs "$2"; }

# A mark that names nobody: empty, or not there.
says_nothing() { { [ ! -L "$1" ] && [ ! -s "$1" ]; } || differs "$2"; }

stat_is() { [ "$(stat -c "$1" "$2" 2>/dev/null)" = "$3" ] || differs "$4"; }

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

# snapshots/: its inode and owner, and whether it is on the device of the folder around it (within) or on another (apart).
snapshots_are() {
  local there=apart
  if [ "$(stat -c %d "$1/snapshots" 2>/dev/null)" = "$(stat -c %d "$1" 2>/dev/null)" ]; then there=within; fi
  { [ "$(stat -c '%i %u' "$1/snapshots" 2>/dev/null)" = "$2" ] && [ "$there" = "$3" ]; } || differs "$4"
}

is_no_link() { [ ! -L "$1" ] || differs "$2"; }

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

# Opens a file as this descriptor and locks it. Arguments: descriptor, exclusive or shared, path. Returns 1 when another has it.
hold() {
  local flag=-x
  if [ -L "$3" ] || { [ -e "$3" ] && [ ! -f "$3" ]; }; then
    warn "$3 cannot be locked: it is not a regular file."
    return 2
  fi
  if [ ! -e "$3" ]; then (umask 022 && : >>"$3") 2>/dev/null; fi
  if [ -w "$3" ]; then eval "exec $1<>\"\$3\"" || return 2
  elif [ -r "$3" ]; then eval "exec $1<\"\$3\"" || return 2
  # Nobody can prune where all is read-only.
  elif [ "$2" = shared ] && [ -d "${3%/*}" ] && [ ! -w "${3%/*}" ]; then eval "exec $1<\"\${3%/*}\"" || return 2
  else
    warn "$3 cannot be locked."
    return 2
  fi
  if [ "$2" = shared ]; then flag=-s; fi
  if ! flock -n "$flag" "$1"; then
    eval "exec $1<&-"
    warn "$3 is held by another run."
    return 1
  fi
  if [ "$2" = exclusive ]; then
    note_holder "$3" "{\"pid\":$$,\"host\":\"$host\",\"startedAt\":\"$started\",\"command\":\"nbkp script\",\"run\":\"script-$$\"}"
  fi
}

# Gives it back.
drop() {
  if [ "$2" = exclusive ]; then note_holder "$3" ''; fi
  eval "exec $1<&-"
}

# For people: who holds a lock. A file with a second name may be somebody's.
note_holder() {
  if [ ! -w "$1" ] || [ "$(stat -c %h "$1")" != 1 ]; then return; fi
  if [ -n "$2" ]; then printf '%s\n' "$2" >"$1"; else : >"$1"; fi
}

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
  number=$(free_descriptor)
  hold "$number" "$2" "$3" || return
  file_of[$1]=$number
  users[$1]=1
}

# place mode path
leave() {
  local number=${file_of[$1]:-}
  if [ -z "$number" ]; then return; fi
  users[$1]=$((users[$1] - 1))
  if [ "${users[$1]}" -gt 0 ]; then return; fi
  drop "$number" "$2" "$3"
  unset "file_of[$1]"
}

# ---- Steps: which of them run ---------------------------------------------------------------------------------------

# By step: done, unneeded, failed, refused, interrupted or not-run.
state=()
# By sync: open once it has its locks, locked, failed, or absent.
group=()
failed=''
refused=''
locked=''

# number, sync's number, id, success or failure, then the steps that it depends on
step() {
  local number=$1 sync=$2 id=$3 condition=$4 dependency bad='' alarm='' begun=''
  shift 4
  state[number]=not-run
  for dependency; do
    case ${state[dependency]} in
      done) begun=1 ;;
      unneeded) ;;
      failed | refused) bad=1 alarm=1 ;;
      interrupted) bad=1 begun=1 ;;
      *) bad=1 ;;
    esac
  done
  if [ "$condition" = failure ]; then
    if [ -z "$alarm" ] && { [ -z "$bad" ] || [ -z "$begun" ]; }; then return; fi
    # What the others have begun is put right after a signal too.
    ended=$interrupted
    interrupted=0
    attempt "$number" "$sync" "$id"
    if [ "$ended" -ne 0 ]; then interrupted=$ended; fi
    ended=0
  elif [ -z "$bad" ] && [ "$interrupted" -eq 0 ]; then
    attempt "$number" "$sync" "$id"
  fi
}

attempt() {
  local number=$1 sync=$2 id=$3
  admit "$sync" || return 0
  say "$id"
  deadline=''
  local result=0
  if "check_$number" all; then "step_$number" || result=$?; else result=1; fi
  if [ "$interrupted" -ne 0 ]; then
    state[number]=interrupted
    return 0
  fi
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

unnoted() { warn 'The copy is complete, and that could not be written down beside it.'; }

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

at_target() { "$@"; }

# Has a snapshot this name, or what becomes or was one? Arguments: folder, name.
is_taken() { [ -e "$1/$2" ] || [ -e "$1/.partial-$2" ] || [ -e "$1/.prune-$2" ]; }

# Tells how many entries there are in a folder. Fails where not all can be read.
count_entries() {
  told=$({ { find "$1" -mindepth 1 -print0 || printf unread >&3; } | tr -dc '\0' | wc -c; } 3>&1)
  case $told in *unread*) return 1 ;; esac
  told=$((told))
}

# ---- Times ----------------------------------------------------------------------------------------------------------

# Where names of copied files go whose times the destination cannot hold, if anywhere.
late_to='' first_time='' last_time='' held_from='' held_to=''

# rsync tells times as this machine's clock on the wall shows them.
look_at_times() {
  late_to=''
  if [ -z "$held_by" ] || [ -n "$dry_run" ]; then return 0; fi
  first_time=$(date -d "@$held_from" +%Y/%m/%d-%H:%M:%S) || return 1
  last_time=$(date -d "@$held_to" +%Y/%m/%d-%H:%M:%S) || return 1
  late_to=$work/late
  : >"$late_to"
}

tell_times() {
  if [ -z "$late_to" ] || [ ! -s "$late_to" ]; then return 0; fi
  warn "$held_by cannot hold times before ${first_time%-*} or after ${last_time%-*}. Copies of these have other times, and are made in every run [times-not-held]:"
  sort -u "$late_to" | awk 'NR <= 5 { print "  " $0 } END { if (NR > 5) print "  and " NR - 5 " more" }' >&2
}

# ---- Transfers ------------------------------------------------------------------------------------------------------

# What rsync says to standard output: its totals, and the uppermost of the directories that it did not delete.
read_output='
function before(time, other) {
  return time + 0 < other + 0 || time + 0 == other + 0 && time "" < other ""
}
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
/^Number of files: [0-9]/ { entries = $4 + 0; files += $5 == "(reg:" ? $6 + 0 : 0 }
/^Number of created files: [0-9]/ { created = $5 + 0; files -= $6 == "(reg:" ? $7 + 0 : 0 }
/^Number of deleted files: [0-9]/ { deleted = $5 + 0 }
/^[*]deleting   [0-9]+ / { items++; files += substr($0, length($0)) != "/"; sub(/^[*]deleting   [0-9]+ /, ""); print > gone; next }
/^[<>ch]f[^+]........ [0-9]+ / {
  if (substr($0, 3, 1) == "c" || substr($0, 4, 1) == "s") contents++
  else if (substr($0, 5, 1) == "t") times++
}
late != "" && /^@[0-9a-f]+ [0-9]+ [0-9]+\/[0-9][0-9]\/[0-9][0-9]-[0-9:]+ ./ && (before($3, first) || before(last, $3)) {
  name = $0
  sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", name)
  print name >> late
}
made != "" && /^[<>ch.][fdLDS][+][+][+][+][+][+][+][+][+] [0-9]+ / {
  name = $0
  sub(/^[^ ]+ [0-9]+ /, "", name)
  sub(/\/$/, "", name)
  print name > made
}
/^[<>ch.][fdLDS]......... [0-9]+ / && !/^[.]d[.][.]t[.][.][.][.][.][.] [0-9]+ [.]\/$/ { items++ }
/^cannot delete non-empty directory: / { keep(substr($0, 36)) }
END {
  while (n > 0) settled += counts[n--]
  printf "%d %d %d %d %d %d %d %d\n", entries, created, settled, deleted, items, contents, times, files
}'

# A name as rsync shows it: the text for printf %b of a rule for just this name. Where a pattern character is in it, a
# backslash stands for itself only after another, and for a line end stands what is no other byte.
risk_of='
{
  out = ""
  wild = $0 ~ /[*?[]/ || $0 ~ /\\#01[25]/
  while (match($0, /\\#[0-7][0-7][0-7]|[*?[\\]/)) {
    code = RLENGTH == 5 ? substr($0, RSTART + 2, 3) : ""
    out = out substr($0, 1, RSTART - 1)
    if (code == "012") out = out "[^\\001-\\011\\013-\\0377]"
    else if (code == "015") out = out "[^\\001-\\014\\016-\\0377]"
    else if (code == "134" || substr($0, RSTART, 1) == "\\" && code == "") out = out (wild ? "\\\\\\\\" : "\\\\")
    else if (code != "") out = out "\\0" code
    else out = out "\\\\" substr($0, RSTART, 1)
    $0 = substr($0, RSTART + RLENGTH)
  }
  print out $0
}'

# And to standard error, whose exit code hides one thing behind another.
read_errors='
/^Deletions stopped due to --max-delete limit \([0-9]+ skipped\)$/ { sub(/.*\(/, ""); skipped = $1 + 0; next }
/^rsync error: the --max-delete limit stopped deletions / { next }
{ print > said }
/^(file|directory) has vanished: / { vanished++; next }
/^could not make way for new / { no_way++; next }
/^rsync (error|warning): / || $0 == "" { next }
/: (No space left on device \(28\)|Disk quota exceeded \(122\))$/ { full = 1 }
{ others++ }
END { printf "%d %d %d %d %d\n", skipped, vanished, no_way, others, full }'

# Where that is shown.
said=/dev/stderr

# Where names go that are new, if anywhere.
made_to=''

# One run of rsync. Sets code, entries, created, deleted, items, pending, skipped, vanished, no_way, others and full.
pass() {
  if [ -n "$dry_run" ]; then
    say "    $(words "$@")"
    return 0
  fi
  local reader listener kept judged=1
  rm -f "$work/out" "$work/err"
  mkfifo -m 600 "$work/out" "$work/err" || return 1
  # Opened here, so that nobody waits for one that has died.
  exec 4<>"$work/out"
  exec 3>"$work/out"
  exec 4<"$work/out"
  tr '\r' '\n' <&4 3>&- | awk -v gone="$work/gone" -v made="$made_to" \
    -v late="$late_to" -v first="$first_time" -v last="$last_time" "$read_output" >"$work/totals" 3>&- 4<&- &
  reader=$!
  exec 4<>"$work/err"
  exec 5>"$work/err"
  exec 4<"$work/err"
  awk -v said="$said" "$read_errors" <&4 3>&- 5>&- >"$work/complaints" &
  listener=$!
  exec 4<&-
  code=0
  out_to=3 err_to=5
  supervise "$@" || code=$?
  out_to=1 err_to=2
  exec 3>&- 5>&-
  wait "$reader" "$listener"
  read -r entries created kept deleted items contents times files <"$work/totals" || judged=''
  read -r skipped vanished no_way others full <"$work/complaints" || judged=''
  if [ -z "$judged" ]; then
    if [ "$interrupted" -eq 0 ]; then warn 'What rsync said could not be read, so the copy cannot be judged.'; fi
    full=0
    return 1
  fi
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
      *" $code "*)
        warn "rsync ended with exit code $code, which this sync tolerates."
        # What vanished is no longer in the source.
        if [ "$code" -ne 24 ]; then unread=1; fi
        ;;
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

postponed() {
  warn "$pending entries that the source no longer has stay for now: the source changed while it was read."
  [ "$no_way" -eq 0 ]
}

# What goes into the only copy was judged before it did. What the source has lost since is for the next run.
judge_pass() {
  if [ -n "$in_place" ] && [ "$entries" -gt 0 ]; then return 0; fi
  guard
}

# A pass that deletes nothing; where deletions are due and allowed, one that makes just those.
copy() {
  local result=0 names=0 knows_names=1 replaced=0 since=0 made
  if [ -n "$compares" ]; then compare compare || result=$?; fi
  if [ "$result" -eq 10 ]; then return 0; fi
  if [ "$result" -ne 0 ]; then return "$result"; fi
  judged first || return 1
  if [ -z "$saw_all" ] && ! "check_$number" lost; then return 1; fi
  judge_pass || return 3
  if [ "$pending" -eq 0 ] || [ -z "$deletes" ] || [ -n "$scratch" ]; then return 0; fi
  if [ "$vanished" -gt 0 ] && [ "$others" -eq 0 ]; then
    # What vanished may have a new place by now, and its copy at the old one be what is to be deleted.
    made=$created
    judged first || return 1
    created=$((created + made))
    if [ -z "$saw_all" ] && ! "check_$number" lost; then return 1; fi
    judge_pass || return 3
    if [ "$pending" -eq 0 ]; then return 0; fi
  fi
  if [ -z "$saw_all" ] || [ -z "$knows_names" ]; then
    postponed
    return
  fi
  remove
}

# Deletes just what was judged: whatever becomes of the source meanwhile.
remove() {
  local blocked=$no_way due=$pending
  if [ -z "$in_place" ]; then
    : >"$work/gone"
    judged list || return 1
    "check_$number" lost || return 3
    mv "$work/gone" "$work/names"
    names=$(($(wc -l <"$work/names")))
    pending=$names
    no_way=$blocked
    if [ -z "$saw_all" ]; then
      postponed
      return
    fi
    guard || return 3
  else
    "check_$number" lost || return 1
  fi
  {
    awk "$risk_of" <"$work/names" | while IFS= read -r name; do printf 'R /%b\n' "$name"; done
    say 'P *'
  } >"$work/rules"
  input=$work/rules
  judged second || { input=/dev/null; return 1; }
  input=/dev/null
  # What went away only after the names were listed stays until the next run.
  pending=$((due - deleted))
  if [ "$names" -gt "$due" ]; then pending=$((names - deleted)); fi
  if [ "$pending" -gt 0 ] && { [ -z "$saw_all" ] || [ "$due" -gt "$names" ]; }; then postponed; fi
}

# The step of a sync: number, and for one that makes snapshots their folder and the variable that gets the name.
transfer() {
  number=$1
  local result=0
  full=0
  unread=''
  if [ -n "$timeout" ]; then deadline=$(($(date +%s) + timeout)); fi
  if [ -n "$checks_changes" ] && ! changed; then
    if [ -n "$3" ]; then eval "$3=\$previous"; fi
    return 10
  fi
  if [ -n "$2" ]; then name_snapshot "$2" "$3"; fi
  look_at_times || return 1
  "commands_$number" prepare || return 1
  copy || result=$?
  if [ "$result" -eq 1 ] && [ "$full" -eq 1 ] && [ -n "$cleans_up" ] && [ "$interrupted" -eq 0 ]; then
    # What an earlier run left can be what fills the drive.
    "commands_$number" clean && "commands_$number" unlink || return 1
    result=0
    copy || result=$?
  fi
  if [ "$result" -ne 0 ]; then return "$result"; fi
  if [ -n "$cleans_up" ]; then "commands_$number" clean && judged last || return 1; fi
  tell_times
  if [ -n "$unread" ]; then
    if [ -n "$3" ]; then eval "${3}_incomplete=1"; fi
  elif [ -n "$last_whole" ]; then
    since_whole || return $?
  fi
  # A source that went away meanwhile looks like one that was emptied.
  "check_$number" lost && return 0
  warn 'What the transfer needs went away or was changed meanwhile.'
  return 1
}

# What the last snapshot lacks, since it could not be read, is still in an older one.
since_whole() {
  compare_with=$last_whole
  compares=''
  : >"$work/gone"
  judged whole || return 1
  if [ -n "$dry_run" ]; then return 0; fi
  pending=$(($(wc -l <"$work/gone")))
  guard || return 3
}

not_pruned() {
  warn 'Not all of the source could be read: no snapshot is pruned, since the new one may lack what older ones have.'
}

# A dry run that fails counts as a change: the transfer will say what is wrong.
changed() {
  "commands_$number" changed >"$work/items" || return 0
  grep -q -E '^([*]deleting  |[<>ch.][fdLDS][^ ]{9}) [0-9]+ .+$' "$work/items"
}

# A snapshot is named after the time at which its transfer starts, which no snapshot has yet. Arguments: folder, variable.
name_snapshot() {
  local made
  while :; do
    made=$(this_moment)
    if ! at_target is_taken "$1" "$made"; then break; fi
    sleep 0.01 2>/dev/null || sleep 1
  done
  eval "$2=\$made"
  if clock_behind "$made" "$previous"; then warn "The clock is not after the snapshot $previous: nothing will be pruned."; fi
}

# The time, to the millisecond where the clock can be asked for that: busybox counts seconds only. Argument: what stands for it then.
stamp() {
  local moment
  moment=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)
  case $moment in
    *.[0-9][0-9][0-9]Z) printf '%s' "$moment" ;;
    *) date -u "+%Y-%m-%dT%H:%M:%S.$1Z" ;;
  esac
}

# The next second is later than what others have made in this one.
this_moment() {
  local moment
  moment=$(stamp none)
  case $moment in
    *none*)
      sleep 1
      moment=$(stamp 000)
      ;;
  esac
  printf '%s' "$moment"
}

# Is a new snapshot not after the one before it? Colons and hyphens both separate hours from minutes.
clock_behind() {
  if [ -z "$1" ] || [ -z "$2" ] || [ "$1" = "$2" ]; then return 1; fi
  ! expr "x$(printf '%s' "$1" | tr : -)" \> "x$(printf '%s' "$2" | tr : -)" >/dev/null
}

# ---- Loss --------------------------------------------------------------------------------------------------------

# Is it more than policy.max-delete allows? Arguments: lost entries, entries before.
exceeds() {
  if [ "$1" -le 19 ]; then return 1; fi
  [ $(($1 * 100000)) -gt $(($2 * max_percent)) ] || { [ -n "$max_files" ] && [ "$1" -gt "$max_files" ]; }
}

# Would more files get other content, as a look has counted them, than policy.max-change allows?
changes_too_much() {
  if [ -z "$max_change" ] || [ -n "$allow_destructive" ] || [ $((contents + times)) -le 19 ]; then return 1; fi
  [ $(((contents + times) * 100000)) -gt $((files * max_change)) ]
}

# Sets there to the entries of the last snapshot.
count_before() {
  if at_target count_entries "$compare_with"; then
    there=$told
    return 0
  fi
  warn "The entries of $compare_with cannot be counted [history-unreadable]."
  return 1
}

# What a refused or interrupted run has left in the target is no part of the last snapshot: looks at that alone, and sets lost.
look_again() {
  local code entries created kept deleted items contents times files pending skipped vanished no_way others full saw_all
  : >"$work/gone"
  look compare || return 1
  lost=$((there - entries + created))
  pending=$(($(wc -l <"$work/gone")))
  if [ "$pending" -gt "$lost" ]; then lost=$pending; fi
}

# Would too much be lost, by path and kind? Judges entries, created and pending, as a pass or a look has set them.
guard() {
  local there kept lost
  if [ -n "$allow_destructive" ]; then return 0; fi
  if [ -n "$in_place" ] || [ -z "$compare_with" ]; then
    lost=$((pending + replaced))
    there=$((entries - created + lost))
    # Where nothing is deleted, the copy has more than the source.
    if [ -n "$compare_with" ] && [ "$lost" -gt 19 ]; then
      count_before || return 3
    fi
  else
    count_before || return 3
    # As many others make up for none of the entries that the last snapshot had.
    kept=$((entries - created))
    if [ -n "$compares" ]; then kept=$since; fi
    if [ "$kept" -gt "$entries" ]; then kept=$entries; fi
    lost=$((there - kept))
    if [ "$pending" -gt "$lost" ]; then
      lost=$pending
      if [ -n "$compares" ] && exceeds "$lost" "$there"; then look_again || return 3; fi
    fi
  fi
  if [ "$entries" -eq 0 ] && [ "$lost" -gt 0 ]; then
    warn "The source is empty, and there are $((there)) entries at the destination [source-empty]."
    return 3
  fi
  if exceeds "$lost" "$there"; then
    warn "$lost of $((there)) entries would be lost, more than policy.max-delete allows [max-delete-exceeded]."
    return 3
  fi
}

# A dry run. What it cannot read is no reason to copy nothing: the first pass says so.
look() {
  local ran=0
  saw_all=''
  rm -f "$work/said"
  said=$work/said
  "commands_$number" "$1" || ran=$?
  said=/dev/stderr
  if [ "$ran" -ne 0 ] || [ "$interrupted" -ne 0 ]; then return 1; fi
  if [ "$entries" -eq 0 ] || { [ -n "$deadline" ] && [ "$code" -eq 124 ]; }; then
    if [ -e "$work/said" ]; then cat "$work/said" >&2; fi
    warn "What would be lost is not known: rsync failed with exit code $code."
    return 1
  fi
  entries=$((entries - 1))
  if [ "$code" -eq 0 ] && [ "$vanished" -eq 0 ]; then saw_all=1; fi
}

# Before the first pass overwrites anything. Returns 10 when there is nothing to do. Argument: which command looks.
compare() {
  local all made result
  : >"$work/gone"
  look "$1" || return 1
  mv "$work/gone" "$work/names"
  names=$(($(wc -l <"$work/names")))
  knows_names=$saw_all
  since=$((entries - created))
  if changes_too_much; then
    "check_$number" lost || return 1
    warn "$((contents + times)) of $files files would be replaced under their names ($contents of them have other content, $times"       'another time and the same size), more than policy.max-change allows [max-change-exceeded].'
    return 3
  fi
  if [ -z "$in_place" ]; then return 0; fi
  result=0
  if [ -n "$saw_all" ] && [ "$items" -eq 0 ] && [ -z "$resumes" ]; then result=10; fi
  # How much differs from the target says nothing of the last snapshot.
  if [ -z "$compare_with" ] && { [ "$result" -ne 0 ] || ! exceeds $((names + created)) $((entries + names)); }; then
    return "$result"
  fi
  all=$entries made=$created
  count_replaced "$1" || return 1
  entries=$all created=$made pending=$names
  # With what is new there the same loss would be a smaller share in the next run.
  if guard; then return "$result"; fi
  "check_$number" lost || return 1
  return 3
}

# Sets replaced, as hosts/rsync/replaced.ts counts it. Argument: which command looks at the copy.
count_replaced() {
  if [ -z "$compare_with" ]; then
    look kinds || return 1
    replaced=$created
    return 0
  fi
  names_of "$work/lost" lacking || return 1
  if [ -s "$work/lost" ]; then
    names_of "$work/here" "$1" || return 1
    awk -v here="$work/here" '
      BEGIN { while ((getline <here) > 0) there[$0] = 1 }
      !($0 in there)' <"$work/lost" >"$work/left" || return 1
    mv "$work/left" "$work/lost"
  fi
  names_of "$work/here" kinds || return 1
  replaced=$(($(sort -u "$work/lost" "$work/here" | wc -l)))
}

# The names that a look lists as gone, and as new under their names. Arguments: the file for them, which command looks.
names_of() {
  : >"$work/gone"
  : >"$1"
  made_to=$1
  look "$2" || { made_to=''; return 1; }
  made_to=''
  sed 's|/$||' "$work/gone" >>"$1"
}

# Judges as a run would, from what is there now: its guards come before and after the copy, and this before it. Nothing is written.
would_lose() {
  local dry_run='' result=0 names=0 replaced=0 since=0 knows_names=1
  number=$1
  if [ -z "$compare_with" ] && [ -z "$in_place" ]; then return 0; fi
  compares=1
  compare judge || result=$?
  case $result in
    0) ;;
    10) return 0 ;;
    *) return "$result" ;;
  esac
  pending=$names
  guard || return 3
  if [ -n "$last_whole" ]; then since_whole; fi
}

