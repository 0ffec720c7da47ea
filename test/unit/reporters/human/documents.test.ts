import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkText } from '../../../../src/reporters/human/check.ts';
import { executorsText } from '../../../../src/reporters/human/executors.ts';
import { findText } from '../../../../src/reporters/human/find.ts';
import { historyText, runRecordText } from '../../../../src/reporters/human/history.ts';
import { listText } from '../../../../src/reporters/human/ls.ts';
import { recoverText } from '../../../../src/reporters/human/recover.ts';
import { runSummaryText } from '../../../../src/reporters/human/run-summary.ts';
import { simulationText } from '../../../../src/reporters/human/simulation.ts';
import { snapshotsText } from '../../../../src/reporters/human/snapshots.ts';
import { specText } from '../../../../src/reporters/human/spec.ts';
import { statusText } from '../../../../src/reporters/human/status.ts';
import { createStyle, type Style } from '../../../../src/reporters/style.ts';
import { textWidth } from '../../../../src/reporters/text/width.ts';
import { FOUND, LIST } from '../../../../src/reporters/samples/browsing.ts';
import {
  CHECK,
  EXECUTORS,
  RECOVER,
  SIMULATION,
  SNAPSHOTS,
  STATUS,
} from '../../../../src/reporters/samples/documents.ts';
import { HISTORY } from '../../../../src/reporters/samples/history.ts';
import { RECORDS } from '../../../../src/reporters/samples/records.ts';
import { SPEC } from '../../../../src/reporters/samples/spec-document.ts';

const GOLDEN = join(import.meta.dirname, '../../../golden/reporters/documents');
const plain = createStyle({ colour: false, width: 80 });

const TEXTS: Readonly<Record<string, (style: Style) => string>> = {
  status: (style) => statusText(STATUS, style),
  check: (style) => checkText(CHECK, style),
  snapshots: (style) => snapshotsText(SNAPSHOTS, style),
  simulation: (style) => simulationText(SIMULATION, style),
  ls: (style) => listText(LIST, style, { long: false }),
  'ls-long': (style) => listText(LIST, style, { long: true }),
  find: (style) => findText(FOUND, style),
  history: (style) => historyText(HISTORY, { spec: '/home/sam/nbkp.toml', newestLast: false }, style),
  'history-terminal': (style) => historyText(HISTORY, { spec: null, newestLast: true }, style),
  recover: (style) => recoverText(RECOVER, style),
  executors: (style) => executorsText(EXECUTORS, style),
  spec: (style) => specText(SPEC, style),
  'run-well': (style) => runSummaryText(RECORDS['all-well']!, style),
  'run-failed': (style) => runSummaryText(RECORDS['with-failures']!, style),
  'run-prepare': (style) => runSummaryText(RECORDS['prepare']!, style),
  'run-interrupted': (style) => runSummaryText(RECORDS['interrupted']!, style),
  'record-failed': (style) => runRecordText(RECORDS['with-failures']!, style),
};

describe.each(Object.entries(TEXTS))('the text of "%s"', (name, text) => {
  it.each([
    [80, false],
    [120, false],
    [80, true],
  ])('looks as in its golden file at %i columns, colours %s', async (width, colour) => {
    const file = join(GOLDEN, `${name}-${colour ? 'colour' : width}.txt`);
    await expect(text(createStyle({ colour, width }))).toMatchFileSnapshot(file);
  });

  it('has no line over the width but for words that cannot be broken', () => {
    const long = text(plain)
      .split('\n')
      .filter((line) => textWidth(line) > 80 && !/^ *(\$|\|)/.test(line));
    expect(long.filter((line) => !line.split(' ').some((word) => textWidth(word) > 50))).toEqual([]);
  });
});

describe('a run summary', () => {
  it('says that snapshots are as they were only when no step could have touched them', () => {
    const failed = RECORDS['with-failures']!;
    const claim = 'No snapshot was made, moved or deleted';
    expect(runSummaryText(failed, plain)).toContain(claim);
    const begun = failed.steps.map((step) =>
      step.id === 'snapshot:photos' ? { ...step, outcome: 'failed' as const } : step,
    );
    expect(runSummaryText({ ...failed, steps: begun }, plain)).not.toContain(claim);
  });

  it('does not claim anything about snapshots of a sync that makes none', () => {
    const failed = RECORDS['with-failures']!;
    const steps = failed.steps.filter((step) => !/^(snapshot|prune):photos/.test(step.id));
    expect(runSummaryText({ ...failed, steps }, plain)).not.toContain('Its snapshots');
  });

  it('tells the error of each failed sync with what to do', () => {
    const text = runSummaryText(RECORDS['with-failures']!, plain);
    expect(text).toContain('photos (failed)\n  error[rsync-partial]');
    expect(text).toContain('= help: Look at the log');
    expect(text).toContain('mail (locked)\n  nbkp run (process 77 on laptop) holds usb:mail.');
  });
});

it('says so when there is nothing to list', () => {
  expect(historyText({ ...HISTORY, runs: [] }, { spec: null, newestLast: true }, plain)).toBe(
    'Runs of all specs: none.\n',
  );
  expect(recoverText({ ...RECOVER, deadRuns: [], leftovers: [] }, plain)).toBe(
    'No run ended early, and nothing was left behind.\n',
  );
  expect(snapshotsText({ ...SNAPSHOTS, syncs: [] }, plain)).toBe('The spec has no syncs with snapshots.\n');
});
