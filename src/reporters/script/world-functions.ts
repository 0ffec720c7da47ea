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
  if [ "$source_server" = "$target_server" ]; then
    if [ "$root" -ef "$source_end" ]; then
      because destination-is-source "$root is $source_end"
      return 1
    fi
    if below "$source_end" "$root"; then
      because source-inside-destination "$source_end is in $root"
      return 1
    fi
    if [ -z "$apart" ] && below "$root" "$source_end"; then
      because destination-inside-source "$root is in $source_end"
      return 1
    fi
  fi
  if [ "$root" != "$target_volume" ] && ! below "$root" "$target_volume"; then
    because destination-leads-out "a link leads out of the volume, to $root"
    return 1
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

# A destination belongs to one source, told by an id in the marks of both. Sets id, and noted to the success that is noted there.
belongs() {
  noted=''
  at_source mark_of "$source_end/.nbkp-dst" && at_target mark_of "$root/.nbkp-src" || return
  at_source source_id "$source_end" || return
  id=\${told:-$place_id}
  at_target mark_of "$root/.nbkp-dst" || return
  if [ -n "$merges" ]; then return 0; fi
  case $told in
    *"\\"source\\":\\"\${id:-/}\\""* | *"\\"source\\":\\"\${place_id:-/}\\""*)
      at_target noted_at "$root" "$id" "$place_id" || return
      noted=$told
      return 0
      ;;
  esac
  because destination-owned "$root belongs to another source than $source_end, or to nobody yet"
  return 3
}

has_room() {
  at_target room_at "$root" || return
  # shellcheck disable=SC2086
  set -- $told
  if [ "\${3:-0}" != 0 ] && [ "\${4:-}" = 0 ]; then
    because no-inodes "the file system of $root has no inode left for another file"
    return 3
  fi
  if [ -z "$min_free" ]; then return 0; fi
  told=$(awk -v blocks="\${1:-0}" -v size="\${2:-0}" -v wanted="$min_free" \\
    'BEGIN { if (blocks * size < wanted) printf "%.0f", blocks * size; else printf "enough" }')
  if [ "$told" = enough ]; then return 0; fi
  because min-free "there are $told bytes free at $root, and policy.min-free wants $min_free"
  return 3
}

# ---- How old the copies are ----------------------------------------------------------------------------------------

# Where this machine keeps when each sync has succeeded last, for as long as its drive is elsewhere: beside what nbkp keeps.
state_folder() {
  if [ -n "\${NBKP_STATE_DIR:-}" ]; then state=$NBKP_STATE_DIR
  elif [ "$(id -u)" -eq 0 ]; then state=/var/lib/nbkp
  else
    case \${XDG_STATE_HOME:-} in
      /*) state=$XDG_STATE_HOME/nbkp ;;
      *) state=\${HOME:-}/.local/state/nbkp ;;
    esac
  fi
  state=$state/script
}

# Sets last to the later of what is noted at the destination, as far as that was seen, and what is kept here.
last_success() {
  local kept=''
  last=$noted
  if [ -f "$state/$ends" ]; then kept=$(head -n 1 "$state/$ends"); fi
  if [ -z "$last" ] || expr "x$kept" \\> "x$last" >/dev/null; then last=$kept; fi
}

# Has the sync, which is skipped, not succeeded for longer than max-age allows? Whoever can write at the destination could note a
# success that is still to come: that is none.
is_overdue() {
  if [ -z "$max_age" ]; then return 1; fi
  last_success
  if [ -z "$last" ]; then
    warn "$sync is overdue: no success of it is known here, and max-age wants one in $patience."
    return 0
  fi
  awk -v at="$last" -v now="$(date +%s)" -v most="$max_age" "$time_functions
    BEGIN { age = now - time_of(at) / 1000; exit !(age > most || age < -600) }" || return 1
  warn "$sync is overdue: its last success was at $last, and max-age wants one in $patience."
}

# Keeps it for when the drive is elsewhere. Argument: the time, or nothing for what the destination notes.
keep_success() {
  if [ -z "$max_age" ] || [ -n "$dry_run" ]; then return 0; fi
  if [ -n "$1" ]; then last=$1; else last_success; fi
  if [ -z "$last" ] || { [ -f "$state/$ends" ] && [ "$(head -n 1 "$state/$ends")" = "$last" ]; }; then return 0; fi
  (
    umask 077
    mkdir -p "$state" && printf '%s\\n' "$last" >"$state/$ends.new" && mv -f "$state/$ends.new" "$state/$ends"
  ) 2>/dev/null || warn "When $sync succeeded cannot be kept in $state: without its drive it will count as overdue."
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
pass_at_target() { pass "$@"; }
hold_at() { shift; hold "$@"; }
drop_at() { shift; drop "$@"; }
disconnect() { :; }
`;
