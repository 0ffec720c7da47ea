import { UNCHECKED } from '../../../../src/planner/spec/executors.ts';
import { readSpec } from '../../../../src/planner/spec/index.ts';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { Spec } from '../../../../src/planner/model/spec.ts';

/** A spec without a mistake, to which a test adds what it is about. */
export const BASE = `version = 1
[volumes.laptop]
path = "~"
[volumes.usb]
path = "/mnt/usb"
`;

/** Whatever executors it names. */
export function specOf(text: string): Spec {
  const result = readSpec(text, 'nbkp.toml', UNCHECKED);
  if (!result.ok) throw new Error(result.findings.map((finding) => `${finding.code}: ${finding.message}`).join('\n'));
  return result.value;
}

export function findingsOf(text: string): Finding[] {
  return readSpec(text, 'nbkp.toml').findings;
}

/** Code and place of each finding, with the text that the caret stands below: `unknown-key 3:1 pth`. */
export function placesOf(text: string): string[] {
  return findingsOf(text).map(({ code, location, excerpt = '' }) => {
    const { line, column } = location ?? { line: 0, column: 0 };
    const rest = excerpt.slice(column - 1);
    return `${code} ${line}:${column} ${/^(?:"[^"]*"|'[^']*'|[\w~-]+(?:\.\d+)?|.)?/.exec(rest)?.[0] ?? ''}`;
  });
}
