import { describe, expect, it } from 'vitest';
import type { TracedCommand } from '../../../src/planner/model/traced-command.ts';
import { shortTraceLine, traceLine } from '../../../src/reporters/trace.ts';

const command = (...argv: string[]): TracedCommand => ({
  ...{ at: '2026-11-30T12:00:00.000Z', host: 'local', end: 0, milliseconds: 5, bytes: { out: 1, err: 0 } },
  argv,
});
const HEAD = '2026-11-30T12:00:00.000Z local: exit 0, 5 ms, out 1 B, err 0 B: ';

describe('a short line of a trace', () => {
  it('shows a script by its beginning and its size', () => {
    const script = `# Looks at a host.\n${'echo "it\'s";\n'.repeat(200)}`;
    expect(shortTraceLine(command('sh', '-c', script, 'sh', 'a b'))).toBe(
      `${HEAD}sh -c '# Looks at a host. ...' (2.6 KiB) sh 'a b'\n`,
    );
  });

  it('shows of very many words the first and the last', () => {
    const names = Array.from({ length: 400 }, (_, index) => `n${index}`);
    expect(shortTraceLine(command('find', ...names, '-print'))).toMatch(
      /: find n0 n1 .* n54 \(342 words more\) n397 n398 n399 -print\n$/,
    );
  });

  it('is the whole one where that is short, whatever is in a name', () => {
    const short = command('a=b', 'x\u001b[2J', "it's", '=x');
    expect(shortTraceLine(short)).toBe(traceLine(short));
    expect(shortTraceLine(command('sh', '-c', '\u001b[2J\nx'))).toMatch(/^[ -~]*\n$/);
  });
});
