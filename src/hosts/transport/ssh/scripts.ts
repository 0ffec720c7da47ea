import { quote } from '../../../planner/model/quote.ts';
import type { ServerProcess } from './dead-holder.ts';

/**
 * The command of an SSH session that evaluates a script of so many bytes from the beginning of its standard input. Any
 * login shell passes these words on as they are, the script may be of any length, and nothing of it is in an argv.
 */
export function evaluateInput(script: string): string {
  return `exec sh -c 'eval "$(head -c ${Buffer.byteLength(script)})"'`;
}

/**
 * A script that runs one process on a server, in place of the shell that `ssh HOST COMMAND` would leave alone there. Its
 * standard input after the script says how long it may go on: when that ends, because it was told to or because the
 * connection did, the process and all that it started get SIGTERM, and SIGKILL 5 s later. (sshd closes the pipes of a
 * session without a terminal and sends no signal; it made the session's first process the leader of a group.)
 *
 * @param stdin what the process reads; a builtin writes it, so that it is in no argv
 */
export function processScript(argv: readonly string[], stdin?: string | Uint8Array): string {
  const command = argv.map((word) => quote(word)).join(' ');
  const input = stdin === undefined ? '' : `${printed(stdin)} | `;
  return `LC_ALL=C
export LC_ALL
${argv[0] === 'rsync' ? WITHOUT_RSYNC_VARIABLES : ':'}
exec 3<&0 </dev/null
trap : TERM
${input}${command} 3<&- &
child=$!
{ trap '' TERM; cat <&3; kill -TERM 0; for s in 1 2 3 4 5; do sleep 1; done; kill -KILL 0; } >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$child"
code=$?
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
kill -KILL "$watcher" 2>/dev/null
exit "$code"`;
}

/** What writes it: a builtin, to which bytes that are no plain text are octal numbers. */
function printed(stdin: string | Uint8Array): string {
  if (typeof stdin === 'string') return `printf %s ${quote(stdin)}`;
  const escaped = Buffer.from(stdin)
    .toString('latin1')
    .replace(/[^A-Za-z0-9_./ -]/g, (byte) => `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `printf %b ${quote(escaped)}`;
}

/** What would change rsync behind the plan's back; nothing else reads them, and looking costs three processes. */
const WITHOUT_RSYNC_VARIABLES = String.raw`unset nothing $(env | sed -n 's/^\(RSYNC_[A-Z_]*\)=.*/\1/p')`;

/** Seconds between signs of life to us. Without them a server whose client is gone might never notice. */
const TICK = 15;

/**
 * The script of the first session of a connection. It answers `first`, and then holds locks and the connection itself
 * until its standard input ends: each line that it reads there is one of `lockLine` and `unlockLine`.
 *
 * A lock belongs to a process of its own, so that flock(1) can be asked for any number, and ends with this one.
 *
 * @param token stands around the answer to `first`; nothing else on the server can contain it
 */
export function keeperScript(first: string, token: string): string {
  return `umask 022
printf '\\000%s\\000' ${token}
(
${first}
) </dev/null
printf '\\000%s\\000' ${token}
nl='
'
say() { printf '%s\\000%s\\000%s\\000' "$@"; }
${LOCK_FUNCTIONS}
{ while sleep ${TICK}; do printf '\\000'; done; } 2>/dev/null </dev/null &
while IFS= read -r line; do eval "$line"; done
trap '' TERM
kill -TERM 0`;
}

/** The same rules as those of a lock on this machine (lock-file.ts): no symbolic link, nothing but a regular file. */
const LOCK_FUNCTIONS = `keeper=$$
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
  flock -n "$mode" 9 2>/dev/null
  case $? in
    0) ;;
    1) say "$id" busy "$(head -c 2000 "$path" | tr -d '\\000')"; return ;;
    *) say "$id" failed 'flock does not work there'; return ;;
  esac
  own=
  if [ "$mode" = -x ] && [ -n "$(find "$path" -links 1 2>/dev/null)" ]; then own=yes; fi
  if look self; then holder="\${holder%\\}},\\"server\\":\\"$pid $start\\"}"; fi
  if [ -n "$own" ]; then { printf '%s\\n' "$holder" >"$path"; } 2>/dev/null || true; fi
  trap 'if [ -n "$own" ]; then : >"$path"; fi; kill "$sleep"; exit' TERM
  say "$id" held ''
  while kill -0 "$keeper" 2>/dev/null; do
    sleep 30 9>&- >/dev/null 2>&1 &
    sleep=$!
    wait "$sleep"
  done
}
leave() { kill "$2"; wait "$2"; say "$1" released ''; }
# Tells whether a process is left in any group of $sessions.
writes() {
  for file in /proc/[0-9]*/stat; do
    each=\${file%/stat}
    look "\${each#/proc/}" && [ "$state" != Z ] && case " $sessions " in *" $group "*) return ;; esac
  done
  return 1
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
  for each in $sessions; do kill -TERM "-$each"; done
  for second in 0 1 2 3 4 5 6 7; do writes || break; sleep 1; done
  for each in $sessions; do kill -KILL "-$each"; done
  kill -TERM "-$other"
  for second in 0 1 2 3 4 5; do
    if ! look "$holder" || [ "$start" != "$4" ] || [ "$state" = Z ]; then break; fi
    sleep 1
  done
  say "$id" ended ''
}`;

/** Takes a lock. The answer bears the id, and `held`, `busy` and what the holder wrote, or `failed` and why. */
export function lockLine(id: number, mode: 'exclusive' | 'shared', path: string, holder: string): string {
  const words = [mode === 'shared' ? '-s' : '-x', oneLine(path), oneLine(holder)].join(' ');
  return `take ${id} ${words} 2>/dev/null </dev/null & lock${id}=$!\n`;
}

/** Gives back the lock that was taken as `lock`. The answer is `released`. */
export function unlockLine(id: number, lock: number): string {
  return `leave ${id} "$lock${lock}" 2>/dev/null\n`;
}

/** Ends a lost connection that holds a lock. The answer is `ended`, `gone` if that process holds it no more, or `failed`. */
export function finishLine(id: number, path: string, { pid, start }: ServerProcess): string {
  return `finish ${id} ${oneLine(path)} ${pid} ${start} 2>/dev/null </dev/null &\n`;
}

function oneLine(word: string): string {
  return quote(word).replaceAll('\n', `'"$nl"'`);
}
