import { observeDriveServices } from '../hosts/observe/drive-services.ts';
import { observe } from '../hosts/observe/observe.ts';
import { observePrograms, observeSystem } from '../hosts/observe/programs.ts';
import { localTransport } from '../hosts/transport/local.ts';
import { doctorDocument } from '../planner/documents/doctor.ts';
import type { DoctorDocument, Library } from '../planner/model/doctor.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import type { Result } from '../planner/model/result.ts';
import { LOCAL_HOST, type Spec } from '../planner/model/spec.ts';
import { UNCHECKED } from '../planner/spec/executors.ts';
import { readSpec } from '../planner/spec/index.ts';
import { doctorText } from '../reporters/human/doctor.ts';
import { locateSpec, readSpecFile } from '../store/spec-file.ts';
import { BaseCommand, specFlag } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { installed } from './installed.ts';
import { thisUser } from './pipeline/this-user.ts';

export default class Doctor extends BaseCommand {
  static override summary = 'Show this nbkp, the programs that it needs, and what is missing.';
  static override description: string | undefined =
    'There are no names of machines, users, folders, volumes and syncs in it. It changes nothing, uses no network, and ' +
    'loads no plugin. `nbkp check` says more, about a spec.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = exitCodes({ failed: 'a program that is needed is missing' }, 'invalid');
  static override flags = { spec: specFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Doctor);
    return this.diagnose(flags.spec);
  }

  /** @param spec as named by `--spec` */
  protected async diagnose(spec: string | undefined): Promise<ExitCode> {
    const document = await examine(spec);
    this.output.answer(document, doctorText);
    if (document.spec.state === 'invalid') return EXIT.invalid;
    return document.ok ? EXIT.done : EXIT.failed;
  }
}

/** @param named the spec that was named; without one it is looked for, and there need not be one */
async function examine(named: string | undefined): Promise<DoctorDocument> {
  const local = localTransport();
  const hosts = { [LOCAL_HOST]: { volumes: [], endpoints: [] } };
  const [facts, programs, services] = await Promise.all([
    observe({ syncs: [], hosts, filterFiles: [] }, { local, specPath: '' }),
    observePrograms(local),
    observeDriveServices(local, []),
  ]);
  const { form, pjson, asset } = installed();
  const { build, libraries } = JSON.parse(asset('dist/build.json')) as { build: string; libraries: Library[] };
  return doctorDocument({
    nbkp: { version: pjson.version, build, form },
    system: observeSystem(),
    libraries,
    programs,
    host: facts.hosts[LOCAL_HOST],
    udisks: services?.udisks ?? null,
    spec: readNamed(named),
  });
}

function readNamed(named: string | undefined): Result<Spec> | null {
  const located = locateSpec(named, process.env);
  if (!located.ok) return null;
  const file = readSpecFile(located.value, { ...thisUser(), runs: false });
  return file.ok ? readSpec(file.value.text, file.value.path, UNCHECKED) : file;
}
