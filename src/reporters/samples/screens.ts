import { readSpec } from '../../planner/spec/index.ts';
import { dotText } from '../graph/dot.ts';
import { mermaidText } from '../graph/mermaid.ts';
import { treeText } from '../graph/tree.ts';
import { findingsText } from '../findings.ts';
import { addedText, specDiffText } from '../human/added.ts';
import { checkText } from '../human/check.ts';
import { completionText } from '../human/completion.ts';
import { confirmationText } from '../human/confirmation.ts';
import { diffText } from '../human/diff.ts';
import { doctorText } from '../human/doctor.ts';
import { executorsText } from '../human/executors.ts';
import { usageText } from '../human/failure.ts';
import { findText } from '../human/find.ts';
import { historyText, runRecordText } from '../human/history.ts';
import { destinationsText, savingsText, sourceText } from '../human/init.ts';
import { listText } from '../human/ls.ts';
import { planText } from '../human/plan/plan.ts';
import { pluginsText } from '../human/plugins.ts';
import { recoverText } from '../human/recover.ts';
import { runSummaryText } from '../human/run-summary.ts';
import { scheduleText } from '../human/schedule.ts';
import { simulationText } from '../human/simulation.ts';
import { snapshotsDiffText } from '../human/snapshots-diff.ts';
import { snapshotsText } from '../human/snapshots.ts';
import { specText } from '../human/spec.ts';
import { statusText } from '../human/status.ts';
import { verdictsText } from '../human/verdicts.ts';
import { verifyText } from '../human/verify.ts';
import { volumesText } from '../human/volumes.ts';
import { planMarkdown } from '../markdown/plan.ts';
import { MAX_BYTES } from '../markdown/blocks.ts';
import type { Style } from '../style.ts';
import { usage } from '../../planner/model/findings/questions.ts';
import { FOUND, LIST } from './browsing.ts';
import { CHECK, EXECUTORS, RECOVER, SIMULATION, SNAPSHOTS, STATUS } from './documents.ts';
import { HISTORY } from './history.ts';
import {
  ADDED,
  COMPLETION,
  DESTINATIONS,
  DIFF,
  DOCTOR,
  MISTAKEN,
  PLUGINS,
  SAVINGS,
  SCHEDULE,
  SNAPSHOTS_DIFF,
  VERIFY,
  VOLUMES,
} from './others.ts';
import { NOW } from './parts.ts';
import { PLANS } from './plans.ts';
import { RECORDS } from './records.ts';
import { SPEC } from './spec-document.ts';

/** A screen of nbkp: what is typed, and what it shows of sample data. */
interface Screen {
  typed: string;
  /** What is special about it. */
  about: string;
  text: (style: Style) => string;
}

const plan = (name: string): NonNullable<(typeof PLANS)[string]> => sample(PLANS, name);
const record = (name: string): NonNullable<(typeof RECORDS)[string]> => sample(RECORDS, name);

function sample<T>(samples: Readonly<Record<string, T>>, name: string): T {
  const found = samples[name];
  if (found === undefined) throw new Error(`there is no sample ${name}`);
  return found;
}

const SHORT = { commands: false, files: false, all: false };
const planScreen = (typed: string, about: string, name: string, options = SHORT): Screen => ({
  typed,
  about,
  text: (style) => planText(plan(name), options, style),
});

const SCREENS: readonly Screen[] = [
  {
    typed: 'nbkp init',
    about: 'what it asks',
    text: (style) =>
      sourceText({ absolute: '/home/ada', isHome: true }, style) +
      destinationsText('Where should the backups go?', DESTINATIONS, style) +
      savingsText(SAVINGS, true, style),
  },
  {
    typed: 'nbkp init',
    about: 'no drive is here',
    text: (style) => destinationsText('Where should the backups go?', [], style),
  },
  { typed: 'nbkp completions install', about: 'zsh', text: (style) => completionText(COMPLETION, style) },
  {
    typed: 'nbkp add volume /mnt/usb',
    about: 'what it puts in',
    text: (style) =>
      specDiffText(ADDED.document.path, ADDED.before, ADDED.document.toml, style) +
      addedText(ADDED.document, [[['nbkp', 'prepare', 'usb'], 'marks it with a small file; asks']], style),
  },
  {
    typed: 'nbkp spec validate',
    about: 'mistakes',
    text: (style) => findingsText(readSpec(MISTAKEN, 'nbkp.toml').findings, style),
  },
  { typed: 'nbkp spec show', about: 'what a spec means', text: (style) => specText(SPEC, style) },
  planScreen('nbkp prepare', 'before the first run', 'prepare'),
  planScreen('nbkp plan', 'the first run', 'first-run'),
  planScreen('nbkp plan', 'a run that prunes', 'second-run'),
  planScreen('nbkp plan --files', 'what a dry run found', 'preview', { ...SHORT, files: true }),
  planScreen('nbkp plan --commands', 'the exact commands', 'mirror', { ...SHORT, commands: true }),
  planScreen('nbkp plan', 'a guard that refuses', 'guard'),
  planScreen('nbkp plan', 'nothing is here', 'idle'),
  {
    typed: 'nbkp plan --format markdown',
    about: 'for a merge request',
    text: () => planMarkdown(plan('second-run'), { ...SHORT, maxBytes: MAX_BYTES }),
  },
  { typed: 'nbkp graph', about: 'what comes after what', text: (style) => treeText(plan('chain'), style) },
  { typed: 'nbkp graph --format mermaid', about: 'for a page', text: () => mermaidText(plan('chain')) },
  { typed: 'nbkp graph --format dot', about: 'for Graphviz', text: () => dotText(plan('chain')) },
  { typed: 'nbkp apply', about: 'the question', text: (style) => confirmationText(plan('preview'), style) },
  { typed: 'nbkp apply', about: 'all went well', text: (style) => runSummaryText(record('all-well'), style) },
  { typed: 'nbkp run', about: 'trouble', text: (style) => runSummaryText(record('with-failures'), style) },
  { typed: 'nbkp apply', about: 'Ctrl-C', text: (style) => runSummaryText(record('interrupted'), style) },
  {
    typed: 'nbkp apply saved.plan.json',
    about: 'the world has changed since',
    text: (style) =>
      verdictsText(
        [
          { step: 'transfer:documents', verdict: 'stale' },
          { step: 'snapshot:documents', verdict: 'fresh' },
        ],
        style,
      ),
  },
  { typed: 'nbkp status', about: 'am I safe?', text: (style) => statusText(STATUS, style) },
  { typed: 'nbkp check', about: 'what is wrong and what mends it', text: (style) => checkText(CHECK, style) },
  { typed: 'nbkp doctor', about: 'for a report', text: (style) => doctorText(DOCTOR, style) },
  {
    typed: 'nbkp history',
    about: 'past runs',
    text: (style) => historyText(HISTORY, { spec: null, newestLast: true }, style),
  },
  {
    typed: `nbkp history ${record('with-failures').run}`,
    about: 'one of them',
    text: (style) => runRecordText(record('with-failures'), style),
  },
  { typed: 'nbkp snapshots list', about: 'what is kept and why', text: (style) => snapshotsText(SNAPSHOTS, style) },
  {
    typed: 'nbkp snapshots simulate',
    about: 'what the rules would leave',
    text: (style) => simulationText(SIMULATION, style),
  },
  {
    typed: 'nbkp snapshots diff documents@-2',
    about: 'what changed between two',
    text: (style) => snapshotsDiffText(SNAPSHOTS_DIFF, style),
  },
  {
    typed: 'nbkp ls documents Letters/2026 --long',
    about: 'in a snapshot',
    text: (style) => listText(LIST, style, { long: true }),
  },
  { typed: "nbkp find '*grandmother*'", about: 'in all of them', text: (style) => findText(FOUND, style) },
  { typed: 'nbkp verify', about: 'are the copies whole?', text: (style) => verifyText(VERIFY, style) },
  { typed: 'nbkp recover', about: 'after a crash', text: (style) => recoverText(RECOVER, style) },
  {
    typed: 'nbkp diff HEAD:nbkp.toml',
    about: 'what a change of the spec means',
    text: (style) => diffText(DIFF, { commands: false, now: NOW }, style),
  },
  { typed: 'nbkp volumes list', about: 'the drives', text: (style) => volumesText(VOLUMES, style) },
  { typed: 'nbkp schedule show', about: 'a timer', text: (style) => scheduleText(SCHEDULE, style) },
  { typed: 'nbkp executors', about: 'who does the work', text: (style) => executorsText(EXECUTORS, style) },
  { typed: 'nbkp plugins', about: 'packages that bring some', text: (style) => pluginsText(PLUGINS, style) },
  {
    typed: 'nbkp plan --ofline',
    about: 'a mistake on the command line',
    text: (style) => usageText(usage('There is no flag `--ofline`.', 'Did you mean `--offline`?'), style),
  },
];

/** Every screen, one below the other. */
export function screensText(style: Style): string {
  return SCREENS.map(({ typed, about, text }) => {
    const title = `${style.bold(`$ ${typed}`)}  ${style.dim(`# ${about}`)}`;
    return `${title}\n${text(style)}`;
  }).join('\n');
}
