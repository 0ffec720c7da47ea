import { describe, expect, it } from 'vitest';
import { complaint } from '../../../../../src/executors/kinds/drive/complaints.ts';
import type { ProcessResult } from '../../../../../src/hosts/transport/transport.ts';

function ended(...stderr: string[]): ProcessResult {
  return { code: 1, signal: null, error: null, timedOut: false, stdout: Buffer.from(''), stderr };
}

describe('what udisks2 says and nbkp does not know', () => {
  it.each([
    ['unlock', 'unlock-failed', 'The drive usb could not be unlocked: it is odd'],
    ['mount', 'mount-failed', 'The drive usb could not be mounted: it is odd'],
    ['unmount', 'unmount-failed', 'The drive usb could not be unmounted: it is odd'],
    ['lock', 'drive-lock-failed', 'The drive usb could not be locked: it is odd'],
  ] as const)('is told as it was said, by the step that failed: %s', (kind, code, message) => {
    expect(complaint(kind, 'usb', ended('it is odd'), false)).toEqual({ severity: 'error', code, message });
  });
});

describe('a flush that failed', () => {
  it('is more than a drive that stays mounted: what was written may not be on it', () => {
    const said = "sync: error syncing '/media/ada/usb': Input/output error";
    const { code, message } = complaint('unmount', 'usb', ended(said), false);
    expect(code).toBe('drive-not-flushed');
    expect(message).toContain('Input/output error');
  });

  it('says nothing of a drive that is gone', () => {
    expect(complaint('unmount', 'usb', ended('sync: error syncing'), true).code).toBe('drive-gone');
  });
});
