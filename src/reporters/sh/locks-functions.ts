/**
 * A constant part of every script, in what dash, busybox and bash 3.2 have in common: takes a lock, as
 * `hosts/transport/lock.ts` does.
 */
export const HOLD_FUNCTIONS = `# ---- Locks: held by the operating system, and so gone when the last process that has them ends ---------------------

# Opens a file as this descriptor and locks it. Arguments: descriptor, exclusive or shared, path. Returns 1 when another has it.
hold() {
  local flag=-x
  if [ -L "$3" ] || { [ -e "$3" ] && [ ! -f "$3" ]; }; then
    warn "$3 cannot be locked: it is not a regular file."
    return 2
  fi
  if [ ! -e "$3" ]; then (umask 022 && : >>"$3") 2>/dev/null; fi
  if [ -w "$3" ]; then eval "exec $1<>\\"\\$3\\"" || return 2
  elif [ -r "$3" ]; then eval "exec $1<\\"\\$3\\"" || return 2
  # Nobody can prune where all is read-only.
  elif [ "$2" = shared ] && [ -d "\${3%/*}" ] && [ ! -w "\${3%/*}" ]; then eval "exec $1<\\"\\\${3%/*}\\"" || return 2
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
    note_holder "$3" "{\\"pid\\":$$,\\"host\\":\\"$host\\",\\"startedAt\\":\\"$started\\",\\"command\\":\\"nbkp script\\",\\"run\\":\\"script-$$\\"}"
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
  if [ -n "$2" ]; then printf '%s\\n' "$2" >"$1"; else : >"$1"; fi
}
`;

/** The constant part of the script of a plan, in bash 3.2: several syncs hold their locks at once. */
export const LOCKS_FUNCTIONS = `# By place: how many syncs of this script use it, and the open file.
users=()
file_of=()

free_descriptor() {
  local number=20 other
  while :; do
    for other in \${file_of[@]+"\${file_of[@]}"}; do
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
  if [ -n "\${file_of[$1]:-}" ]; then
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
  local number=\${file_of[$1]:-}
  if [ -z "$number" ]; then return; fi
  users[$1]=$((users[$1] - 1))
  if [ "\${users[$1]}" -gt 0 ]; then return; fi
  drop "$number" "$2" "$3"
  unset "file_of[$1]"
}
`;
