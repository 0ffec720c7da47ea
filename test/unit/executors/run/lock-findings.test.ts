import { expect, it } from 'vitest';
import { lockRefusal } from '../../../../src/executors/run/lock-findings.ts';

const place = { host: 'local', path: '/usb/.nbkp-lock' };
const holder = { pid: 7, host: 'laptop', startedAt: '2026-03-10T12:00:00.000Z', command: 'nbkp run', run: 'r1' };

it('a lock that another run holds is exit code 75, and says who that is', () => {
  const refused = lockRefusal('docs', { ...{ state: 'not-held' as const, place }, result: { state: 'busy', holder } });
  const message =
    '/usb/.nbkp-lock is held by run r1 (pid 7 on laptop, since 2026-03-10T12:00:00.000Z: nbkp run), so docs was left alone.';
  expect(refused).toMatchObject({
    ...{ code: 75, why: { outcome: 'locked', reason: message } },
    finding: { code: 'destination-locked', message, sync: 'docs' },
  });
});

it('a lock of whose holder nothing is known is exit code 75 too; without a sync none was left alone', () => {
  const { finding, code } = lockRefusal(null, {
    ...{ state: 'not-held' as const, place },
    result: { state: 'busy', holder: null },
  });
  expect(code).toBe(75);
  expect(finding).toMatchObject({ message: '/usb/.nbkp-lock is held by another run.' });
  expect(finding).not.toHaveProperty('sync');
});

it('a lock that could not be made is a failure with what the system said', () => {
  const refused = lockRefusal('docs', {
    ...{ state: 'not-held' as const, place },
    result: { state: 'failed', message: 'no space left' },
  });
  expect(refused).toMatchObject({
    ...{ code: 1, why: { outcome: 'failed', reason: 'no space left' } },
    finding: { code: 'lock-failed', message: 'no space left', sync: 'docs' },
  });
});
