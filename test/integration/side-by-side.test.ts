import { existsSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';
import { stateOf } from '../support/tree.ts';

const MEMORY = '/dev/shm';
const TMPFS = 0x01021994;
const isMemory = existsSync(MEMORY) && (await statfs(MEMORY)).type === TMPFS;

/*
 * The real rsync behind one that forces an ordering: neither of two copies begins before the other does. Where they went one
 * after the other the first would wait in vain, and gives up after a minute.
 */
const meeting = (folder: string): string => `#!/bin/sh
PATH=$(printf %s "$PATH" | sed "s|^${folder}/bin:||")
case " $* " in
  *' --version '*) ;;
  *)
    for last; do :; done
    last=\${last%/.}
    last=\${last%/}
    : >"${folder}/\${last##*/}"
    tries=1200
    until [ -e ${folder}/docs ] && [ -e ${folder}/music ] || [ $tries = 0 ]; do
      tries=$((tries - 1))
      sleep 0.05
    done
    [ $tries = 0 ] || : >${folder}/met ;;
esac
exec rsync "$@"
`;

const dir = await makeTempDir(isMemory ? MEMORY : undefined);
afterAll(() => dir.remove());

function prepared(name: string, policy = ''): Sandbox {
  const root = join(dir.path, name);
  const sandbox = new Sandbox(root);
  sandbox.files({
    'laptop/docs/letter': 'dear',
    'laptop/music/song': 'a longer song',
    'usb/.nbkp-vol': '',
    'meet/bin/x': '',
  });
  writeFileSync(join(root, 'meet/bin/rsync'), meeting(join(root, 'meet')), { mode: 0o755 });
  sandbox.writeSpec(`version = 1
${policy}
[volumes.laptop]
path = "${root}/laptop"
[volumes.usb]
path = "${root}/usb"
[syncs.docs]
source = "laptop:docs"
destination = "usb:docs"
[syncs.music]
source = "laptop:music"
destination = "usb:music"
`);
  const { code, stderr } = sandbox.nbkp('prepare', '--yes');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return sandbox;
}

/** What a run did, in the order of its beginnings: the transfers, and for each whether it began before the one before it had ended. */
function transfersOf({ steps }: RunRecord): { outcome: string; overlaps: boolean }[] {
  const times = steps
    .filter(({ id }) => id.startsWith('transfer:'))
    .map(({ outcome, startedAt, durationMs }) => ({ outcome, from: Date.parse(startedAt ?? ''), ms: durationMs ?? 0 }))
    .sort((a, b) => a.from - b.from);
  return times.map(({ outcome, from }, index) => {
    const before = times[index - 1];
    return { outcome, overlaps: before !== undefined && from < before.from + before.ms };
  });
}

describe.skipIf(!isMemory)('two syncs between the same two volumes in memory', () => {
  it('are copied side by side, each all of it', () => {
    const sandbox = prepared('together');
    const path = `${sandbox.root}/meet/bin:${process.env['PATH'] ?? ''}`;
    const { code, stdout } = sandbox.nbkpWith({ PATH: path }, 'run', '--json');
    expect(code).toBe(0);
    expect(existsSync(join(sandbox.root, 'meet/met'))).toBe(true);
    expect(transfersOf(JSON.parse(stdout) as RunRecord).map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    for (const name of ['docs', 'music']) {
      expect(stateOf(join(sandbox.root, 'usb', name))).toEqual(stateOf(join(sandbox.root, 'laptop', name)));
    }
  });

  it('are copied one after the other where the spec says so', () => {
    const { code, stdout } = prepared('apart', 'policy.parallel = 1').nbkp('run', '--json');
    expect(code).toBe(0);
    const apart = { outcome: 'done', overlaps: false };
    expect(transfersOf(JSON.parse(stdout) as RunRecord)).toEqual([apart, apart]);
  });
});
