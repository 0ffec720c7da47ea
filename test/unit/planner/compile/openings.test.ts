import { describe, expect, it } from 'vitest';
import { destinationLock, lockedFolder } from '../../../../src/planner/compile/locks.ts';
import { driveName } from '../../../../src/planner/compile/openings.ts';
import { specFrom } from '../../../support/planning.ts';

const spec = specFrom(`version = 1
[volumes.plain]
path = "/home/ada"
[volumes.blue]
mount = { device-uuid = "ABCD-1234" }
[volumes.same]
mount = { device-uuid = "abcd-1234" }
[volumes.green]
mount = { device-uuid = "ABCD-5678" }
[ssh.pi]
host = "pi.lan"
[volumes.far]
ssh = "pi"
mount = { device-uuid = "ABCD-1234" }
[syncs.docs]
source = "plain"
destination = "blue:docs"
`);

const nameOf = (name: string): string => {
  const volume = spec.volumes[name];
  if (volume === undefined) throw new Error(`there is no ${name}`);
  return driveName(spec, volume);
};

describe('the name of a drive', () => {
  it('is that of the first volume on it, however its UUID is written, on that machine', () => {
    expect(['blue', 'same', 'green', 'far'].map(nameOf)).toEqual(['blue', 'blue', 'green', 'far']);
  });
});

describe('the lock of a destination', () => {
  it('is in its folder, and says on which machine where its step runs on another', () => {
    expect(destinationLock('exclusive', '/usb/docs', 'local', { host: 'local' })).toEqual({
      ...{ path: '/usb/docs/.nbkp-lock', mode: 'exclusive' },
    });
    const shared = destinationLock('shared', '/usb/docs', 'local', { host: 'ssh:pi' });
    expect(shared).toEqual({ path: '/usb/docs/.nbkp-lock', mode: 'shared', host: 'local' });
    expect(lockedFolder(shared)).toBe('/usb/docs');
  });
});
