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

/** The probe of this machine as far as it needs no spec. It waits on its standard input for the rest, and ends where none comes. */
export const BEGINNING = `${FUNCTIONS}
told=$({ id; rsync_version; } </dev/null)
mounts=$(mount_lines </dev/null)
eval "$(cat)"`;
