/** A constant part of the script of a spec, for dash and busybox too: what there is of snapshots, and what goes. */
export const HISTORY_FUNCTIONS = `# ---- Snapshots -----------------------------------------------------------------------------------------------------

# Sets named to the snapshot that latest names, or to nothing where there is none so far.
latest_of() {
  local there
  named=''
  if [ ! -L "$1/latest" ]; then
    if [ ! -e "$1/latest" ]; then return 0; fi
    why="$1/latest is no link"
    return 1
  fi
  if [ "$1/latest" -ef /dev/null ]; then return 0; fi
  there=$(cd -P -- "$1/latest" 2>/dev/null && printf '%s.' "$PWD")
  there=\${there%.}
  case $there in "\${1%/}/snapshots/"*) named=\${there#"\${1%/}/snapshots/"} ;; esac
  case $named in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][:-][0-9][0-9][:-][0-9][0-9].[0-9][0-9][0-9]Z) ;;
    *)
      why="$1/latest names no snapshot"
      return 1
      ;;
  esac
}

# A line for each entry of snapshots/ that may be nbkp's: what it is, and its name.
entries_of() {
  local entry
  for entry in "$1"/snapshots/[0-9]* "$1"/snapshots/.partial-* "$1"/snapshots/.prune-* "$1"/snapshots/.incomplete-*; do
    case $entry in *"$newline") continue ;; esac
    case \${entry##*/} in *"$newline"*) continue ;; esac
    if [ -L "$entry" ]; then continue; fi
    if [ -d "$entry" ]; then printf 'd %s\\n' "\${entry##*/}"; fi
    if [ -f "$entry" ]; then printf 'f %s\\n' "\${entry##*/}"; fi
  done
}

decided() { sed -n "s/^$1 //p" "$work/history"; }

# Reads what is there, and decides as the planner does what goes after this run.
read_history() {
  previous='' base='' whole='' partial='' resumes=''
  : >"$work/history"
  if [ "$mode" = none ]; then return 0; fi
  if [ -L "$root/snapshots" ] || [ ! -d "$root/snapshots" ]; then
    why="$root/snapshots is no folder: nbkp prepare makes it"
    return 1
  fi
  if [ "$mode" = btrfs ] && ! is_subvolume "$root/staging"; then
    why="$root/staging is no subvolume: nbkp prepare makes it"
    return 1
  fi
  latest_of "$root" || return
  previous=$named
  entries_of "$root" | awk -v latest="$previous" -v now="$(stamp 999)" -v upcoming="$upcoming" -v keep="$keep" \\
    -v zone="$zone" "$judge_history" >"$work/history" || return
  if [ -n "$previous" ]; then
    if [ -z "$(decided latest)" ]; then
      why="$root/latest names no snapshot that is there"
      return 1
    fi
    base=$root/snapshots/$previous
  elif [ ! -L "$root/latest" ] && [ -n "$(decided unverified)" ]; then
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
  latest_of "$source_end" || return
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
  if ! nothing_mounted "$folder" 2>/dev/null; then return; fi
  if [ -n "$(find "$folder" -type d -name .rsync-partial -print | head -n 1)" ]; then resumes=1; fi
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
  for entry in "$root"/.nbkp-latest-*; do
    case \${entry##*/} in
      .nbkp-latest-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][:-][0-9][0-9][:-][0-9][0-9].[0-9][0-9][0-9]Z)
        run rm -f "$entry" || return 1
        ;;
    esac
  done
  for entry in $(decided stale); do run rm -f "$root/snapshots/$entry" || return 1; done
}
`;
