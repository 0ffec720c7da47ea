import { describe, expect, it } from 'vitest';
import { changesData, isUnchanged } from '../../../../src/planner/model/idle.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { sampleStep } from '../plan-file/sample.ts';

const NOTHING = { files: 0, bytes: 0, creates: 0, updates: 0, deletes: 0 };

describe('what changes data', () => {
  it.each<[string, Step[], boolean]>([
    ['a plan without steps', [], false],
    ['a transfer of which nothing is known', [sampleStep('transfer:a')], true],
    [
      'a transfer that a dry run found idle',
      [sampleStep('transfer:a', { estimate: { ...NOTHING, basis: 'dry-run' } })],
      false,
    ],
    [
      'a transfer that only deletes',
      [sampleStep('transfer:a', { estimate: { ...NOTHING, deletes: 1, basis: 'dry-run' } })],
      true,
    ],
    [
      'a transfer that was idle last time',
      [sampleStep('transfer:a', { estimate: { ...NOTHING, basis: 'last-run' } })],
      true,
    ],
    ['a prune', [sampleStep('prune:a', { action: 'delete' })], true],
    ['a command of the user', [sampleStep('before:a:1', { action: 'run' })], true],
    [
      'a command that runs after a failure',
      [sampleStep('on-failure:a:1', { action: 'run', runsOn: 'failure' })],
      false,
    ],
    [
      'mounting and unmounting',
      [sampleStep('mount:usb', { action: 'acquire' }), sampleStep('unmount:usb', { action: 'release' })],
      false,
    ],
  ])('judges %s', (_, steps, expected) => {
    expect(changesData(steps)).toBe(expected);
  });

  it('counts a snapshot that is made only if something changed as its own transfer', () => {
    const transfer = sampleStep('transfer:a', { estimate: { ...NOTHING, basis: 'dry-run' } });
    const snapshot = sampleStep('snapshot:a', { action: 'create', deferred: 'made only if something changed' });
    expect(changesData([transfer, snapshot])).toBe(false);
    expect(changesData([sampleStep('transfer:a'), snapshot])).toBe(true);
    expect(changesData([transfer, sampleStep('snapshot:a', { action: 'create' })])).toBe(true);
    expect(changesData([transfer, { ...snapshot, sync: 'b' }])).toBe(true);
  });
});

describe('what is unchanged', () => {
  const idle = sampleStep('transfer:a', { estimate: { ...NOTHING, basis: 'dry-run' } });

  it.each<[string, Step[], boolean]>([
    ['no steps', [], true],
    ['a transfer that a dry run found idle, and the note of its success', [idle, sampleStep('record:a')], true],
    ['a snapshot that awaits a change', [idle, sampleStep('snapshot:a', { deferred: 'made only if' })], true],
    ['what runs only after a failure', [idle, sampleStep('on-failure:a:1', { runsOn: 'failure' })], true],
    ['a transfer of which nothing is known', [sampleStep('transfer:a')], false],
    ['a prune', [idle, sampleStep('prune:a', { action: 'delete' })], false],
    ['mounting, which is something to do', [sampleStep('mount:usb', { action: 'acquire' })], false],
    ['what a recovery runs in the end', [sampleStep('on-failure:a:1', { action: 'run', runsOn: 'end' })], false],
  ])('knows %s', (_, steps, expected) => {
    expect(isUnchanged(steps)).toBe(expected);
  });
});
