/* The catalogue: a file for each subject, in the order of docs/findings.md, which is made from them. */
import type * as spec from './spec.ts';
import type * as specOptions from './spec-options.ts';
import type * as imports from './imports.ts';
import type * as firstSpec from './first-spec.ts';
import type * as schedules from './schedules.ts';
import type * as shells from './shells.ts';
import type * as presence from './presence.ts';
import type * as destinations from './destinations.ts';
import type * as latest from './latest.ts';
import type * as fileSystems from './file-systems.ts';
import type * as restores from './restores.ts';
import type * as drives from './drives.ts';
import type * as passphrases from './passphrases.ts';
import type * as planFiles from './plan-files.ts';
import type * as reviewing from './reviewing.ts';
import type * as servers from './servers.ts';
import type * as sourceSnapshots from './source-snapshots.ts';
import type * as copying from './copying.ts';
import type * as guards from './guards.ts';
import type * as rsyncEndings from './rsync-endings.ts';
import type * as overlaps from './overlaps.ts';
import type * as runs from './runs.ts';
import type * as verifying from './verifying.ts';
import type * as records from './records.ts';
import type * as questions from './questions.ts';
import type * as plugins from './plugins.ts';
import type * as provided from './provided.ts';
import type * as filters from './filters.ts';

/** Of each subject by itself: what several have in common is no name. */
type CodeIn<Subject> = Subject extends unknown
  ? {
      [Name in keyof Subject]: Subject[Name] extends (...params: never[]) => { code: infer Code } ? Code : never;
    }[keyof Subject]
  : never;

/** The codes of all entries. */
export type FindingCode = CodeIn<
  | typeof spec
  | typeof specOptions
  | typeof imports
  | typeof firstSpec
  | typeof schedules
  | typeof shells
  | typeof presence
  | typeof destinations
  | typeof latest
  | typeof fileSystems
  | typeof restores
  | typeof drives
  | typeof passphrases
  | typeof planFiles
  | typeof reviewing
  | typeof servers
  | typeof sourceSnapshots
  | typeof copying
  | typeof guards
  | typeof rsyncEndings
  | typeof overlaps
  | typeof runs
  | typeof verifying
  | typeof records
  | typeof questions
  | typeof plugins
  | typeof provided
  | typeof filters
>;
