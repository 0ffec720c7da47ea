import { describe, expect, it } from 'vitest';
import { localTransport } from '../../../src/hosts/transport/local.ts';
import type { Transport } from '../../../src/hosts/transport/transport.ts';
import { transportTo, worldOf } from '../../../src/hosts/world.ts';
import { makeTempDir } from '../../support/tempdir.ts';
import { specOf, syncOf } from '../../support/transfer.ts';

const spec = specOf(syncOf('none'), {});

describe('a world', () => {
  it('runs a command on its host, and tells of one that was not reached', async () => {
    const world = worldOf({ spec, executors: [], local: localTransport() });
    const { code, stdout } = await world.run('local', ['printf', '%s', 'here']);
    expect({ code, said: stdout.toString() }).toEqual({ code: 0, said: 'here' });
    expect(world.transport('ssh:hub')).toBeUndefined();
    expect(() => world.run('ssh:hub', ['true'])).toThrow('ssh:hub');
    expect(() => transportTo(world, 'ssh:hub')).toThrow('ssh:hub');
    expect(() => world.run('local', ['rsync', '--rsh={ssh:hub}', 'a', 'b'])).toThrow('{ssh:hub}');
  });

  it('observes volumes that the spec does not have on this machine', async () => {
    const dir = await makeTempDir();
    const world = worldOf({ spec, executors: [], local: localTransport() });
    const volumes = [{ volume: '(target)', path: dir.path, uuid: null }];
    const facts = await world.observe({ syncs: [], hosts: {}, filterFiles: [] }, { volumes });
    expect(facts.volumes['(target)']?.directory?.realPath).toBe(dir.path);
    await dir.remove();
  });

  it('asks executors only where their answers are wanted', async () => {
    const asked: unknown[] = [];
    const curious = {
      ...{ name: 'rsync', version: '1.0.0', kinds: [], commands: () => [] },
      questions: ({ facts }: { facts: { history: unknown } }) => {
        asked.push(facts.history);
        return [{ id: 'who', host: 'local', argv: ['printf', 'me'] }];
      },
    };
    const world = worldOf({ spec, executors: [curious], local: localTransport() });
    const questions = { syncs: ['photos'], hosts: {}, filterFiles: [] };
    expect((await world.observe(questions, { answers: false })).answers).toBeUndefined();
    const history = { photos: { lastRun: null, lastSuccess: null } };
    const { answers } = await world.observe(questions, { history: () => history });
    expect(answers).toMatchObject({ rsync: { photos: { who: { code: 0, stdout: 'me' } } } });
    expect(asked).toEqual([history]);
  });

  it('ends at once all that it runs', async () => {
    const local = localTransport();
    const world = worldOf({ spec, executors: [], local });
    const started = new Promise<void>((resolve) => {
      const onStdout = (): void => resolve();
      ending.push(world.run('local', ['sh', '-c', 'echo up; exec sleep 1000'], { onStdout }));
    });
    await started;
    world.killAll();
    expect(await ending[0]).toMatchObject({ code: null, signal: 'SIGKILL' });
  });
});

const ending: ReturnType<Transport['run']>[] = [];
