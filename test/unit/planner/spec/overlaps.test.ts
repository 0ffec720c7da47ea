import { describe, expect, test } from 'vitest';
import { findingsOf, placesOf } from './reading.ts';

const VOLUMES = `version = 1
[volumes.home]
path = "~"
[volumes.root]
path = "/"
[volumes.usb]
path = "/mnt/usb"
[volumes.alias]
path = "/mnt/./usb/in/"
[volumes.drive]
mount.device-uuid = "ABCD-1234"
[volumes.same-drive]
mount.device-uuid = "abcd-1234"
[ssh.a]
[ssh.b]
[ssh.c]
[volumes.nas]
path = "/data"
ssh = ["a", "b"]
[volumes.nas-again]
path = "/data/in"
ssh = ["b", "c"]
[volumes.other]
path = "/data"
ssh = "c"
[volumes.far-home]
path = "~"
ssh = "a"
`;

interface Written {
  from: string;
  to: string;
  more?: string;
}

/** Errors as `code of sync: message`. */
function errorsOf(syncs: Record<string, Written>): string[] {
  const tables = Object.entries(syncs).map(
    ([name, { from, to, more = '' }]) => `[syncs.${name}]\nsource = "${from}"\ndestination = "${to}"\n${more}\n`,
  );
  return findingsOf(VOLUMES + tables.join(''))
    .filter(({ severity }) => severity === 'error')
    .map(({ code, sync }) => `${code} ${sync ?? ''}`);
}

describe('two destinations', () => {
  test('that are one directory are refused, whichever volume they are named through', () => {
    expect(errorsOf({ x: { from: 'home:a', to: 'usb:in' }, y: { from: 'home:b', to: 'usb:/in/' } })).toEqual([
      'destinations-overlap y',
    ]);
    expect(errorsOf({ x: { from: 'home:a', to: 'usb:in/d' }, y: { from: 'home:b', to: 'alias:d' } })).toEqual([
      'destinations-overlap y',
    ]);
    expect(errorsOf({ x: { from: 'home:a', to: 'drive' }, y: { from: 'home:b', to: 'same-drive' } })).toEqual([
      'destinations-overlap y',
    ]);
    expect(errorsOf({ x: { from: 'home:a', to: 'nas:in' }, y: { from: 'home:b', to: 'nas-again' } })).toEqual([
      'destinations-overlap y',
    ]);
  });

  test('that lie in one another are refused, whichever comes first', () => {
    expect(errorsOf({ x: { from: 'home:a', to: 'usb:in' }, y: { from: 'home:b', to: 'alias:deep' } })).toEqual([
      'destinations-overlap y',
    ]);
    expect(errorsOf({ x: { from: 'home:a', to: 'alias:deep' }, y: { from: 'home:b', to: 'usb:in' } })).toEqual([
      'destinations-overlap x',
    ]);
    expect(errorsOf({ x: { from: 'nas:a', to: 'usb' }, y: { from: 'nas:b', to: 'root:mnt/usb/q' } })).toEqual([
      'destinations-overlap y',
    ]);
  });

  test('that only look alike are accepted', () => {
    expect(
      errorsOf({
        a: { from: 'home:a', to: 'usb:in' },
        b: { from: 'home:b', to: 'usb:in-2' },
        c: { from: 'home:c', to: 'usb:i' },
        d: { from: 'home:d', to: 'nas:x' },
        e: { from: 'home:e', to: 'other:x/y' },
        f: { from: 'home:f', to: 'far-home:x' },
      }),
    ).toEqual(['destinations-overlap e']);
    expect(errorsOf({ a: { from: 'home:a', to: 'nas' }, b: { from: 'home:b', to: 'far-home' } })).toEqual([]);
  });

  test('do not matter when one of the syncs is disabled', () => {
    const off = 'enabled = false';
    expect(errorsOf({ x: { from: 'home:a', to: 'usb' }, y: { from: 'home:b', to: 'usb', more: off } })).toEqual([]);
    expect(errorsOf({ x: { from: 'home:a', to: 'usb', more: off }, y: { from: 'home:b', to: 'usb:q' } })).toEqual([]);
  });
});

describe('a source', () => {
  test('that is its destination is refused', () => {
    expect(errorsOf({ x: { from: 'usb:in', to: 'alias' } })).toEqual(['destination-is-source x']);
  });

  test('inside its destination is refused', () => {
    expect(errorsOf({ x: { from: 'usb:in/a', to: 'usb:in' } })).toEqual(['source-inside-destination x']);
    expect(errorsOf({ x: { from: 'alias:a', to: 'usb' } })).toEqual(['source-inside-destination x']);
  });

  test('that contains its destination is refused unless a filter keeps that out', () => {
    const copy = (more: string): Record<string, Written> => ({ x: { from: 'usb', to: 'alias:copy', more } });
    expect(errorsOf(copy(''))).toEqual(['destination-inside-source x']);
    expect(errorsOf(copy('filters = ["- /in/copy/"]'))).toEqual([]);
    expect(errorsOf(copy('filters = ["- in"]'))).toEqual([]);
    expect(errorsOf(copy('filters = [{ exclude = "/i*/c[no]py" }]'))).toEqual([]);
    expect(errorsOf(copy('filters = ["+ /in/***", "- /in/"]'))).toEqual(['destination-inside-source x']);
    expect(errorsOf(copy('filters = ["P /in/"]'))).toEqual(['destination-inside-source x']);
    expect(errorsOf(copy('filters = [{ merge = "~/rules" }]'))).toEqual(['destination-inside-source x']);
  });

  test("strictly inside another sync's destination is refused, the destination itself is a chain", () => {
    const first = { from: 'home:a', to: 'usb:a' };
    expect(errorsOf({ first, then: { from: 'usb:a/snapshots', to: 'drive' } })).toEqual([
      'source-inside-destination then',
    ]);
    expect(errorsOf({ first, then: { from: 'usb:a', to: 'drive' } })).toEqual([]);
  });

  test("around another sync's destination is refused unless a filter keeps that out", () => {
    const first = { from: 'nas:a', to: 'usb:a' };
    expect(errorsOf({ first, all: { from: 'usb', to: 'drive' } })).toEqual(['destination-inside-source all']);
    expect(errorsOf({ first, all: { from: 'usb', to: 'drive', more: 'filters = ["- /a/"]' } })).toEqual([]);
  });

  test('is looked at for every destination in it, also after those that are kept out', () => {
    const syncs = {
      a: { from: 'nas:a', to: 'usb:q/a' },
      b: { from: 'nas:b', to: 'usb:q-b' },
      c: { from: 'nas:c', to: 'usb:r' },
      all: { from: 'usb', to: 'drive', more: 'filters = ["- /q/", "- /r/"]' },
    };
    expect(errorsOf(syncs)).toEqual(['destination-inside-source all']);
    syncs.all.more = 'filters = ["- /q/", "- /r/", "- /q-b"]';
    expect(errorsOf(syncs)).toEqual([]);
  });

  test('of a home directory is not compared with absolute paths', () => {
    expect(errorsOf({ x: { from: 'home', to: 'usb:x' } })).toEqual([]);
    expect(errorsOf({ x: { from: 'home', to: 'home:x' } })).toEqual(['destination-inside-source x']);
  });
});

describe('servers', () => {
  test('rsync cannot copy from one server to another', () => {
    const text = `version = 1\n[ssh.a]\n[ssh.b]\n[volumes.x]\npath = "/x"\nssh = "a"\n[volumes.y]\npath = "/y"\nssh = "b"
[syncs.s]\nsource = "x"\ndestination = "y"\n`;
    expect(placesOf(text)).toEqual(['remote-to-remote 12:15 "y"']);
    expect(findingsOf(text)[0]!.help).toMatch(/two syncs/);
    expect(placesOf(text.replace('ssh = "b"', 'ssh = ["b", "a"]'))).toEqual([]);
  });
});

describe('circles', () => {
  const circle = (syncs: Record<string, Written>): string[] =>
    findingsOf(
      `${VOLUMES}${Object.entries(syncs)
        .map(
          ([name, { from, to, more = '' }]) => `[syncs.${name}]\nsource = "${from}"\ndestination = "${to}"\n${more}\n`,
        )
        .join('')}`,
    )
      .filter(({ code }) => code === 'dependency-cycle')
      .map(({ message }) => message);

  test('of syncs are refused, each with its members', () => {
    const two = { x: { from: 'usb:a', to: 'drive:b' }, y: { from: 'same-drive:b', to: 'usb:a' } };
    expect(circle(two)).toEqual([expect.stringContaining('x → y → x')]);
    const more = { p: { from: 'nas:1', to: 'usb:2' }, q: { from: 'usb:2', to: 'nas:1' } };
    expect(circle({ ...two, ...more })).toHaveLength(2);
  });

  test('of syncs are none when one of them is disabled', () => {
    expect(
      circle({ x: { from: 'usb:a', to: 'drive:b' }, y: { from: 'drive:b', to: 'usb:a', more: 'enabled = false' } }),
    ).toEqual([]);
  });

  test('of SSH endpoints that extend or go through each other are refused', () => {
    const ssh = `version = 1\n[ssh.a]\nextends = "b"\n[ssh.b]\nextends = "a"\n[ssh.c]\nproxy-jump = "c"\n`;
    expect(placesOf(ssh)).toEqual(['dependency-cycle 3:11 "b"', 'dependency-cycle 7:14 "c"']);
    expect(findingsOf(ssh).map(({ message }) => message)).toEqual([
      expect.stringContaining('a → b → a'),
      expect.stringContaining('c → c'),
    ]);
  });

  test('of SSH endpoints are found in what they take over, too', () => {
    const ssh = '[ssh.a]\nproxy-jump = "b"\n[ssh.b]\nextends = "a"\n';
    expect(placesOf(`version = 1\n${ssh}`)).toEqual(['dependency-cycle 4:6 b']);
  });
});
