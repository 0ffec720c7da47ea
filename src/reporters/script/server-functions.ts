import { LOCK_FUNCTIONS } from '../../planner/shell/lock-functions.ts';
import { supervised } from '../../planner/shell/supervised.ts';
import { WAY_FUNCTIONS } from './way-functions.ts';

/** Where the functions begin and end that a server gets too: it is sent these lines of the script. */
export const THERE_TOO = ['# >>> Servers get the functions from here', '# <<< to here.'] as const;

/** What only a server gets: how it answers, and how it holds locks. A word is `+` its lines but the last, `=`, name, last line. */
const KEEPER = `nl=$newline
word() {
  rest=$2
  while :; do
    case $rest in *"$nl"*) ;; *) break ;; esac
    printf '+%s\\n' "\${rest%%"$nl"*}"
    rest=\${rest#*"$nl"}
  done
  printf '=%s %s\\n' "$1" "$rest"
}
answer() {
  why='' told='' reason=''
  "$@" </dev/null
  code=$?
  for name in real named told why reason; do eval "word $name \\"\\\${$name:-}\\""; done
  printf '!%s\\n' "$code"
}
say() {
  word told "$3"
  case $2 in
    held | released | gone | ended) echo '!0' ;;
    busy) echo '!75' ;;
    *) echo '!1' ;;
  esac
}
${LOCK_FUNCTIONS}
# Without signs of life a server whose client is gone might never notice.
{ while sleep 15; do echo; done; } 2>/dev/null </dev/null &
trap 'trap "" TERM; kill -TERM 0' EXIT`;

/**
 * A constant part of the script of a spec one end of which is on a server, for dash and busybox too. There is one connection for
 * everything, as in `hosts/transport/ssh/`: the shell that it begins with looks at folders and holds the locks, as long as
 * any process here has the pipe open from which it reads; commands have sessions of their own.
 */
export const SERVER_FUNCTIONS = `# ---- Servers: one at a time, by one connection ---------------------------------------------------------------------

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
  if [ -z "$where" ]; then drop "$@"; else ask "leave $1 \\"\\$lock_$1\\" 2>/dev/null"; fi
}

# Connects to the server of the sync, unless that stands. Returns 5 where it is out of reach, which is normal, and 1 where it
# lets nobody in or is not the one that is known. What was found stays so to the end.
reach_ends() {
  local known number="\${source_server:-$target_server}"
  if [ -z "$number" ]; then return 0; fi
  if [ "$connected" = "$number" ] && kill -0 "$ssh_pid" 2>/dev/null; then return 0; fi
  disconnect
  eval "known=\\\${unreached_$number:-}"
  if [ -n "$known" ]; then
    eval "why=\\$why_unreached_$number reason=\\$reason_unreached_$number"
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
  because "\${code:-host-unreachable}" "$server is out of reach: \${wrong:-$refusal}"
  eval "unreached_$number=\\$known why_unreached_$number=\\$why reason_unreached_$number=\\$reason"
  return "$known"
}

# Tries one way to the server. Arguments: seconds, then what ssh is told.
endpoint() {
  local patience="$1" token="\${work##*[.-]}"
  shift
  if [ "$interrupted" -ne 0 ]; then return 1; fi
  rm -f "$work/asked" "$work/answered" "$work/ssh"
  mkfifo -m 600 "$work/asked" "$work/answered" || return 1
  ssh -o ControlMaster=yes -o "ControlPath=$work/ssh" -o ControlPersist=no "$@" 'exec sh -s' \\
    <"$work/asked" >"$work/answered" 2>"$work/refused" &
  ssh_pid=$!
  exec 6>"$work/asked" 7<"$work/answered"
  (server_script "$token" >&6) 2>/dev/null
  hear "!$token" "$patience"
  if grep -q "^!$token\\$" "$work/heard"; then
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
  sed -n '/^${THERE_TOO[0]}/,/^${THERE_TOO[1]}/p' "$0"
  cat <<'END'
${KEEPER}
END
  # What greets does so before this.
  printf 'printf "\\\\n!%%s\\\\n" %s\\n' "$1"
}

# Reads what the server says up to a line. Arguments: that line, seconds to wait for it or nothing.
hear() {
  local reader
  : >"$work/heard"
  if [ -n "\${2:-}" ]; then timeout "$2" sed "/^$1\\$/q" <&7 >"$work/heard" &
  else sed "/^$1\\$/q" <&7 >"$work/heard" &
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
        printf '%s' "$word" | sed "s/'/'\\\\\\\\''/g"
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
  if [ -n "$connected" ] && (printf '%s\\n' "$1" >&6) 2>/dev/null; then
    hear '![0-9]*'
    while IFS= read -r line; do
      case $line in
        '') ;;
        +*) value=$value\${line#+}$newline ;;
        '=real '*) real=$value\${line#=real } value='' ;;
        '=named '*) named=$value\${line#=named } value='' ;;
        '=told '*) told=$value\${line#=told } value='' ;;
        '=why '*) why=$value\${line#=why } value='' ;;
        '=reason '*) reason=\${line#=reason } ;;
        !*) result=\${line#!} ;;
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
${supervised('"$@"', false)}
END
  } >"$work/command"
  exec 5<>"$work/session"
  cat "$work/command" >&5
  input=$work/session
  # shellcheck disable=SC2086
  supervise $rsh -T -- server "exec sh -c 'eval \\"\\$(head -c $(($(wc -c <"$work/command"))))\\"'" || code=$?
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
  if grep -q -x '[0-9a-f]\\{32\\}' /etc/machine-id 2>/dev/null && command -v sha256sum >/dev/null; then
    machine=$(printf 'nbkp %s %s' "$(cat /etc/machine-id)" "$host" | sha256sum | cut -c 1-64)
  fi
  holder="{\\"pid\\":$$,\\"host\\":\\"$host\\",\\"startedAt\\":\\"$started\\",\\"command\\":\\"nbkp script\\",\\"run\\":\\"script-$$\\",\\"client\\":\\"$boot $numbers $ssh_pid $(start_of "$ssh_pid")\${machine:+ $machine}\\"}"
}

# When a process started; nothing where there is none.
start_of() { sed -n 's/^.*) //p' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" { print $20 }'; }

# As hold, at the server. One that a connection of this machine has, which has ended here, is ended there.
hold_there() {
  local flag=-x result=0 tried=''
  if [ "$2" = shared ]; then flag=-s; fi
  while :; do
    result=0
    ask "take $1 $flag$(for_server "$3" "$holder") 2>/dev/null </dev/null & lock_$1=\\$!" || result=$?
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
        warn "$3 at $server cannot be locked: \${told:-$why}."
        return 2
        ;;
    esac
  done
}

# Sets dead to a process of the server and its start, as in hosts/transport/ssh/dead-holder.ts.
dead_holder() {
  dead=$(printf '%s\\n' "$1" | sed -n 's/.*"server":"\\([1-9][0-9]* [0-9]*\\)".*/\\1/p')
  if [ -z "$dead" ]; then return 1; fi
  # shellcheck disable=SC2046
  set -- $(printf '%s\\n' "$1" | sed -n 's/.*"client":"\\([0-9a-f-]* pid:\\[[0-9]*\\] [0-9]* [0-9]*[0-9a-f ]*\\)".*/\\1/p' | tr -d '[]')
  if [ "$#" -lt 4 ]; then return 1; fi
  # What ran before the last boot of this machine is over.
  if [ "$1" != "$boot" ]; then [ -n "$machine" ] && [ "\${5:-}" = "$machine" ]; return; fi
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

${WAY_FUNCTIONS}`;
