import type { Finding } from '../../planner/model/finding.ts';
import type { Result } from '../../planner/model/result.ts';
import type { Step } from '../../planner/model/step.ts';
import { inputBytes } from '../../hosts/transport/input.ts';
import type { InputPart } from '../contract.ts';
import type { RunInput } from './run-input.ts';

interface Parts {
  step: Step;
  input: RunInput;
}

export function secretProblem(id: string, parts: Parts): Finding | null {
  const secret = secretOf(id, parts);
  const [finding = null] = secret.ok ? [] : secret.findings;
  return finding;
}

function secretOf(id: string, { step, input }: Parts): Result<string> {
  const secret = step.secrets?.includes(id) === true ? input.secrets?.get(id) : undefined;
  if (secret === undefined) throw new Error(`the plan does not say that ${step.id} uses the passphrase ${id}`);
  return secret;
}

/** Nothing at all stands for a passphrase that is not at hand. */
export function inputOf(stdin: readonly InputPart[], parts: Parts): string | Uint8Array {
  return inputBytes(stdin, (id) => {
    const secret = secretOf(id, parts);
    return secret.ok ? secret.value : '';
  });
}
