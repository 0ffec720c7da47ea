import { END_ALL, supervised, WAIT_FOR_CHILD, WITHOUT_RSYNC_VARIABLES } from '../../../planner/shell/supervised.ts';
import { oneLine } from './scripts.ts';

/** One line for a shell in which `$nl` is a line end. */
export interface Command {
  command: string;
  isRsync: boolean;
}

/**
 * One process.
 *
 * @param stdin what it reads; a builtin writes it, so that it is in no argv
 */
export function processCommand(argv: readonly string[], stdin?: string | Uint8Array): Command {
  const input = stdin === undefined ? '' : `${printed(stdin)} | `;
  return { command: `${input}${quoted(argv)}`, isRsync: argv[0] === 'rsync' };
}

/**
 * Several processes, one after the other up to the first that fails. What waits for each goes on doing so when all are told to
 * end.
 *
 * @param mark a line that is written to standard error before each
 */
export function orderCommand(commands: readonly (readonly string[])[], mark: string): Command {
  const all = commands.map((argv) => `{ echo ${mark} >&2; ${quoted(argv)}; }`).join(' && ');
  return { command: `{ trap : TERM; ${all}; }`, isRsync: commands.some(([program]) => program === 'rsync') };
}

/** In braces: nothing of it is done where a part is missing. */
function started({ command, isRsync }: Command): string {
  return `{ ${isRsync ? `${WITHOUT_RSYNC_VARIABLES}; ` : ''}${command} 3<&- & }`;
}

function quoted(argv: readonly string[]): string {
  return argv.map((word) => oneLine(word)).join(' ');
}

/** What writes it: a builtin, to which bytes that are no plain text are octal numbers. */
function printed(stdin: string | Uint8Array): string {
  if (typeof stdin === 'string') return `printf %s ${oneLine(stdin)}`;
  const escaped = Buffer.from(stdin)
    .toString('latin1')
    .replace(/[^A-Za-z0-9_./ -]/g, (byte) => `\\0${byte.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return `printf %b ${oneLine(escaped)}`;
}

/** `$nl`, as the words of a command have it. */
const LINE_END = `nl='
'`;

/**
 * A script that runs one command on a server, in place of the shell that `ssh HOST COMMAND` would leave alone there. Its
 * standard input after the script says how long it may go on: when that ends, because it was told to or because the
 * connection did, the process and all that it started get SIGTERM, and SIGKILL 5 s later. (sshd closes the pipes of a
 * session without a terminal and sends no signal; it made the session's first process the leader of a group.)
 */
export function sessionScript({ command, isRsync }: Command): string {
  return `${LINE_END}\n${supervised(command, isRsync)}`;
}

/**
 * The same for a session that stands: it runs the first process, and what each line of its standard input starts (`nextOrder`)
 * once that has ended. A line without words comes before each such line, and somebody waits for that while a process runs: if
 * standard input ends in its place, all get SIGTERM as above.
 *
 * The shell that waits is the session's first process. So none goes on without it: sshd ends the session that it has left.
 *
 * @param first null for a session that stands by: it marks that it takes orders. None may come before, since what cuts this script
 * from its standard input may take more of that
 * @param token stands around what each process wrote, and on standard error at the end of it; nothing else on the server can
 * contain it
 */
export function workerScript(first: Command | null, token: string): string {
  const order = first === null ? `mark\n${NEXT_ORDER} || exit` : `order=${oneLine(started(first))}`;
  return `LC_ALL=C
export LC_ALL
${LINE_END}
exec 3<&0 </dev/null
# With it bash gives up waiting for a line.
unset TMOUT
mark() { printf '\\000%s\\000' ${token}; }
${order}
ending=
trap 'ending=yes' TERM
while mark; do
  eval "$order"
  child=$! order=
  { trap '' TERM; read -r go <&3 && exit; ${END_ALL}; } >/dev/null 2>&1 &
  watcher=$!
  ${WAIT_FOR_CHILD}
  mark >&2 && mark && printf '%s\\000' "$code" || break
  if [ -n "$ending" ] || ! wait "$watcher" || [ -n "$ending" ]; then break; fi
  IFS= read -r order <&3 || break
done
[ -z "$ending" ] || kill -KILL "$watcher" 2>/dev/null
exit`;
}

/** For a session that runs nothing. */
const NEXT_ORDER = '{ read -r go && IFS= read -r order; } <&3';

/** A further order, as the standard input of the worker has it. */
export function nextOrder(command: Command): string {
  return `\n${started(command)}\n`;
}
