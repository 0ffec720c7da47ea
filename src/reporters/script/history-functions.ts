/** A constant part of the script of a spec, for dash and busybox too: what there is of snapshots, and what goes. */
export const HISTORY_FUNCTIONS = `# ---- Snapshots -----------------------------------------------------------------------------------------------------

decided() { sed -n "s/^$1 //p" "$work/history"; }

# Reads what is there, and decides as the planner does what goes after this run.
read_history() {
  previous='' base='' whole='' partial='' resumes=''
  : >"$work/history"
  if [ "$mode" = none ]; then return 0; fi
  at_target history_of "$root" "$mode" >"$work/entries" || return
  previous=$named
  awk -v latest="$previous" -v now="$(stamp 999)" -v upcoming="$upcoming" -v keep="$keep" \\
    -v zone="$zone" "$judge_history" <"$work/entries" >"$work/history" || return
  if [ -n "$previous" ]; then
    if [ -z "$(decided latest)" ]; then
      why="$root/latest names no snapshot that is there"
      return 1
    fi
    base=$root/snapshots/$previous
  elif [ -z "$told" ] && [ -n "$(decided unverified)" ]; then
    why="$root has snapshots, and no latest says which of them is complete"
    return 1
  fi
  whole=$(decided whole)
  if [ -n "$whole" ]; then whole=$root/snapshots/$whole; fi
  if [ "$mode" = hard-link ]; then partial=$(decided partial); fi
  resumes=\${partial:+1}
  if [ -n "$max_prune" ] && [ "$(decided prune | wc -l)" -gt "$max_prune" ]; then
    why="$(($(decided prune | wc -l))) snapshots would be pruned, more than policy.max-prune allows"
    return 3
  fi
}

# Where the sync reads. A source that is a destination with snapshots is read through the one that latest names.
read_source() {
  source=$source_end
  if [ -z "$through" ]; then return 0; fi
  at_source latest_of "$source_end" || return
  if [ -z "$named" ]; then
    why="$source_end has no snapshot yet"
    return 5
  fi
  source=$source_end/snapshots/$named
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
