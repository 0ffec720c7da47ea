/* What each entry of the catalogue says of its example: for `4-findings.js`, and for a test. */
import * as spec from '../../../src/planner/model/findings/spec.ts';
import * as specOptions from '../../../src/planner/model/findings/spec-options.ts';
import * as imports from '../../../src/planner/model/findings/imports.ts';
import * as firstSpec from '../../../src/planner/model/findings/first-spec.ts';
import * as schedules from '../../../src/planner/model/findings/schedules.ts';
import * as shells from '../../../src/planner/model/findings/shells.ts';
import * as presence from '../../../src/planner/model/findings/presence.ts';
import * as destinations from '../../../src/planner/model/findings/destinations.ts';
import * as latest from '../../../src/planner/model/findings/latest.ts';
import * as fileSystems from '../../../src/planner/model/findings/file-systems.ts';
import * as restores from '../../../src/planner/model/findings/restores.ts';
import * as drives from '../../../src/planner/model/findings/drives.ts';
import * as passphrases from '../../../src/planner/model/findings/passphrases.ts';
import * as planFiles from '../../../src/planner/model/findings/plan-files.ts';
import * as reviewing from '../../../src/planner/model/findings/reviewing.ts';
import * as servers from '../../../src/planner/model/findings/servers.ts';
import * as sourceSnapshots from '../../../src/planner/model/findings/source-snapshots.ts';
import * as copying from '../../../src/planner/model/findings/copying.ts';
import * as guards from '../../../src/planner/model/findings/guards.ts';
import * as rsyncEndings from '../../../src/planner/model/findings/rsync-endings.ts';
import * as overlaps from '../../../src/planner/model/findings/overlaps.ts';
import * as runs from '../../../src/planner/model/findings/runs.ts';
import * as verifying from '../../../src/planner/model/findings/verifying.ts';
import * as records from '../../../src/planner/model/findings/records.ts';
import * as questions from '../../../src/planner/model/findings/questions.ts';
import * as provided from '../../../src/planner/model/findings/provided.ts';
import * as plugins from '../../../src/planner/model/findings/plugins.ts';
import * as filters from '../../../src/planner/model/findings/filters.ts';
import { examples as specExamples } from './findings/spec.ts';
import { examples as specOptionsExamples } from './findings/spec-options.ts';
import { examples as importsExamples } from './findings/imports.ts';
import { examples as firstSpecExamples } from './findings/first-spec.ts';
import { examples as schedulesExamples } from './findings/schedules.ts';
import { examples as shellsExamples } from './findings/shells.ts';
import { examples as presenceExamples } from './findings/presence.ts';
import { examples as destinationsExamples } from './findings/destinations.ts';
import { examples as latestExamples } from './findings/latest.ts';
import { examples as fileSystemsExamples } from './findings/file-systems.ts';
import { examples as restoresExamples } from './findings/restores.ts';
import { examples as drivesExamples } from './findings/drives.ts';
import { examples as passphrasesExamples } from './findings/passphrases.ts';
import { examples as planFilesExamples } from './findings/plan-files.ts';
import { examples as reviewingExamples } from './findings/reviewing.ts';
import { examples as serversExamples } from './findings/servers.ts';
import { examples as sourceSnapshotsExamples } from './findings/source-snapshots.ts';
import { examples as copyingExamples } from './findings/copying.ts';
import { examples as guardsExamples } from './findings/guards.ts';
import { examples as rsyncEndingsExamples } from './findings/rsync-endings.ts';
import { examples as overlapsExamples } from './findings/overlaps.ts';
import { examples as runsExamples } from './findings/runs.ts';
import { examples as verifyingExamples } from './findings/verifying.ts';
import { examples as recordsExamples } from './findings/records.ts';
import { examples as questionsExamples } from './findings/questions.ts';
import { examples as providedExamples } from './findings/provided.ts';
import { examples as pluginsExamples } from './findings/plugins.ts';
import { examples as filtersExamples } from './findings/filters.ts';

interface Example {
  code: string;
  message: string;
  help?: string;
}

/** By the name of the entry. */
type Subject = Readonly<Record<string, Example>>;

function rendered(subject: object, examples: object): Subject {
  const entries = subject as Record<string, (...params: unknown[]) => Example>;
  return Object.fromEntries(
    Object.entries(examples as Record<string, unknown[]>).map(([name, params]) => {
      const entry = entries[name];
      if (entry === undefined) throw new Error(`the catalogue has no ${name}`);
      return [name, entry(...params)];
    }),
  );
}

/** By the file of the subject. */
export const EXAMPLES: Readonly<Record<string, Subject>> = {
  'spec.ts': rendered(spec, specExamples),
  'spec-options.ts': rendered(specOptions, specOptionsExamples),
  'imports.ts': rendered(imports, importsExamples),
  'first-spec.ts': rendered(firstSpec, firstSpecExamples),
  'schedules.ts': rendered(schedules, schedulesExamples),
  'shells.ts': rendered(shells, shellsExamples),
  'presence.ts': rendered(presence, presenceExamples),
  'destinations.ts': rendered(destinations, destinationsExamples),
  'latest.ts': rendered(latest, latestExamples),
  'file-systems.ts': rendered(fileSystems, fileSystemsExamples),
  'restores.ts': rendered(restores, restoresExamples),
  'drives.ts': rendered(drives, drivesExamples),
  'passphrases.ts': rendered(passphrases, passphrasesExamples),
  'plan-files.ts': rendered(planFiles, planFilesExamples),
  'reviewing.ts': rendered(reviewing, reviewingExamples),
  'servers.ts': rendered(servers, serversExamples),
  'source-snapshots.ts': rendered(sourceSnapshots, sourceSnapshotsExamples),
  'copying.ts': rendered(copying, copyingExamples),
  'guards.ts': rendered(guards, guardsExamples),
  'rsync-endings.ts': rendered(rsyncEndings, rsyncEndingsExamples),
  'overlaps.ts': rendered(overlaps, overlapsExamples),
  'runs.ts': rendered(runs, runsExamples),
  'verifying.ts': rendered(verifying, verifyingExamples),
  'records.ts': rendered(records, recordsExamples),
  'questions.ts': rendered(questions, questionsExamples),
  'plugins.ts': rendered(plugins, pluginsExamples),
  'provided.ts': rendered(provided, providedExamples),
  'filters.ts': rendered(filters, filtersExamples),
};
