import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countEntries } from '../../../../src/hosts/rsync/count-entries.ts';
import { localTransport } from '../../../../src/hosts/transport/local.ts';
import type { Transport } from '../../../../src/hosts/transport/transport.ts';
import { transportThrough } from '../../../support/observing.ts';
import { makeTempDir, type TempDir } from '../../../support/tempdir.ts';

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
});

afterEach(() => dir.remove());

function count(path: string, transport: Transport = localTransport()): Promise<number | null> {
  return countEntries(transport, join(dir.path, path), new AbortController().signal);
}

describe('countEntries', () => {
  it('counts everything below a directory once, whatever its name', async () => {
    dir.make('tree/a/b', 'tree/\n\n');
    dir.touch('tree/a/x\ny', 'tree/.hidden', 'tree/-n');
    expect(await count('tree')).toBe(6);
    expect(await count('tree/a/b')).toBe(0);
  });

  it('changes nothing', async () => {
    dir.make('tree/a');
    const look = (): string => execFileSync('find', [dir.path, '-printf', '%p %m %T@ %C@\\n'], { encoding: 'utf8' });
    const before = look();
    await count('tree');
    expect(look()).toBe(before);
  });

  it('is null for what is not there', async () => {
    expect(await count('missing')).toBeNull();
  });

  it('is null when a part of it cannot be read, rather than too small', async () => {
    dir.make('tree/closed/inner', 'tree/open');
    chmodSync(dir.path, 0o755);
    chmodSync(join(dir.path, 'tree/closed'), 0);
    const asNobody = transportThrough(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']);
    const reader = process.getuid?.() === 0 ? asNobody : localTransport();
    expect(await count('tree', reader)).toBeNull();
    expect(await count('tree/open', reader)).toBe(0);
  });
});
