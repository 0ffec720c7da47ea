import type { Finding } from '../model/finding.ts';
import { failure, success, type Result } from '../model/result.ts';
import type { Keep } from '../model/spec.ts';
import { usage } from '../model/findings/questions.ts';
import { readSpec } from './index.ts';

/** `{` and `}` may stand around it, quotes around values. */
const ALLOWED = /^[\w\s=,."/+-]*$/;

/**
 * The rules of `snapshots.keep` as somebody types them: `last=3,daily=7,within=14d`, or `all`.
 *
 * @returns null for all
 */
export function readKeep(text: string): Result<Keep | null> {
  const inner = text.trim().replace(/^\{(.*)\}$/s, '$1');
  if (inner.trim() === 'all') return success(null);
  if (!ALLOWED.test(inner)) return failure(unreadable(text, 'it is no list of rules'));
  const rules = inner.replace(/\b(within|timezone)\s*=\s*([^\s,"]+)/g, '$1="$2"').replaceAll('\n', ' ');
  const spec = readSpec(
    `version = 1
[volumes.a]
path = "/a"
[volumes.b]
path = "/b"
[syncs.s]
source = "a"
destination = "b"
snapshots.mode = "hard-link"
snapshots.keep = { ${rules} }
`,
    'keep',
  );
  const [problem] = spec.ok ? [] : spec.findings.filter(({ severity }) => severity === 'error');
  if (!spec.ok) return failure(unreadable(text, problem?.message ?? 'it is no list of rules'));
  return success(spec.value.syncs['s']?.snapshots.keep ?? null);
}

function unreadable(text: string, problem: string): Finding {
  return usage(
    `The rules ${text} cannot be read: ${problem.replace(/\.$/, '')}.`,
    'Write rules as in the spec, such as last=3,daily=7,weekly=4,monthly=12,within=14d; or all.',
  );
}
