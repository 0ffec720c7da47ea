/** What would change rsync behind the plan's back; nothing else reads them, and looking costs three processes. */
export const WITHOUT_RSYNC_VARIABLES = String.raw`unset nothing $(env | sed -n 's/^\(RSYNC_[A-Z_]*\)=.*/\1/p')`;

/** Waits for the child to end, whatever signal comes meanwhile. */
export const WAIT_FOR_CHILD = `wait "$child"
code=$?
while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done`;

/** Ends all that was started, itself last. */
export const END_ALL = 'kill -TERM 0; for s in 1 2 3 4 5; do sleep 1; done; kill -KILL 0';

/**
 * A script for a session on a server that runs a command, and ends it with all that it started when its own standard input
 * ends.
 */
export function supervised(command: string, isRsync: boolean): string {
  return `LC_ALL=C
export LC_ALL
${isRsync ? WITHOUT_RSYNC_VARIABLES : ':'}
exec 3<&0 </dev/null
trap : TERM
${command} 3<&- &
child=$!
{ trap '' TERM; cat <&3; ${END_ALL}; } >/dev/null 2>&1 &
watcher=$!
exec 3<&-
${WAIT_FOR_CHILD}
kill -KILL "$watcher" 2>/dev/null
exit "$code"`;
}
