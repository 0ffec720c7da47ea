/** A constant part of the script of a spec, for dash and busybox too: what there is of snapshots, and what goes. */
export const HISTORY_FUNCTIONS = `# ---- Snapshots -----------------------------------------------------------------------------------------------------

decided() { sed -n "s/^$1 //p" "$work/history"; }

# Reads what is there, and decides as the planner does what goes after this run.
read_history() {
  previous='' base='' whole='' partial='' resumes=''
  : >"$work/history"
  at_target history_of "$root" >"$work/entries"
  case $?:$mode in
    *:none)
      copied_history
      return
      ;;
    0:*) ;;
    *) return 1 ;;
  esac
  previous=$named
  awk -v latest="$previous" -v now="$(stamp 999)" -v upcoming="$upcoming" -v keep="$keep" \\
    -v zone="$zone" "$time_functions$judge_history" <"$work/entries" >"$work/history" || return
  if [ -n "$previous" ]; then
    if [ -z "$(decided latest)" ]; then
      because latest-dangling "$root/latest names no snapshot that is there"
      return 1
    fi
    base=$root/snapshots/$previous
  elif [ -z "$told" ] && [ -n "$(decided unverified)" ]; then
    because latest-missing "$root has snapshots, and no latest says which of them is complete"
    return 1
  fi
  whole=$(decided whole)
  if [ -n "$whole" ]; then whole=$root/snapshots/$whole; fi
  if [ "$mode" = hard-link ]; then partial=$(decided partial); fi
  resumes=\${partial:+1}
}

# Without snapshots, those of an earlier mode would be deleted. A source may hold such folders too, and then they are its copy.
copied_history() {
  local names
  names=$(sed -n 's/^. \\([0-9].*Z\\)$/\\1/p' "$work/entries")
  if [ -z "$names" ] && [ -z "$named" ]; then
    why='' reason=''
    return 0
  fi
  # shellcheck disable=SC2086
  if [ -z "$through" ] && at_source has_any_of "$source_end" $names; then return 0; fi
  because history-would-be-deleted "$root holds snapshots, and a sync without any would delete them"
  return 1
}

few_prunes() {
  local count
  count=$(decided prune | wc -l)
  if [ -z "$max_prune" ] || [ "$count" -le "$max_prune" ]; then return 0; fi
  because max-prune-exceeded "$((count)) snapshots would be pruned, more than policy.max-prune allows"
  return 3
}

# Where the sync reads. A source that is a destination with snapshots is read through the one that latest names.
read_source() {
  source=$source_end
  if [ -z "$through" ] || [ -n "$awaited" ]; then return 0; fi
  at_source latest_of "$source_end" || return
  if [ -z "$named" ]; then
    if [ -z "$told" ] && at_source entries_of "$source_end" >"$work/entries" &&
      awk "$time_functions"'/^d / && time_of(substr($0, 3)) != "" { n++ } END { exit !n }' "$work/entries"; then
      because latest-missing "$source_end has snapshots, and no latest says which of them is complete"
      return 1
    fi
    because no-snapshot-yet "$source_end has no complete snapshot yet to copy from"
    return 5
  fi
  source=$source_end/snapshots/$named
}

# An empty source is more often a drive that is not there than a wish to delete it all.
source_filled() {
  if [ -z "$mirrors" ] || [ "$source" != "$source_end" ] || ! at_source is_empty "$source_end"; then return 0; fi
  case $mode in
    none) if at_target is_empty "$root"; then return 0; fi ;;
    *) if [ -z "$base" ] || at_target is_empty "$base"; then return 0; fi ;;
  esac
  because source-empty "$source_end is empty, but its copy is not"
  return 3
}

# Pieces of files that an interrupted transfer has left.
find_pieces() {
  local folder="$root"
  case $mode in
    none) ;;
    btrfs) folder=$root/staging ;;
    *) return ;;
  esac
  if at_target has_pieces "$folder"; then resumes=1; fi
}

# Each snapshot gives up its name before anything of it is removed. One that cannot go is no reason to keep the others.
prune_all() {
  local list='' result=0
  list=$(decided leftover; decided prune)
  for doomed in $list; do
    if [ "$interrupted" -ne 0 ]; then return 1; fi
    still || return 1
    case $doomed in
      .prune-*) "leftover_$number" || result=1 ;;
      *) "prune_$number" || result=1 ;;
    esac
  done
  return "$result"
}

# What dead runs have left: links that were to become latest, and marks of snapshots that never got their names.
remove_links() {
  local entry
  at_target links_of "$root" >"$work/links" || return 1
  while IFS= read -r entry; do run_at_target rm -f "$root/$entry" || return 1; done <"$work/links"
  for entry in $(decided stale); do run_at_target rm -f "$root/snapshots/$entry" || return 1; done
}
`;
