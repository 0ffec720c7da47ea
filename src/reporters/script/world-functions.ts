/** A constant part of the script of a spec, for dash and busybox too: whether both ends of a sync are here, and whose they are. */
export const WORLD_FUNCTIONS = `# ---- What is here --------------------------------------------------------------------------------------------------

# Are both ends of the sync here, and marked? Sets source_volume, source_end, target_volume and root.
look_at_ends() {
  reach_ends || return
  "$from" at_source || return
  source_volume=$real
  "$to" at_target || return
  target_volume=$real
  at_source end_here "$source_volume" "$source_folder" .nbkp-src "$source_type" "$source_before" || return
  source_end=$real
  at_target end_here "$target_volume" "$target_folder" .nbkp-dst "$target_type" "$target_before" || return
  root=$real
  if [ "$root" != "$target_volume" ] && ! below "$root" "$target_volume"; then
    why="a link leads out of the volume, to $root"
    return 3
  fi
  if [ "$source_server" = "$target_server" ]; then
    if [ "$root" -ef "$source_end" ] || below "$source_end" "$root"; then
      why="$source_end is in $root"
      return 3
    fi
    if [ -z "$apart" ] && below "$root" "$source_end"; then
      why="$root is in $source_end"
      return 3
    fi
  fi
  at_source ids_of "$source_volume" "$source_end" || return
  source_ids=$told
  at_target ids_of "$target_volume" "$root" || return
  target_ids=$told
}

# Is all as it was when the sync began? The empty mountpoint of a drive that has gone is a folder like any other.
still() {
  at_source source_is "$source_ids" "$source_volume" "$source_end" &&
    at_target target_is "$target_ids" "$target_volume" "$root" "$mode"
}

# A destination belongs to one source, told by an id in the marks of both. Sets id.
belongs() {
  at_source source_id "$source_end" || return
  id=\${told:-$place_id}
  if [ -n "$merges" ]; then return 0; fi
  at_target owner_of "$root" || return
  case $told in
    *"\\"source\\":\\"$id\\""*) if [ -n "$id" ]; then return 0; fi ;;
    *"\\"source\\":\\"$place_id\\""*) if [ -n "$place_id" ]; then return 0; fi ;;
  esac
  why="$root belongs to another source than $source_end, or to nobody yet"
  return 3
}

has_room() {
  if [ -z "$min_free" ]; then return 0; fi
  at_target free_at "$root" || return
  [ "\${told:-0}" -ge "$min_free" ] || {
    why="there are \${told:-0} KiB free at $root, and policy.min-free wants $min_free"
    return 1
  }
}
`;

/** Where there is no server. */
export const HERE_FUNCTIONS = `also=''
source_server=''
target_server=''
reach_ends() { :; }
at_source() { "$@"; }
at_target() { "$@"; }
run_at_target() { run "$@"; }
hold_at() { shift; hold "$@"; }
drop_at() { shift; drop "$@"; }
disconnect() { :; }
`;
