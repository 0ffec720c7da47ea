/** A constant part of every script, in what dash, busybox and bash 3.2 have in common: the name of a new snapshot. */
export const NAMING_FUNCTIONS = `# A snapshot is named after the time at which its transfer starts, which no snapshot has yet. Arguments: folder, variable.
name_snapshot() {
  local made
  while :; do
    made=$(this_moment)
    if ! at_target is_taken "$1" "$made"; then break; fi
    sleep 0.01 2>/dev/null || sleep 1
  done
  eval "$2=\\$made"
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
  ! expr "x$(printf '%s' "$1" | tr : -)" \\> "x$(printf '%s' "$2" | tr : -)" >/dev/null
}
`;
