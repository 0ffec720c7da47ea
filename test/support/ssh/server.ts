import { Sandbox, type Answer, type Running } from '../sandbox.ts';
import { HAS_SMALL_BOXES, type SshMachine } from './machine.ts';
import { Network, type Cable } from './network.ts';

/** A laptop, a server that lets it in, and the cable between them: `hub.road` is the server's name. */
export class LaptopAndServer {
  readonly sandbox: Sandbox;

  private constructor(
    readonly network: Network,
    readonly laptop: SshMachine,
    readonly hub: SshMachine,
    readonly cable: Cable,
  ) {
    this.sandbox = new Sandbox(laptop.folder);
  }

  /** @param more names of further machines; they are not connected */
  static async start(...more: string[]): Promise<LaptopAndServer> {
    const network = await Network.start('laptop', 'hub', ...more);
    const [laptop, hub] = [network.machine('laptop'), network.machine('hub')];
    const cable = await network.connect('road', 'laptop', 'hub');
    await hub.startSshd();
    hub.authorize(laptop);
    laptop.know(hub, 'hub.road');
    return new LaptopAndServer(network, laptop, hub, cable);
  }

  /** Runs nbkp on the laptop to its end. */
  nbkp(...args: string[]): Answer {
    return this.sandbox.nbkpThrough(this.laptop.enter, ...args);
  }

  /** Starts nbkp on the laptop. */
  begin(...args: string[]): Running {
    return this.sandbox.startThrough(this.laptop.enter, args);
  }

  /** Kills what serves the connections to the server, which goes on, or sends it another signal. */
  async breakConnections(signal = 'KILL'): Promise<void> {
    const ofServer = HAS_SMALL_BOXES
      ? `-x -P "$(cat ${this.hub.folder}/sshd-1/pid)" dropbear`
      : `-f 'sshd: [r]oot@notty'`;
    await this.hub.must(`pkill -${signal} ${ofServer}`);
  }

  stop(): Promise<void> {
    return this.network.stop();
  }
}

/** Waits until a script succeeds on a machine, at most some minutes. */
export async function until(machine: SshMachine, script: string, seconds = 200): Promise<void> {
  await machine.must(`for try in $(seq ${seconds * 10}); do if ${script}; then exit 0; fi; sleep 0.1; done; exit 1`);
}

/** What runs on a server that nobody is connected to. */
export const QUIET = ['sleep', HAS_SMALL_BOXES ? 'dropbear' : 'sshd'];

/** Programs that run there; those that ended and wait for a parent do not count. */
export async function runningOn(machine: SshMachine): Promise<string[]> {
  const lines = await machine.must('ps -e -o stat=,ppid=,comm= | grep -v ^Z');
  const words = lines.split('\n').map((line) => line.trim().split(/\s+/));
  const own = (parent: string, program: string) => program === 'ps' || program === 'grep' || parent + program === '0sh';
  return words.flatMap(([, parent = '', program = '']) => (own(parent, program) ? [] : [program]));
}
