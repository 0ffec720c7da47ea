import { strictEqual } from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Executor } from '../../src/executors/contract.ts';
import type { RunPlanning } from '../../src/planner/model/executor.ts';
import { isRecord, type Json } from '../../src/planner/model/json.ts';
import { plannedStep, type Step } from '../../src/planner/model/step.ts';
import type { World } from '../../src/testkit/index.ts';
import { shelf } from './shelf.ts';

/** An executor around the whole run, with a table of its own in the spec: it writes at the end that the run is over. */
export const bell: Executor = {
  apiVersion: 1,
  planning: {
    name: 'bell',
    version: '1.0.0',
    kinds: ['ring'],
    settings: {
      spec: { type: 'object', additionalProperties: false, required: ['to'], properties: { to: { type: 'string' } } },
    },
    planRun: ({ settings }) => ({ steps: [ringing(settings)], findings: [] }),
    commands: (params) => shelf.planning.commands(params),
  },
  apply: (step, context) => shelf.apply(step, context),
};

function ringing(settings: RunPlanning['settings']): Step {
  const commands = [['sh', '-c', 'echo over > "$0"', toOf(settings)]];
  return plannedStep({
    id: 'bell:end',
    kind: 'ring',
    executor: { name: 'bell', version: '1.0.0' },
    host: 'local',
    action: 'run',
    summary: 'ring the bell',
    reason: 'the spec wants to hear of each run',
    runsOn: 'end',
    commands,
    params: { commands },
  });
}

function toOf(settings: Json): string {
  const to = isRecord(settings) ? settings['to'] : null;
  if (typeof to === 'string') return to;
  throw new Error('the schema of bell wants a text');
}

/** A sync of rsync's, and where the bell writes. */
export const tower: World = {
  spec: (root) => `
    version = 1
    volumes.laptop.path = "${root}/laptop"
    volumes.usb.path = "${root}/usb"
    [syncs.docs]
    source = "laptop:docs"
    destination = "usb:docs"
    [bell]
    to = "${root}/heard"
  `,
  make: (root) => {
    for (const path of ['laptop/docs', 'usb']) mkdirSync(`${root}/${path}`, { recursive: true });
    writeFileSync(`${root}/laptop/docs/letter`, 'new');
    return {
      sound: () => strictEqual(readFileSync(`${root}/laptop/docs/letter`, 'utf8'), 'new'),
      finished: () => strictEqual(readFileSync(`${root}/heard`, 'utf8'), 'over\n'),
    };
  },
  recurring: ['transfer', 'ring'],
  reliesOnFacts: false,
};
