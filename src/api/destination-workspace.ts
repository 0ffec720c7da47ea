import { homedir } from 'node:os';
import { basename, resolve } from 'node:path';
import { destinationAt } from '../hosts/observe/destination-at.ts';
import { localTransport } from '../hosts/transport/local.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Code, Finding } from '../planner/model/finding.ts';
import * as destinations from '../planner/model/findings/destinations.ts';
import { isWithin } from '../planner/model/paths.ts';
import { shellWord } from '../planner/model/quote.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { Sync } from '../planner/model/spec.ts';
import { readSpec } from '../planner/spec/index.ts';
import { BUILT_IN_ONLY } from './installed-executors.ts';
import type { Surroundings } from './surroundings.ts';
import { workspaceOf, type Workspace } from './workspace.ts';

const VOLUME = 'destination';
/** The machine that has the source may be gone; whatever is at that path here, nothing is read or written there. */
const NOWHERE = '/nonexistent/source';

/** A destination by itself, as a workspace with one sync: for a machine that has no spec of it, or none any more. */
export interface DestinationWorkspace {
  workspace: Workspace;
  sync: Sync;
  /** What `SYNC@SNAPSHOT` has after the `@`; null for nothing. */
  snapshot: string | null;
}

/**
 * Reads what a destination says of itself: its mark, `snapshots/` and `latest`.
 *
 * @param wanted a folder of this machine, or `FOLDER@SNAPSHOT`
 */
export async function openDestination(around: Surroundings, wanted: string): Promise<Result<DestinationWorkspace>> {
  const at = wanted.lastIndexOf('@');
  const whole = { folder: resolve(wanted), snapshot: null };
  const parts = at === -1 ? whole : { folder: resolve(wanted.slice(0, at)), snapshot: wanted.slice(at + 1) };
  const { folder, snapshot } = destinationAt(whole.folder, '') === null ? parts : whole;
  const there = destinationAt(folder, '');
  if (there === null) return failure(destinations.notADestination(folder, await destinationsBelow(folder)));
  const mode = there.snapshots === null && there.latest.kind === 'absent' ? 'none' : 'hard-link';
  const name = /^[a-z][a-z0-9-]*$/.test(basename(folder)) ? basename(folder) : 'backup';
  const spec = readSpec(specOf(folder, name, mode), folder);
  if (!spec.ok) return spec;
  const sync = spec.value.syncs[name];
  if (sync === undefined) throw new Error(`the spec of ${folder} has no sync`);
  // No file has its lines.
  const unwritten = { ...spec.value, positions: {}, lines: [] };
  return success({
    workspace: workspaceOf(around, { spec: unwritten, executors: BUILT_IN_ONLY }),
    sync,
    snapshot,
  });
}

/**
 * Where the source was may be known to nobody any more. Most often it is a home folder: what has a path in this one has the
 * same in that one.
 */
export function fromHome(path: string): string {
  const home = ['~', homedir()].find((each) => isWithin(path, each));
  return home === undefined ? path : path.slice(home.length).replace(/^\/*/, '') || '.';
}

/** What is said of syncs and their sources, said of a folder: no command knows it by another name. */
export function aboutFolder(finding: Finding, folder: string): Finding {
  const help = HELPS[finding.code]?.(shellWord(`${folder}/snapshots`));
  return help === undefined ? finding : { ...finding, help };
}

const there = (snapshots: string): string => `What is there: ls ${snapshots}`;

const HELPS: Partial<Record<Code, (snapshots: string) => string>> = {
  'snapshot-unknown': there,
  'snapshot-ambiguous': there,
  'restore-path-invalid': () => 'Name it relative to the snapshot, such as Letters/2026.',
};

/** The mark of the destination is what counts: that of its volume may lie above it, or on another drive. */
export function withVolumeMark(facts: Facts): Facts {
  const observed = facts.volumes[VOLUME];
  if (observed === undefined) return facts;
  return { ...facts, volumes: { ...facts.volumes, [VOLUME]: { ...observed, sentinel: true } } };
}

function specOf(folder: string, name: string, mode: string): string {
  return `version = 1
[volumes.${VOLUME}]
path = ${JSON.stringify(folder)}
[volumes.source]
path = ${JSON.stringify(NOWHERE)}
[syncs.${name}]
source = "source"
destination = "${VOLUME}"
snapshots.mode = "${mode}"
`;
}

/** Who names a drive means what is on it. Not as deep as snapshots are. */
async function destinationsBelow(folder: string): Promise<string[]> {
  const argv = [
    'find',
    folder,
    '-maxdepth',
    '6',
    '-name',
    'snapshots',
    '-prune',
    '-o',
    '-name',
    '.nbkp-dst',
    '-type',
    'f',
    '-print0',
  ];
  const { stdout } = await localTransport().run(argv);
  const marks = stdout.toString().split('\0').slice(0, -1);
  return marks.map((mark) => mark.slice(0, -'/.nbkp-dst'.length)).sort();
}
