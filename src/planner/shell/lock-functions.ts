/**
 * A lock where there is no flock(1): each process that has it or wants it keeps a claim in a folder beside the lock, an
 * empty file that names the process by number, start, boot, namespace of numbers (proc(5)) and machine. Whoever wants it
 * puts its claim there first and then looks at those of others. Of two that looked at once, at least one saw the other:
 * the lower number waits until the other has stepped back or holds it. A claim of a process that is gone counts for
 * nothing; of one on another machine, or among other numbers, nobody here can tell, and it counts.
 *
 * The answer: 0, claimed; 1, another has it; 2, $why it cannot be.
 */
const CLAIM_FUNCTIONS = `claims() {
  folder=$path.claims why=
  if [ -L "$folder" ]; then why='its claims are a symbolic link. Remove it'; return 2; fi
  if ! look self; then why='neither flock nor /proc is there'; return 2; fi
  boot=$(cat /proc/sys/kernel/random/boot_id)
  numbers=$(readlink /proc/self/ns/pid | tr -dc 0-9)
  machine=$(uname -n | tr -c 'A-Za-z0-9.\\n-' _)
  mine=$pid claim=$folder/$mode,$pid,$start,$boot,$numbers,$machine
  # Whoever leaves removes the folder if it is empty.
  for try in 1 2 3 4 5 6 7 8 9; do
    why=$(mkdir "$folder" 2>&1)
    if [ -d "$folder" ]; then why=$( { true >"$claim"; } 2>&1) && break; fi
  done
  if [ ! -e "$claim" ]; then
    claim=
    # Nobody can prune where all is read-only.
    case $mode$why in -s*'Read-only file system'*) return 0 ;; esac
    why=\${why##*: }
    return 2
  fi
  while others; do
    case $rival in
      '') true >"$claim+"; return 0 ;;
      higher) sleep 1 ;;
      *) unclaim; return 1 ;;
    esac
  done
}
# Sets $rival: to nothing, to higher (a process that only wants the lock, and will step back), or to taken.
others() {
  rival=
  for file in "$folder"/-[sx],*; do
    case $file in "$claim" | *+) continue ;; esac
    case $mode\${file#"$folder/"} in -s-s*) continue ;; esac
    [ -e "$file" ] || continue
    separators=$IFS
    IFS=,
    set -- \${file#"$folder/"}
    IFS=$separators
    if [ "$6" = "$machine" ]; then
      if [ "$4" != "$boot" ]; then rm -f "$file" "$file+"; continue; fi
      if [ "$5" = "$numbers" ]; then
        if ! look "$2" || [ "$start" != "$3" ] || [ "$state" = Z ]; then rm -f "$file" "$file+"; continue; fi
        if [ ! -e "$file+" ] && [ "$2" -gt "$mine" ]; then rival=\${rival:-higher}; continue; fi
      fi
    fi
    rival=taken
  done
}
unclaim() {
  [ -n "$claim" ] || return
  rm -f "$claim+" "$claim"
  rmdir "$folder"
}`;

/**
 * What holds locks on a server, in a shell that stays. The same rules as those of a lock on this machine (lock-file.ts): no
 * symbolic link, nothing but a regular file. Whoever sends it adds `say`, which answers: id, state, text.
 */
export const LOCK_FUNCTIONS = `${CLAIM_FUNCTIONS}
keeper=$$
# Sets $pid, $state, $parent, $group and $start of a process (proc(5)).
look() {
  IFS= read -r stat <"/proc/$1/stat" || return
  pid=\${stat%% *}
  set -- \${stat##*) }
  state=$1 parent=$2 group=$3 start=\${20}
}
take() {
  id=$1 mode=$2 path=$3 holder=$4
  if [ -L "$path" ]; then say "$id" failed 'it is a symbolic link. Remove it'; return; fi
  if [ -e "$path" ] && [ ! -f "$path" ]; then say "$id" failed 'it is not a regular file'; return; fi
  if why=$( { true >>"$path"; } 2>&1); then exec 9>>"$path"
  elif [ -r "$path" ] && [ -f "$path" ]; then exec 9<"$path"
  else
    case $mode$why in
      -s*'Read-only file system'*) exec 9<"\${path%/*}" ;;
      *) say "$id" failed "\${why##*: }"; return ;;
    esac
  fi
  claim=
  if command -v flock >/dev/null; then flock -n "$mode" 9 2>/dev/null; else claims; fi
  case $? in
    0) ;;
    1) say "$id" busy "$(head -c 2000 "$path" | tr -d '\\000')"; return ;;
    *) say "$id" failed "\${why:-flock does not work there}"; return ;;
  esac
  own=
  if [ "$mode" = -x ] && [ -n "$(find "$path" -links 1 2>/dev/null)" ]; then own=yes; fi
  if look self; then holder="\${holder%\\}},\\"server\\":\\"$pid $start\\"}"; fi
  if [ -n "$own" ]; then { printf '%s\\n' "$holder" >"$path"; } 2>/dev/null || true; fi
  trap 'if [ -n "$own" ]; then : >"$path"; fi; unclaim; kill "$sleep"; exit' TERM
  say "$id" held ''
  while kill -0 "$keeper" 2>/dev/null; do
    sleep 30 9>&- >/dev/null 2>&1 &
    sleep=$!
    wait "$sleep"
  done
  unclaim
}
leave() { kill "$2"; wait "$2"; say "$1" released ''; }
# Sets $kept to the keeper, all that it has started, and its sshd.
keep() {
  kept=" $sshd $other " grown=
  while [ "$kept" != "$grown" ]; do
    grown=$kept
    for file in /proc/[0-9]*/stat; do
      each=\${file%/stat}
      look "\${each#/proc/}" && [ "$parent" != "$sshd" ] || continue
      case $kept in *" $pid "*) ;; *" $parent "*) kept="$kept$pid " ;; esac
    done
  done
}
# Sets $writers to the processes in the groups that are not kept.
find_writers() {
  writers=
  for file in /proc/[0-9]*/stat; do
    each=\${file%/stat}
    look "\${each#/proc/}" && [ "$state" != Z ] || continue
    case " $groups " in *" $group "*) case $kept in *" $pid "*) ;; *) writers="$writers $pid" ;; esac ;; esac
  done
}
# Ends what a connection still runs that its client has lost: first what may write, then the holder of the lock. That is
# the process with this number, this start and this file open; its parent is the keeper, and the keeper's is sshd.
finish() {
  id=$1 path=$2 holder=$3
  if ! look "$holder" || [ "$start" != "$4" ] || [ ! "/proc/$holder/fd/9" -ef "$path" ]; then say "$id" gone ''; return; fi
  other=$parent
  look "$other" && sshd=$parent && IFS= read -r name <"/proc/$sshd/comm"
  case $name in sshd* | dropbear*) ;; *) say "$id" failed 'no sshd holds it'; return ;; esac
  sessions=
  for file in /proc/[0-9]*/stat; do
    each=\${file%/stat}
    look "\${each#/proc/}" && [ "$parent" = "$sshd" ] && [ "$pid" != "$other" ] && sessions="$sessions $pid"
  done
  groups=$sessions kept= signal=-TERM
  # dropbear has one group for whatever leaves it at that, such as rsync; where the keeper could not leave it, what is
  # told to end there would take the holder with it, too early.
  case $name in dropbear*) look "$sshd" && groups="$sessions $group"; keep ;; esac
  look "$sshd" && server=$group
  if look "$other" && [ "$group" = "$server" ]; then signal=-KILL; fi
  for second in 0 1 2 3 4 5 6 7; do
    find_writers
    [ -n "$writers" ] || break
    kill $signal $writers
    sleep 1
  done
  find_writers
  [ -z "$writers" ] || kill -KILL $writers
  kill -TERM "-$other" || kill -TERM "$holder" "$other" "$sshd"
  for second in 0 1 2 3 4 5; do
    if ! look "$holder" || [ "$start" != "$4" ] || [ "$state" = Z ]; then break; fi
    sleep 1
  done
  say "$id" ended ''
}`;
