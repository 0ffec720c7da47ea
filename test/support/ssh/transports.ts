import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { localTransport } from '../../../src/hosts/transport/local.ts';
import { Servers } from '../../../src/hosts/transport/ssh/servers.ts';
import type { SshTransport } from '../../../src/hosts/transport/ssh/transport.ts';
import type { SshEndpoint } from '../../../src/planner/model/spec.ts';
import type { LaptopAndServer } from './server.ts';

/** Transports from a laptop, for tests that do without the command. */
export class Transports {
  readonly #endpoints: Readonly<Record<string, SshEndpoint>>;
  readonly #env: NodeJS.ProcessEnv;
  readonly #opened: Servers[] = [];

  constructor(lab: LaptopAndServer, endpoints: Readonly<Record<string, SshEndpoint>>) {
    this.#endpoints = endpoints;
    // The tests run on no machine of the network: their ssh does.
    const bin = join(lab.laptop.folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nexec ${lab.laptop.enter.join(' ')} /usr/bin/ssh "$@"\n`, {
      mode: 0o755,
    });
    this.#env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
  }

  /** @param standsBy a session is begun for what will run there, as for a run */
  async connect(name: string, standsBy = false): Promise<{ servers: Servers; hub: SshTransport }> {
    const reach = { locations: [], excludedLocations: [], network: null };
    const servers = new Servers(this.#endpoints, reach, localTransport(), this.#env, standsBy);
    this.#opened.push(servers);
    const { transport, route } = await servers.reach(`ssh:${name}`, [name], 'true', { timeoutMs: 120_000 });
    if (transport === null) throw new Error(JSON.stringify(route));
    return { servers, hub: transport };
  }

  /** Closes what was connected. */
  async close(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((servers) => servers.close()));
  }
}
