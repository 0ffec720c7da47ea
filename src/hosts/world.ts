import { withHistories } from '../planner/facts/histories.ts';
import { executorQuestions, isAboutFile } from '../planner/facts/answers.ts';
import type { ExecutorPlanning } from '../planner/model/executor.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Questions, VolumeQuestion } from '../planner/model/questions.ts';
import type { Result } from '../planner/model/result.ts';
import { LOCAL_HOST, type Spec } from '../planner/model/spec.ts';
import { fill, sshPlaceholder, sshPlaceholderIn } from '../planner/model/step.ts';
import type { FilterReading } from './observe/filter-files.ts';
import { observe } from './observe/observe.ts';
import type { Servers } from './transport/ssh/servers.ts';
import type { ProcessResult, RunOptions, Transport } from './transport/transport.ts';

/** The machines that a spec names: what is there, and what is run there. A command has one and hands it down. */
export interface World {
  /** Looks at the world and changes nothing in it. History and previews stay empty: the caller adds them. */
  observe(questions: Questions, further?: Further): Promise<Facts>;
  /** Runs a command on a host; one with an `{ssh:…}` on this machine, from where it reaches that server. */
  run(host: string, argv: readonly string[], options?: RunOptions): Promise<ProcessResult>;
  /** How things are run and locked on a host; undefined for a server that was not reached. */
  transport(host: string): Transport | undefined;
  /** Ends at once (SIGKILL) all that runs. */
  killAll(): void;
}

/** What is asked beside the questions. */
export interface Further {
  /** Volumes besides. */
  volumes?: readonly VolumeQuestion[];
  /** Whether executors are asked what they want to know; true by default. `files`: only what is in the files that they read. */
  answers?: boolean | 'files';
  /** The history on which their questions depend: that of the plan. Asked when all hosts have answered. */
  history?: (facts: Facts) => Facts['history'];
}

interface Parts {
  spec: Spec;
  executors: readonly ExecutorPlanning[];
  local: Transport & { killAll(): void };
  /** Needed where volumes are on servers. */
  servers?: Servers;
  /** How filter files are read. */
  filters?: Pick<FilterReading, 'owners' | 'outside'>;
  /** Fetches a passphrase that a question of an executor needs. Without it none is at hand. */
  secret?: (id: string) => Promise<Result<string>>;
}

/** The world of a spec. Servers are connected to when they are asked first. */
export function worldOf({ spec, executors, local, servers, filters, secret }: Parts): World {
  const transport = (host: string) => (host === LOCAL_HOST ? local : servers?.transport(host));
  const behind = (placeholder: string) => {
    const volume = Object.values(spec.volumes).find(({ name }) => sshPlaceholder(name) === placeholder);
    return volume && servers?.transport(volume.host);
  };
  return {
    observe: async (questions, { volumes = [], answers = true, history = () => ({}) } = {}) => {
      const asked = withVolumes(spec, questions, volumes);
      const further = (facts: Facts) => {
        const all = executorQuestions(spec, asked.syncs, { ...facts, history: history(facts) }, executors);
        return answers === 'files' ? all.filter(isAboutFile) : all;
      };
      const parts = { ...(servers && { servers }), ...(filters && { filters }), ...(secret && { secret }) };
      const options = { local, specPath: spec.path, ...parts };
      if (answers === false) return observe(asked, options);
      return withHistories(spec, await observe(asked, { ...options, further }), executors);
    },
    run: (host, argv, options = {}) => {
      const placeholder = sshPlaceholderIn(argv);
      if (placeholder === null) return reached(transport(host), host).run(argv, options);
      const server = reached(behind(placeholder), placeholder);
      return server.runHere(fill(argv, { [placeholder]: server.remoteShell }), options);
    },
    transport,
    killAll: () => {
      local.killAll();
      servers?.killAll();
    },
  };
}

function withVolumes(spec: Spec, questions: Questions, volumes: readonly VolumeQuestion[]): Questions {
  const hosts = { ...questions.hosts };
  for (const question of volumes) {
    const id = spec.volumes[question.volume]?.host ?? LOCAL_HOST;
    const known = hosts[id] ?? { volumes: [], endpoints: [] };
    hosts[id] = { ...known, volumes: [...known.volumes, question] };
  }
  return { ...questions, hosts };
}

/** The transport of a host that has been observed. Throws for any other, which no plan has steps on. */
export function transportTo(world: Pick<World, 'transport'>, host: string): Transport {
  return reached(world.transport(host), host);
}

/** Runs commands of a step where they belong. */
export function runnerFor(
  world: Pick<World, 'run'>,
  { host }: { host: string },
  always: Pick<RunOptions, 'alone'> = {},
): Pick<Transport, 'run'> {
  return { run: (argv, options) => world.run(host, argv, { ...options, ...always }) };
}

function reached<T extends Transport>(transport: T | undefined, what: string): T {
  if (transport === undefined) throw new Error(`${what} is in the plan and was not reached`);
  return transport;
}
