import { describe, expect, it } from 'vitest';
import type { SshEndpoint } from '../../../../src/planner/model/spec.ts';
import { connectionProblem, type FailedConnection } from '../../../../src/planner/ssh/failure.ts';

const PI: SshEndpoint = {
  name: 'pi',
  host: '10.0.0.42',
  port: null,
  user: null,
  key: null,
  locations: [],
  proxyJump: [],
  connectTimeout: null,
  serverAliveInterval: null,
  compress: null,
  forwardAgent: null,
  knownHostsFile: null,
  strictHostKeyChecking: true,
  options: {},
};

function problemOf(failed: Partial<FailedConnection>, endpoint = PI) {
  return connectionProblem(
    'pi',
    { pi: endpoint, gate: { ...PI, name: 'gate' } },
    { stderr: [], timedOut: false, error: null, ...failed },
  );
}

describe('a connection that did not come about', () => {
  it('is no fault of the server where there is no ssh', () => {
    expect(problemOf({ error: 'ENOENT' }).code).toBe('ssh-missing');
  });

  it('was hung up by the server, or by the one that leads to it', () => {
    const stderr = ['kex_exchange_identification: Connection closed by remote host'];
    expect(problemOf({ stderr: [] }).code).toBe('host-hung-up');
    expect(problemOf({ stderr })).toMatchObject({ code: 'host-hung-up', help: expect.stringContaining('MaxStartups') });
    expect(problemOf({ stderr }, { ...PI, proxyJump: ['gate'] })).toMatchObject({
      code: 'host-hung-up',
      help: expect.stringContaining('gate'),
    });
  });

  it('timed out, whether ssh says so or has to be ended', () => {
    const stderr = ['ssh: connect to host 10.0.0.42 port 22: Connection timed out'];
    expect(problemOf({ stderr }).code).toBe('host-timed-out');
    expect(problemOf({ timedOut: true }).code).toBe('host-timed-out');
  });

  it('failed as ssh says, where that is nothing that nbkp knows', () => {
    const { code, message } = problemOf({ stderr: ['it is odd', ''] });
    expect(code).toBe('ssh-failed');
    expect(message).toBe('ssh could not connect to pi: it is odd.');
  });
});
