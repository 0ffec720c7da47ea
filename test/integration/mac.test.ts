import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { asMac } from '../support/mac.ts';
import type { Answer } from '../support/sandbox.ts';
import { describeWithNetwork } from '../support/ssh/network.ts';
import { LaptopAndServer } from '../support/ssh/server.ts';

const SPEC = `version = 1
[ssh.hub]
host = "hub.road"
[volumes]
mac.path = "~/mac"
here.path = "~/here"
hub = { ssh = "hub", path = "~/backups" }
stick.mount.device-uuid = "1234-ABCD"
[syncs.docs]
source = "mac:"
destination = "hub:docs"
snapshots.mode = "hard-link"
[syncs.second]
source = "mac:"
destination = "here:second"
enabled = false
`;

describeWithNetwork('a Mac that stand-ins play', () => {
  let lab: LaptopAndServer;
  let mac: string[];

  beforeAll(async () => {
    lab = await LaptopAndServer.start();
    mac = asMac(join(lab.laptop.folder, 'mac'));
    await lab.laptop.must(
      `mkdir ~/mac ~/here; echo one >~/mac/one; echo two >"$(printf '~/mac/new\\\\nline' | sed "s,~,$HOME,")"`,
    );
    await lab.hub.must('mkdir ~/backups');
    lab.sandbox.writeSpec(SPEC);
  });
  afterAll(() => lab.stop());

  const nbkp = (...args: string[]): Answer => lab.sandbox.nbkpThrough([...lab.laptop.enter, ...mac], ...args);

  test('is backed up to a server and restored, and is said to be unproved once', async () => {
    expect(nbkp('prepare', 'mac', 'hub', '--yes')).toMatchObject({ code: 0 });
    for (const text of ['three', 'four']) {
      await lab.laptop.must(`echo ${text} >~/mac/changing`);
      const { code, stdout, stderr } = nbkp('run');
      expect({ code, said: stdout + stderr }).toEqual({
        code: 0,
        said: expect.stringMatching(/system-unproved[^]*1 succeeded|1 succeeded[^]*system-unproved/),
      });
    }
    const plan = JSON.parse(nbkp('plan', '--json').stdout) as Plan;
    expect(plan.findings.map(({ code }) => code)).toEqual(['system-unproved', 'unused-volume']);
    expect(await lab.hub.must('cat ~/backups/docs/latest/*; stat -c %h ~/backups/docs/latest/one')).toBe(
      'four\ntwo\none\n2',
    );
    expect(nbkp('restore', 'docs', '--to', join(lab.laptop.home, 'back'), '--yes')).toMatchObject({ code: 0 });
    expect(readFileSync(join(lab.laptop.home, 'back/changing'), 'utf8')).toBe('four\n');
    expect(nbkp('verify')).toMatchObject({ code: 0 });
    expect(nbkp('check')).toMatchObject({ code: 0 });
  });

  test('gets no copy, and no drive by its UUID: both are told, nothing is skipped', async () => {
    await lab.laptop.must('touch ~/here/.nbkp-vol; mkdir ~/here/second; touch ~/here/second/.nbkp-dst');
    lab.sandbox.writeSpec(SPEC.replace('enabled = false', ''));
    const here = nbkp('run', '--only', 'second');
    expect({ code: here.code, said: here.stdout }).toEqual({
      code: 1,
      said: expect.stringContaining('destination-on-mac'),
    });
    lab.sandbox.writeSpec(SPEC.replace('enabled = false', '').replace('here:second', 'stick:second'));
    const stick = nbkp('run', '--only', 'second');
    expect({ code: stick.code, said: stick.stdout }).toEqual({
      code: 1,
      said: expect.stringContaining('drive-on-mac'),
    });
    expect(await lab.laptop.must('ls ~/here/second')).toBe('');
  });
});
