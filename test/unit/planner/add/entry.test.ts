import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withEntry, type Entry } from '../../../../src/planner/add/entry.ts';
import { parseToml } from '../../../../src/planner/spec/toml.ts';

const NEW: Entry = {
  section: 'volumes',
  name: 'new',
  entry: { written: { path: '/new', snapshots: { mode: 'hard-link' } }, comment: [' A folder.'] },
};
const BLOCK = '# A folder.\n[volumes.new]\npath = "/new"\nsnapshots.mode = "hard-link"\n';

function added(text: string, entry = NEW): string {
  const made = withEntry(text, 'nbkp.toml', entry);
  if (!made.ok) throw new Error(JSON.stringify(made.findings));
  return made.value;
}

describe('withEntry', () => {
  it('puts an entry behind its like, before the comments of what follows', () => {
    const [before, after] = [
      'version = 1\n[volumes.a] # mine\npath = "/a"\n\n',
      '# of the sync\n[syncs.a]\nsource = "a"\n',
    ];
    expect(added(before + after)).toBe(`${before}${BLOCK}\n${after}`);
  });

  it('ends the last line first where that has no end', () => {
    expect(added('version = 1')).toBe(`version = 1\n\n${BLOCK}`);
    expect(added('version = 1\n[volumes.a]\npath = "/a" # x')).toBe(
      `version = 1\n[volumes.a]\npath = "/a" # x\n\n${BLOCK}`,
    );
  });

  it('ends lines as the file does', () => {
    const text = 'version = 1\r\n\r\n[volumes.a]\r\npath = "/a"\r\n\r\n[syncs.a]\r\nsource = "a"\r\n';
    const made = added(text);
    expect(made.replaceAll('\r\n', '')).not.toContain('\n');
    expect(made).toContain(`${BLOCK.replaceAll('\n', '\r\n')}\r\n[syncs.a]`);
  });

  it.each([
    ['an inline table', 'volumes = { a = { path = "/a" } }\n', 'volumes = { new = {'],
    [
      'an empty inline table',
      'volumes = {}\n',
      'volumes = { new = { path = "/new", snapshots = { mode = "hard-link" } } }',
    ],
    ['an inline table of several lines', 'volumes = { # c\n  a = { path = "/a" },\n}\n', '}, # c\n'],
    [
      'inline tables below a header',
      '[volumes]\na = { path = "/a" }\n# s\n[syncs]\n',
      `"/a" }\n\n${BLOCK}\n# s\n[syncs]`,
    ],
    ['dotted keys at the top', 'volumes.a.path = "/a"\nversion = 1\n', `version = 1\n\n${BLOCK}`],
    ['dotted keys below a header', '[volumes]\na.path = "/a"\n', BLOCK],
    [
      'a text that looks like a comment',
      '[volumes.a]\ndescription = """\n# [syncs.x]\n# """\n[syncs.a]\nsource = "a"\n',
      BLOCK,
    ],
    ['a header that is quoted', '["volumes"."a"]\npath = "/a"\n', BLOCK],
    ['entries in two places', '[volumes.a]\npath = "/a"\n[syncs.a]\nsource = "a"\n[volumes.b]\npath = "/b"\n', BLOCK],
  ])('knows %s', (_, text, expected) => {
    expect(added(text)).toContain(expected);
  });

  it('changes nothing else, whatever the file looks like', () => {
    const line = fc.constantFrom('', '# c', '# [volumes.x]', '  ', '#');
    const value = fc.constantFrom(
      'path = "/a"',
      'path = """\n# x\n"""',
      'list = [\n  1, # c\n]',
      'deep.er = { a = 1 }',
    );
    const volume = fc.nat(9).chain((n) => value.map((text) => `[volumes.v${n}]\n${text}`));
    const sync = fc.nat(9).map((n) => `[syncs.s${n}]\nsource = "a"`);
    const piece = fc.oneof(line, volume, sync, fc.constantFrom('[policy]', '[volumes]', '[syncs]'));
    const file = fc.tuple(fc.array(piece), fc.constantFrom('\n', '\r\n'), fc.boolean());
    fc.assert(
      fc.property(file, ([pieces, end, ends]) => {
        const text = ['version = 1', ...pieces].join('\n').replaceAll('\n', end) + (ends ? end : '');
        const parsed = parseToml(text, 'x');
        if (!parsed.ok) return;
        const made = added(text);
        const lines = made.split(/\r?\n/);
        for (const each of text.split(/\r?\n/)) {
          const at = lines.indexOf(each);
          expect(at, each).not.toBe(-1);
          lines.splice(0, at + 1);
        }
      }),
      { numRuns: 300 },
    );
  });
});
