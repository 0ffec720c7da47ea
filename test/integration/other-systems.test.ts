import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeWithMounts } from '../support/requirements.ts';
import { Sandbox } from '../support/sandbox.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/** Stand-ins: a machine that says it is another system. */
const FREEBSD = 'file=$(mktemp); echo FreeBSD >"$file"; mount --bind "$file" /proc/sys/kernel/ostype; rm "$file"';
/** Without /proc too. */
const SUN_OS = `PATH=$0:$PATH; printf '#!/bin/sh\\necho SunOS' >"$0/uname"; chmod +x "$0/uname"; mount -t tmpfs none /proc`;

const SPEC = `version = 1
[volumes]
laptop.path = "~/laptop"
usb.path = "~/usb"
[syncs.docs]
source = "laptop:"
destination = "usb:docs"
`;

let dir: TempDir;
let sandbox: Sandbox;

beforeEach(async () => {
  dir = await makeTempDir();
  sandbox = new Sandbox(dir.path);
  sandbox.writeSpec(SPEC);
  for (const name of ['laptop', 'usb']) mkdirSync(join(sandbox.home, name));
});
afterEach(() => dir.remove());

for (const [system, script] of [
  ['FreeBSD', FREEBSD],
  ['SunOS', SUN_OS],
] as const)
  describeWithMounts(`a machine with ${system}`, () => {
    const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
    const there = (...args: string[]) => {
      mkdirSync(join(dir.path, 'bin'), { recursive: true });
      const { code, stdout, stderr } = sandbox.nbkpThrough(
        ['unshare', '--mount', 'sh', '-c', `${script}; exec "$@"`, join(dir.path, 'bin')],
        ...args,
      );
      return { code, said: words(stdout + stderr) };
    };

    test.each([['run'], ['plan'], ['check'], ['doctor'], ['prepare', '--yes']])(
      'is told by its name by %s, and nothing is skipped in silence',
      (...args) => {
        const { code, said } = there(...args);
        expect({ code, said }).toEqual({
          code: 1,
          said: expect.stringContaining(`The system of this machine is ${system}`),
        });
        expect(said).not.toContain('bug in nbkp');
        expect(said).not.toContain('skipped');
        expect(readdirSync(join(sandbox.home, 'usb'))).toEqual([]);
      },
    );
  });

describeWithNetwork('a server with another system', () => {
  let lab: LaptopAndServer;
  beforeEach(async () => {
    lab = await LaptopAndServer.start();
  });
  afterEach(() => lab.stop());

  test('is told by its name, and its syncs are blocked', async () => {
    lab.sandbox.writeSpec(
      SPEC.replace('usb.path', 'usb.ssh = "hub"\nusb.path').replace(
        '[volumes]',
        '[ssh.hub]\nhost = "hub.road"\n[volumes]',
      ),
    );
    await lab.laptop.must('mkdir ~/laptop; touch ~/laptop/.nbkp-vol ~/laptop/.nbkp-src');
    await lab.hub.must(`mkdir ~/usb; ${FREEBSD}`);
    for (const command of ['run', 'check']) {
      const { code, stdout } = lab.nbkp(command);
      expect({ code, said: stdout.replaceAll(/\s+/g, ' ') }).toEqual({
        code: 1,
        said: expect.stringContaining('error[system-unknown]: The system of the server of usb is FreeBSD'),
      });
    }
  });
});
