import { DARWIN } from './darwin.ts';
import { LINUX } from './linux.ts';

/** The last word of an answer that asks nothing more, after the name of a system that is not known. */
export const OTHER_SYSTEM = 'other-system';

/** Defines the functions of the system that the host has. On any other the script ends here: what answers there may mean something else. */
export const SYSTEM_FUNCTIONS = `
# Linux says it itself, which saves a process.
IFS= read -r system </proc/sys/kernel/ostype || system=$(uname -s)
case $system in
${[LINUX, DARWIN].map(({ name, apart, functions }) => `${name})\napart=${apart}\n${functions}\n;;`).join('\n')}
*) put "$system"; put ${OTHER_SYSTEM}; exit ;;
esac
`;
