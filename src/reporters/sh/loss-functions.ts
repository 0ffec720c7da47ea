/** A constant part of every script, in what dash, busybox and bash 3.2 have in common: what a transfer would lose, and whether that is too much. */
export const LOSS_FUNCTIONS = `# ---- Loss --------------------------------------------------------------------------------------------------------

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
    warn "$((contents + times)) of $files files would be replaced under their names ($contents of them have other content, $times" \
      'another time and the same size), more than policy.max-change allows [max-change-exceeded].'
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
`;
