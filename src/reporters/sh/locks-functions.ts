/**
 * The constant part of a script, in bash 3.2: takes and gives back the locks of destinations, as `hosts/transport/lock.ts` does.
 */
export const LOCKS_FUNCTIONS = `# ---- Locks: held by the operating system, and so gone when the last process that has them ends ---------------------

# By place: how many syncs of this script use it, and the open file.
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
  if [ -L "$3" ] || { [ -e "$3" ] && [ ! -f "$3" ]; }; then
    warn "$3 cannot be locked: it is not a regular file."
    return 2
  fi
  number=$(free_descriptor)
  if [ ! -e "$3" ]; then (umask 022 && : >>"$3") 2>/dev/null; fi
  if [ -w "$3" ]; then eval "exec $number<>\\"\\$3\\"" || return 2
  elif [ -r "$3" ]; then eval "exec $number<\\"\\$3\\"" || return 2
  # Nobody can prune where all is read-only.
  elif [ "$2" = shared ] && [ -d "\${3%/*}" ] && [ ! -w "\${3%/*}" ]; then eval "exec $number<\\"\\\${3%/*}\\"" || return 2
  else
    warn "$3 cannot be locked."
    return 2
  fi
  local flag=-x
  if [ "$2" = shared ]; then flag=-s; fi
  if ! flock -n "$flag" "$number"; then
    eval "exec $number<&-"
    warn "$3 is held by another run."
    return 1
  fi
  file_of[$1]=$number
  users[$1]=1
  if [ "$2" = exclusive ]; then
    note_holder "$3" "{\\"pid\\":$$,\\"host\\":\\"$host\\",\\"startedAt\\":\\"$started\\",\\"command\\":\\"nbkp script\\",\\"run\\":\\"script-$$\\"}"
  fi
}

# place mode path
leave() {
  local number=\${file_of[$1]:-}
  if [ -z "$number" ]; then return; fi
  users[$1]=$((users[$1] - 1))
  if [ "\${users[$1]}" -gt 0 ]; then return; fi
  if [ "$2" = exclusive ]; then note_holder "$3" ''; fi
  eval "exec $number<&-"
  unset "file_of[$1]"
}

# For people: who holds a lock. A file with a second name may be somebody's.
note_holder() {
  if [ ! -w "$1" ] || [ "$(stat -c %h "$1")" != 1 ]; then return; fi
  if [ -n "$2" ]; then printf '%s\\n' "$2" >"$1"; else : >"$1"; fi
}
`;
