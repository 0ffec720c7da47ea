# ---- Servers: one at a time, by one connection ---------------------------------------------------------------------

# The number of the server that is connected, what it is called, and its ssh.
connected=''
server=''
ssh_pid=''
also='ssh timeout readlink'

at_source() { if [ -n "$source_server" ]; then there "$@"; else "$@"; fi; }
at_target() { if [ -n "$target_server" ]; then there "$@"; else "$@"; fi; }
run_at_target() { if [ -n "$target_server" ]; then run_there "$@"; else run "$@"; fi; }
pass_at_target() {
  if [ -z "$target_server" ]; then
    pass "$@"
    return
  fi
  say "LC_ALL=C exec$(for_server "$@")" >"$work/command"
  input=$work/command
  # shellcheck disable=SC2086
  pass $rsh -T -- server 'exec sh -s' || { input=/dev/null; return 1; }
  input=/dev/null
}

# Locks a file, and gives it back. Arguments: number of the server or nothing, then those of hold.
hold_at() {
  local where="$1"
  shift
  if [ -n "$where" ]; then hold_there "$@"; else hold "$@"; fi
}
drop_at() {
  local where="$1"
  shift
  if [ -z "$where" ]; then drop "$@"; else ask "leave $1 \"\$lock_$1\" 2>/dev/null"; fi
}

# Connects to the server of the sync, unless that stands. Returns 5 where it is out of reach, which is normal, and 1 where it
# lets nobody in or is not the one that is known. What was found stays so to the end.
reach_ends() {
  local known number="${source_server:-$target_server}"
  if [ -z "$number" ]; then return 0; fi
  if [ "$connected" = "$number" ] && kill -0 "$ssh_pid" 2>/dev/null; then return 0; fi
  disconnect
  eval "known=\${unreached_$number:-}"
  if [ -n "$known" ]; then
    eval "why=\$why_unreached_$number reason=\$reason_unreached_$number"
    return "$known"
  fi
  # rsync splits --rsh at spaces, and the path of a socket is short.
  case $work in
    *[!A-Za-z0-9_./-]* | ??????????????????????????????????????????????????*)
      rm -rf "$work"
      work=$(mktemp -d /tmp/nbkp-XXXXXX) || return 1
      ;;
  esac
  rsh="ssh -F /dev/null -o ControlMaster=no -o ControlPath=$work/ssh -o ProxyCommand=false -o BatchMode=yes -o LogLevel=ERROR"
  wrong='' refusal=''
  if connect "$number"; then
    connected=$number
    return 0
  fi
  known=5
  if [ -n "$wrong" ]; then known=1; fi
  because "${code:-host-unreachable}" "$server is out of reach: ${wrong:-$refusal}"
  eval "unreached_$number=\$known why_unreached_$number=\$why reason_unreached_$number=\$reason"
  return "$known"
}

# Tries one way to the server. Arguments: seconds, then what ssh is told.
endpoint() {
  local patience="$1" token="${work##*[.-]}"
  shift
  if [ "$interrupted" -ne 0 ]; then return 1; fi
  rm -f "$work/asked" "$work/answered" "$work/ssh"
  mkfifo -m 600 "$work/asked" "$work/answered" || return 1
  ssh -o ControlMaster=yes -o "ControlPath=$work/ssh" -o ControlPersist=no "$@" 'exec sh -s' \
    <"$work/asked" >"$work/answered" 2>"$work/refused" &
  ssh_pid=$!
  exec 6>"$work/asked" 7<"$work/answered"
  (server_script "$token" >&6) 2>/dev/null
  hear "!$token" "$patience"
  if grep -q "^!$token\$" "$work/heard"; then
    keep_holder
    return 0
  fi
  kill "$ssh_pid" 2>/dev/null
  close_connection
  why_refused "$work/refused"
  return 1
}

# The text that a server gets first.
server_script() {
  say 'umask 022' 'LC_ALL=C; export LC_ALL; unset CDPATH'
  sed -n '/^# >>> Servers get the functions from here/,/^# <<< to here./p' "$0"
  cat <<'END'
nl=$newline
word() {
  rest=$2
  while :; do
    case $rest in *"$nl"*) ;; *) break ;; esac
    printf '+%s\n' "${rest%%"$nl"*}"
    rest=${rest#*"$nl"}
  done
  printf '=%s %s\n' "$1" "$rest"
}
answer() {
  why='' told='' reason=''
  "$@" </dev/null
  code=$?
  for name in real named told why reason; do eval "word $name \"\${$name:-}\""; done
  printf '!%s\n' "$code"
}
say() {
  word told "$3"
  case $2 in
    held | released | gone | ended) echo '!0' ;;
    busy) echo '!75' ;;
    *) echo '!1' ;;
  esac
}
claims() {
  folder=$path.claims why=
  if [ -L "$folder" ]; then why='its claims are a symbolic link. Remove it'; return 2; fi
  if ! look self; then why='neither flock nor /proc is there'; return 2; fi
  boot=$(cat /proc/sys/kernel/random/boot_id)
  numbers=$(readlink /proc/self/ns/pid | tr -dc 0-9)
  machine=$(uname -n | tr -c 'A-Za-z0-9.\n-' _)
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
    why=${why##*: }
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
    case $mode${file#"$folder/"} in -s-s*) continue ;; esac
    [ -e "$file" ] || continue
    separators=$IFS
    IFS=,
    set -- ${file#"$folder/"}
    IFS=$separators
    if [ "$6" = "$machine" ]; then
      if [ "$4" != "$boot" ]; then rm -f "$file" "$file+"; continue; fi
      if [ "$5" = "$numbers" ]; then
        if ! look "$2" || [ "$start" != "$3" ] || [ "$state" = Z ]; then rm -f "$file" "$file+"; continue; fi
        if [ ! -e "$file+" ] && [ "$2" -gt "$mine" ]; then rival=${rival:-higher}; continue; fi
      fi
    fi
    rival=taken
  done
}
unclaim() {
  [ -n "$claim" ] || return
  rm -f "$claim+" "$claim"
  rmdir "$folder"
}
keeper=$$
# Sets $pid, $state, $parent, $group and $start of a process (proc(5)).
look() {
  IFS= read -r stat <"/proc/$1/stat" || return
  pid=${stat%% *}
  set -- ${stat##*) }
  state=$1 parent=$2 group=$3 start=${20}
}
take() {
  id=$1 mode=$2 path=$3 holder=$4
  if [ -L "$path" ]; then say "$id" failed 'it is a symbolic link. Remove it'; return; fi
  if [ -e "$path" ] && [ ! -f "$path" ]; then say "$id" failed 'it is not a regular file'; return; fi
  if why=$( { true >>"$path"; } 2>&1); then exec 9>>"$path"
  elif [ -r "$path" ] && [ -f "$path" ]; then exec 9<"$path"
  else
    case $mode$why in
      -s*'Read-only file system'*) exec 9<"${path%/*}" ;;
      *) say "$id" failed "${why##*: }"; return ;;
    esac
  fi
  claim=
  if command -v flock >/dev/null; then flock -n "$mode" 9 2>/dev/null; else claims; fi
  case $? in
    0) ;;
    1) say "$id" busy "$(head -c 2000 "$path" | tr -d '\000')"; return ;;
    *) say "$id" failed "${why:-flock does not work there}"; return ;;
  esac
  own=
  if [ "$mode" = -x ] && [ -n "$(find "$path" -links 1 2>/dev/null)" ]; then own=yes; fi
  if look self; then holder="${holder%\}},\"server\":\"$pid $start\"}"; fi
  if [ -n "$own" ]; then { printf '%s\n' "$holder" >"$path"; } 2>/dev/null || true; fi
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
      each=${file%/stat}
      look "${each#/proc/}" && [ "$parent" != "$sshd" ] || continue
      case $kept in *" $pid "*) ;; *" $parent "*) kept="$kept$pid " ;; esac
    done
  done
}
# Sets $writers to the processes in the groups that are not kept.
find_writers() {
  writers=
  for file in /proc/[0-9]*/stat; do
    each=${file%/stat}
    look "${each#/proc/}" && [ "$state" != Z ] || continue
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
    each=${file%/stat}
    look "${each#/proc/}" && [ "$parent" = "$sshd" ] && [ "$pid" != "$other" ] && sessions="$sessions $pid"
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
}
# Without signs of life a server whose client is gone might never notice.
{ while sleep 15; do echo; done; } 2>/dev/null </dev/null &
trap 'trap "" TERM; kill -TERM 0' EXIT
END
  # What greets does so before this.
  printf 'printf "\\n!%%s\\n" %s\n' "$1"
}

# Reads what the server says up to a line. Arguments: that line, seconds to wait for it or nothing.
hear() {
  local reader
  : >"$work/heard"
  if [ -n "${2:-}" ]; then timeout "$2" sed "/^$1\$/q" <&7 >"$work/heard" &
  else sed "/^$1\$/q" <&7 >"$work/heard" &
  fi
  reader=$!
  while :; do
    wait "$reader"
    if ! kill -0 "$reader" 2>/dev/null; then break; fi
  done
}

# Words for the server's shell.
for_server() {
  local word
  for word; do
    case $word in
      *"'"*)
        printf " '"
        printf '%s' "$word" | sed "s/'/'\\\\''/g"
        printf "'"
        ;;
      *) printf " '%s'" "$word" ;;
    esac
  done
}

# Has the server's shell do something, and takes over what that has set. What it writes is written here.
ask() {
  local line value='' result=''
  real='' named='' told='' why='' reason=''
  if [ -n "$connected" ] && (printf '%s\n' "$1" >&6) 2>/dev/null; then
    hear '![0-9]*'
    while IFS= read -r line; do
      case $line in
        '') ;;
        +*) value=$value${line#+}$newline ;;
        '=real '*) real=$value${line#=real } value='' ;;
        '=named '*) named=$value${line#=named } value='' ;;
        '=told '*) told=$value${line#=told } value='' ;;
        '=why '*) why=$value${line#=why } value='' ;;
        '=reason '*) reason=${line#=reason } ;;
        !*) result=${line#!} ;;
        *) say "$line" ;;
      esac
    done <"$work/heard"
  fi
  if [ -n "$result" ]; then return "$result"; fi
  disconnect
  why="the connection to $server was lost"
  return 1
}

# The same function, there.
there() { ask "answer$(for_server "$@")"; }

# A command of a step, in a session that ends what it runs when it ends itself.
run_there() {
  local code=0 shown="$verbose" verbose=''
  if [ -n "$shown" ]; then warn "    at $server: $(words "$@")"; fi
  rm -f "$work/session"
  mkfifo -m 600 "$work/session" || return 1
  {
    say "set --$(for_server "$@")"
    cat <<'END'
LC_ALL=C
export LC_ALL
:
exec 3<&0 </dev/null
trap : TERM
"$@" 3<&- &
child=$!
{ trap '' TERM; cat <&3; kill -TERM 0; for s in 1 2 3 4 5; do sleep 1; done; kill -KILL 0; } >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$child"
code=$?
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
kill -KILL "$watcher" 2>/dev/null
exit "$code"
END
  } >"$work/command"
  exec 5<>"$work/session"
  cat "$work/command" >&5
  input=$work/session
  # shellcheck disable=SC2086
  supervise $rsh -T -- server "exec sh -c 'eval \"\$(head -c $(($(wc -c <"$work/command"))))\"'" || code=$?
  input=/dev/null
  exec 5>&-
  if [ "$code" -eq 0 ]; then return 0; fi
  if [ "$interrupted" -eq 0 ] && there :; then warn "Failed at $server: $(words "$@")"; fi
  return 1
}

# For a lock there: who holds it, and by which ssh of this machine, so that a connection which the server has lost can be ended.
keep_holder() {
  boot=$(cat /proc/sys/kernel/random/boot_id)
  numbers=$(readlink /proc/self/ns/pid)
  machine=''
  if grep -q -x '[0-9a-f]\{32\}' /etc/machine-id 2>/dev/null && command -v sha256sum >/dev/null; then
    machine=$(printf 'nbkp %s %s' "$(cat /etc/machine-id)" "$host" | sha256sum | cut -c 1-64)
  fi
  holder="{\"pid\":$$,\"host\":\"$host\",\"startedAt\":\"$started\",\"command\":\"nbkp script\",\"run\":\"script-$$\",\"client\":\"$boot $numbers $ssh_pid $(start_of "$ssh_pid")${machine:+ $machine}\"}"
}

# When a process started; nothing where there is none.
start_of() { sed -n 's/^.*) //p' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'; }

# As hold, at the server. One that a connection of this machine has, which has ended here, is ended there.
hold_there() {
  local flag=-x result=0 tried=''
  if [ "$2" = shared ]; then flag=-s; fi
  while :; do
    result=0
    ask "take $1 $flag$(for_server "$3" "$holder") 2>/dev/null </dev/null & lock_$1=\$!" || result=$?
    case $result in
      0) return 0 ;;
      75)
        if [ -n "$tried" ] || ! dead_holder "$told"; then
          warn "$3 is held by another run."
          return 1
        fi
        tried=1
        ask "finish 0$(for_server "$3") $dead 2>/dev/null </dev/null &"
        ;;
      *)
        warn "$3 at $server cannot be locked: ${told:-$why}."
        return 2
        ;;
    esac
  done
}

# Sets dead to a process of the server and its start, as in hosts/transport/ssh/dead-holder.ts.
dead_holder() {
  dead=$(printf '%s\n' "$1" | sed -n 's/.*"server":"\([1-9][0-9]* [0-9]*\)".*/\1/p')
  if [ -z "$dead" ]; then return 1; fi
  # shellcheck disable=SC2046
  set -- $(printf '%s\n' "$1" | sed -n 's/.*"client":"\([0-9a-f-]* pid:\[[0-9]*\] [0-9]* [0-9]*[0-9a-f ]*\)".*/\1/p' | tr -d '[]')
  if [ "$#" -lt 4 ]; then return 1; fi
  # What ran before the last boot of this machine is over.
  if [ "$1" != "$boot" ]; then [ -n "$machine" ] && [ "${5:-}" = "$machine" ]; return; fi
  [ "$2" = "$(printf '%s' "$numbers" | tr -d '[]')" ] && [ "$(start_of "$3")" != "$4" ]
}

close_connection() {
  exec 6>&- 7<&-
  wait "$ssh_pid"
}

disconnect() {
  if [ -n "$connected" ]; then close_connection; fi
  connected=''
}

# ---- Ways to a server -------------------------------------------------------------------------------------------------

# Goes the most wanted way to a server that leads there.
connect() {
  local way
  code='' answers=' '
  "server_$1" : ''
  case $ways in *' '*) knock_everywhere "$1" || return 1 ;; esac
  for way in $ways; do
    if [ "$interrupted" -ne 0 ]; then return 1; fi
    case $answers in
      *" $way:no "*) why_refused "$work/refused-$way" ;;
      *" $way:yes "* | ' ') if "server_$1" endpoint "$way"; then return 0; fi ;;
    esac
  done
  return 1
}

# Tries all ways at once, as nbkp does: nobody waits for what is silent. Once one has answered, those that are wanted more have a
# second left. Sets answers.
knock_everywhere() {
  local way line timer='' knocking=''
  rm -f "$work/knocks"
  mkfifo -m 600 "$work/knocks" || return 1
  exec 5<>"$work/knocks"
  for way in $ways; do
    "server_$1" knock "$way" 2>/dev/null &
    knocking="$knocking $!"
  done
  until is_settled || [ "$interrupted" -ne 0 ]; do
    read -r line <&5 || continue
    if [ "$line" = late ]; then break; fi
    answers="$answers$line "
    case $timer$line in
      *:yes)
        { sleep 1; echo late >&5; } >/dev/null 2>&1 &
        timer=$!
        ;;
    esac
  done
  # Some shells tell of what they end.
  # shellcheck disable=SC2086
  { kill $knocking $timer; wait $knocking $timer; } 2>/dev/null
  exec 5>&-
}

# In the background. Arguments: seconds, then what ssh is told.
knock() {
  local code=0 patience="$1" verbose='' deadline=''
  shift
  child=''
  trap 'interrupted=143; if [ -n "$child" ]; then end_child; fi' TERM
  supervise timeout "$patience" ssh "$@" exit >/dev/null 2>"$work/refused-$way" || code=$?
  case $code in
    124 | 143 | 255) echo "$way:no" >&5 ;;
    *) echo "$way:yes" >&5 ;;
  esac
}

# Has the most wanted way that may still lead there answered, or does none lead there?
is_settled() {
  local way
  for way in $ways; do
    case $answers in
      *" $way:yes "*) return 0 ;;
      *" $way:no "*) ;;
      *) return 1 ;;
    esac
  done
}

# Why a way did not lead there, from what ssh said: wrong where that waits for a person, as in planner/ssh/failure.ts.
why_refused() {
  local output
  output=$(cat "$1")
  refusal=$(printf '%s\n' "$output" | sed '/^$/d' | tail -n 1 | tr -d '\r')
  refusal=${refusal:-no answer}
  case $output in
    *'REMOTE HOST IDENTIFICATION HAS CHANGED'*) is_wrong host-key-changed 'its key has changed' ;;
    *'host key is known for '*' and you have requested strict checking'* | *'Host key verification failed'*)
      refusal='its key is not known yet'
      code=${code:-host-key-unknown}
      ;;
    *'Bad configuration option'* | *'Bad owner or permissions on'* | *'bad configuration options'* | *'Unsupported option'* | \
      *'extra arguments'*)
      is_wrong ssh-configuration-invalid "$refusal"
      ;;
    *'Load key "'*) is_wrong ssh-key-unusable "$refusal" ;;
    *'Permission denied ('* | *'Too many authentication failures'*) is_wrong ssh-login-refused "$refusal" ;;
    *'Could not resolve hostname '* | *'Name or service not known'* | *'Temporary failure in name resolution'* | \
      *'Connection refused'* | *'No route to host'* | *'Network is unreachable'* | *'Host is down'* | \
      *'timed out'* | *'Timeout, server '*' not responding'* | '') ;;
    *) is_wrong remote-shell-unusable "$refusal" ;;
  esac
}

# What comes first counts.
is_wrong() {
  if [ -n "$wrong" ]; then return; fi
  code=$1 wrong=$2
}
