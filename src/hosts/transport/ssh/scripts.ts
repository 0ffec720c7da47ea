import { quote } from '../../../planner/model/quote.ts';
import { LOCK_FUNCTIONS } from '../../../planner/shell/lock-functions.ts';
import type { ServerProcess } from './dead-holder.ts';

/**
 * The command of an SSH session that evaluates a script of so many bytes from the beginning of its standard input. Any
 * login shell passes these words on as they are, the script may be of any length, and nothing of it is in an argv.
 *
 * sshd makes the first process of a session the leader of a group (proc(5) has the group as the third word after the name);
 * dropbear leaves it in its own, where a signal to the group would end all sessions and dropbear.
 */
export function evaluateInput(script: string): string {
  const evaluate = `eval "$(head -c ${Buffer.byteLength(script)})"`;
  return `exec sh -c '${LEADING_A_GROUP}; eval "$0"' '${evaluate}'`;
}

const LEADING_A_GROUP =
  '{ read -r s </proc/$$/stat; } 2>/dev/null; set -- ${s##*) }; [ "${3-$$}" = $$ ] || { command -v setsid >/dev/null && exec setsid sh -c "$0"; }';

/** Seconds between signs of life to us. Without them a server whose client is gone might never notice. */
const TICK = 15;

/**
 * The script of the first session of a connection. It answers `first`, and then holds locks and the connection itself
 * until its standard input ends: each line that it reads there is one of `lockLine` and `unlockLine`. The answer with the
 * id 0 comes by itself: the name of the server's program.
 *
 * A lock belongs to a process of its own, so that any number can be held, and ends with this one.
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
IFS= read -r name 2>/dev/null <"/proc/$PPID/comm"
say 0 server "$name"
{ while sleep ${TICK}; do printf '\\000'; done; } 2>/dev/null </dev/null &
while IFS= read -r line; do eval "$line"; done
trap '' TERM
kill -TERM 0`;
}

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

/** A word without a line end of its own, for a shell in which `$nl` is one. */
export function oneLine(word: string): string {
  return quote(word).replaceAll('\n', `'"$nl"'`);
}
