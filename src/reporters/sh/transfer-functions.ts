/**
 * A constant part of every script, in what dash, busybox and bash 3.2 have in common: copies with rsync: a pass that deletes nothing, the guard, a pass that
 * deletes just what was judged. It decides as `executors/kinds/rsync/` does, and a test runs both on the same trees.
 */
export const TRANSFER_FUNCTIONS = `# ---- Transfers ------------------------------------------------------------------------------------------------------

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
  if (!sub(/\\/[^\\/]*$/, "", parent)) parent = ""
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
late != "" && /^@[0-9a-f]+ [0-9]+ [0-9]+\\/[0-9][0-9]\\/[0-9][0-9]-[0-9:]+ ./ && (before($3, first) || before(last, $3)) {
  name = $0
  sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", name)
  print name >> late
}
made != "" && /^[<>ch.][fdLDS][+][+][+][+][+][+][+][+][+] [0-9]+ / {
  name = $0
  sub(/^[^ ]+ [0-9]+ /, "", name)
  sub(/\\/$/, "", name)
  print name > made
}
/^[<>ch.][fdLDS]......... [0-9]+ / && !/^[.]d[.][.]t[.][.][.][.][.][.] [0-9]+ [.]\\/$/ { items++ }
/^cannot delete non-empty directory: / { keep(substr($0, 36)) }
END {
  while (n > 0) settled += counts[n--]
  printf "%d %d %d %d %d %d %d %d\\n", entries, created, settled, deleted, items, contents, times, files
}'

# A name as rsync shows it: the text for printf %b of a rule for just this name. Where a pattern character is in it, a
# backslash stands for itself only after another, and for a line end stands what is no other byte.
risk_of='
{
  out = ""
  wild = $0 ~ /[*?[]/ || $0 ~ /\\\\#01[25]/
  while (match($0, /\\\\#[0-7][0-7][0-7]|[*?[\\\\]/)) {
    code = RLENGTH == 5 ? substr($0, RSTART + 2, 3) : ""
    out = out substr($0, 1, RSTART - 1)
    if (code == "012") out = out "[^\\\\001-\\\\011\\\\013-\\\\0377]"
    else if (code == "015") out = out "[^\\\\001-\\\\014\\\\016-\\\\0377]"
    else if (code == "134" || substr($0, RSTART, 1) == "\\\\" && code == "") out = out (wild ? "\\\\\\\\\\\\\\\\" : "\\\\\\\\")
    else if (code != "") out = out "\\\\0" code
    else out = out "\\\\\\\\" substr($0, RSTART, 1)
    $0 = substr($0, RSTART + RLENGTH)
  }
  print out $0
}'

# And to standard error, whose exit code hides one thing behind another.
read_errors='
/^Deletions stopped due to --max-delete limit \\([0-9]+ skipped\\)$/ { sub(/.*\\(/, ""); skipped = $1 + 0; next }
/^rsync error: the --max-delete limit stopped deletions / { next }
{ print > said }
/^(file|directory) has vanished: / { vanished++; next }
/^could not make way for new / { no_way++; next }
/^rsync (error|warning): / || $0 == "" { next }
/: (No space left on device \\(28\\)|Disk quota exceeded \\(122\\))$/ { full = 1 }
{ others++ }
END { printf "%d %d %d %d %d\\n", skipped, vanished, no_way, others, full }'

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
  tr '\\r' '\\n' <&4 3>&- | awk -v gone="$work/gone" -v made="$made_to" \\
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
    awk "$risk_of" <"$work/names" | while IFS= read -r name; do printf 'R /%b\\n' "$name"; done
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
    if [ -n "$3" ]; then eval "$3=\\$previous"; fi
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
    if [ -n "$3" ]; then eval "\${3}_incomplete=1"; fi
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
`;
