import { observeDriveServices } from '../hosts/observe/drive-services.ts';
import { observe } from '../hosts/observe/observe.ts';
import { observePrograms, observeSystem } from '../hosts/observe/programs.ts';
import { localTransport } from '../hosts/transport/local.ts';
import { doctorDocument } from '../planner/documents/doctor.ts';
import type { DoctorDocument } from '../planner/model/doctor.ts';
import { LOCAL_HOST } from '../planner/model/spec.ts';
import { specAlone } from './spec-at-hand.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * This nbkp, the programs that it needs, and what is missing.
 *
 * @param named the spec that was named; without one it is looked for, and there need not be one
 */
export async function examined(
  around: Surroundings,
  own: Pick<DoctorDocument, 'nbkp' | 'libraries'>,
  named: string | undefined,
): Promise<DoctorDocument> {
  const local = localTransport();
  const hosts = { [LOCAL_HOST]: { volumes: [], endpoints: [] } };
  const [facts, programs, services] = await Promise.all([
    observe({ syncs: [], hosts, filterFiles: [] }, { local, specPath: '' }),
    observePrograms(local),
    observeDriveServices(local, []),
  ]);
  return doctorDocument({
    ...own,
    system: observeSystem(),
    programs,
    host: facts.hosts[LOCAL_HOST],
    udisks: services?.udisks ?? null,
    spec: specAlone(around, named),
  });
}
