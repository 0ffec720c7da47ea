import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, type SuiteFactory } from 'vitest';
import { makeTempDir, type TempDir } from '../tempdir.ts';
import { HAS_SMALL_BOXES, SshMachine } from './machine.ts';
import { noNetwork } from './why-no-network.ts';

const run = promisify(execFile);

/** Machines of a test's own and the cables between them. No packet leaves them. Needs root. */
export class Network {
  readonly #machines = new Map<string, SshMachine>();
  #cables = 0;

  private constructor(private readonly dir: TempDir) {}

  /** Starts machines, each with a root of its own and without any network yet. It takes some tenths of a second. */
  static async start(...names: string[]): Promise<Network> {
    const dir = await makeTempDir();
    const network = new Network(dir);
    try {
      const machines = await Promise.all(names.map((name) => SshMachine.start(name, join(dir.path, name))));
      for (const machine of machines) network.#machines.set(machine.name, machine);
    } catch (error) {
      await network.stop();
      throw error;
    }
    return network;
  }

  machine(name: string): SshMachine {
    const machine = this.#machines.get(name);
    if (machine === undefined) throw new Error(`The network has no machine ${name}.`);
    return machine;
  }

  /** Lays a cable. On every machine the names `FIRST.CABLE` and `SECOND.CABLE` stand for its ends. */
  async connect(cable: string, first: string, second: string): Promise<Cable> {
    const [one, other] = [this.machine(first), this.machine(second)];
    const subnet = `10.78.${++this.#cables}`;
    const wires = ['ip', 'link', 'add', cable, 'type', 'veth', 'peer', 'name', cable, 'netns', String(other.pid)];
    await run('nsenter', [`--net=${one.network}`, ...wires]);
    const ends: [CableEnd, CableEnd] = [
      { machine: one, address: `${subnet}.1` },
      { machine: other, address: `${subnet}.2` },
    ];
    for (const { machine, address } of ends) {
      await machine.must(`ip address add ${address}/24 dev ${cable}; ip link set ${cable} up`);
      for (const each of this.#machines.values()) each.addHost(address, `${machine.name}.${cable}`);
    }
    return new Cable(cable, ends);
  }

  /** Ends everything that runs on the machines and removes their files. */
  async stop(): Promise<void> {
    await Promise.all([...this.#machines.values()].map((machine) => machine.stop()));
    await this.dir.remove();
  }
}

interface CableEnd {
  machine: SshMachine;
  address: string;
}

/** No network card has it: what is sent there arrives nowhere. */
const NOBODY = '02:00:00:00:00:01';

export class Cable {
  constructor(
    readonly name: string,
    private readonly ends: readonly [CableEnd, CableEnd],
  ) {}

  /** Pulls the plug: both ends see at once that there is no network. */
  async unplug(): Promise<void> {
    await this.ends[0].machine.must(`ip link set ${this.name} down`);
  }

  async plugIn(): Promise<void> {
    await this.ends[0].machine.must(`ip link set ${this.name} up`);
  }

  /** From now on packets vanish without a word, as behind a dead mobile connection. */
  async swallow(): Promise<void> {
    const [one, other] = this.ends;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      await from.machine.must(`ip neigh replace ${to.address} lladdr ${NOBODY} dev ${this.name} nud permanent`);
    }
  }

  /** Ends what `swallow` did. */
  async carry(): Promise<void> {
    const [one, other] = this.ends;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      await from.machine.must(`ip neigh del ${to.address} dev ${this.name}`);
    }
  }
}

/** Tests on a network of their own. Where none can be made the report lists each of the tests as skipped, and why. */
export function describeWithNetwork(name: string, tests: SuiteFactory): void {
  describeUnless(noNetwork, name, tests);
}

/** The same for tests of servers that have something which small boxes have not got. */
export function describeNeeding(needed: string, name: string, tests: SuiteFactory): void {
  describeUnless(noNetwork ?? (HAS_SMALL_BOXES ? `a small box has no ${needed}` : null), name, tests);
}

function describeUnless(why: string | null, name: string, tests: SuiteFactory): void {
  if (why === null) describe(name, tests);
  else describe.skip(`${name} (skipped: ${why})`, tests);
}

/** For `test.skipIf`: the name of a test that needs what small boxes have not got says so where the servers are such ones. */
export function needing(needed: string, name: string): string {
  return HAS_SMALL_BOXES ? `${name} (skipped: a small box has no ${needed})` : name;
}
