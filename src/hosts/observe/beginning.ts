import { PROBE_FUNCTIONS } from './probe-functions.ts';
import { SYSTEM_FUNCTIONS } from './systems/index.ts';

/** How every probe begins: what is the same for all specs, and asks nothing yet. */
export const FUNCTIONS = `# Looks at a host for nbkp, and changes nothing.
LC_ALL=C
export LC_ALL
unset CDPATH
exec 2>/dev/null
${PROBE_FUNCTIONS}
${SYSTEM_FUNCTIONS}`;

const WITHOUT_SPEC = `${FUNCTIONS}
told=$({ id; rsync_version; } </dev/null)
mounts=$(mount_lines </dev/null)`;

/** The probe of this machine as far as it needs no spec. It waits on its standard input for the rest, and ends where none comes. */
export const BEGINNING = `${WITHOUT_SPEC}
eval "$(cat)"`;

/** The whole probe of this machine, with a rest that may be what the spec asks. It ends when its standard input does. */
export function wholeBeginning(rest: string): string {
  return `${WITHOUT_SPEC}\n${rest}\nread -r line\n:`;
}
