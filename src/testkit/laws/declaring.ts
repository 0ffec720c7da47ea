import { API_VERSIONS, type Executor } from '../../executors/contract.ts';
import { messageOf } from '../../planner/model/system-error.ts';
import type { Law } from '../law.ts';
import { settingsChecks } from '../settings.ts';

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** semver.org, without a build: plans are compared by the major. */
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

export const declared: Law = {
  name: 'declared',
  says: 'it declares a name, a version, its kinds, the version of the contract, and valid schemas of its settings',
  hold(rehearsal) {
    const faults = faultsOf(rehearsal.subject.executor);
    if (faults.length > 0) rehearsal.broken({ found: faults.join('\n') });
    return Promise.resolve();
  },
};

function faultsOf({ apiVersion, planning }: Executor): string[] {
  const { name, version, kinds } = planning;
  const faults: [boolean, string][] = [
    [API_VERSIONS.includes(apiVersion), `\`apiVersion\` is ${String(apiVersion)}, not ${API_VERSIONS.join(' or ')}.`],
    [NAME.test(name), `\`planning.name\` is "${name}": lower-case letters and digits with single hyphens are a name.`],
    [VERSION.test(version), `\`planning.version\` is "${version}", not like 1.0.0.`],
    [kinds.length > 0, '`planning.kinds` is empty.'],
    [kinds.every((kind) => NAME.test(kind)), `\`planning.kinds\` has a kind that is no name: ${kinds.join(', ')}.`],
    [new Set(kinds).size === kinds.length, `\`planning.kinds\` has a kind twice: ${kinds.join(', ')}.`],
  ];
  return [...faults.flatMap(([holds, fault]) => (holds ? [] : [fault])), ...schemaFaults(planning)];
}

function schemaFaults(planning: Executor['planning']): string[] {
  try {
    settingsChecks(planning);
    return [];
  } catch (error) {
    return [`\`planning.settings\` has a schema that is none: ${messageOf(error)}`];
  }
}
