import { describe, expect, it } from 'vitest';
import { importPythonSpec } from '../../../../src/planner/import/index.ts';
import { readSpec } from '../../../../src/planner/spec/index.ts';

const HERE = {
  directory: '/home/ada/work',
  read: (path: string) => (path === '/home/ada/patterns' ? ['*.o', '', '+ keep.o', '- *.tmp'] : null),
};

function imported(text: string): { toml: string; findings: string[] } {
  const made = importPythonSpec(text, 'config.yaml', HERE);
  const findings = made.findings.map(({ severity, code, location }) => `${severity} ${code} ${location?.line ?? 0}`);
  if (!made.ok) throw new Error(findings.join('\n'));
  const read = readSpec(made.value, 'nbkp.toml');
  expect(read.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { toml: made.value, findings };
}

/** A sync with these options of rsync. */
function options(list: string, rest = ''): ReturnType<typeof imported> {
  return imported(`volumes:
  laptop: {type: local, path: /home/ada}
  usb: {type: local, path: /mnt/usb}
sync-endpoints:
  from: {volume: laptop}
  to: {volume: usb, subdir: copy}
syncs:
  all: {source: from, destination: to, rsync-options: {${list}}${rest}}
`);
}

function endpoints(ssh: string, volumes = ''): ReturnType<typeof imported> {
  return imported(`ssh-endpoints:
${ssh}
volumes:
  laptop: {type: local, path: /home/ada}
  pi: {type: remote, ssh-endpoint: child, path: /srv}
${volumes}
sync-endpoints:
  from: {volume: laptop}
  to: {volume: pi, subdir: copy}
syncs:
  all: {source: from, destination: to, rsync-options: {extra-options: [--safe-links]}}
`);
}

describe('options of rsync, as the Python tool hands them over', () => {
  it.each([
    [`extra-options: [--safe-links, --filter, '- *.tmp']`, 'filters = ["- *.tmp"]'],
    [`extra-options: [--safe-links, -f, '- *.bak']`, 'filters = ["- *.bak"]'],
    [`extra-options: [--safe-links, '-f=- *.bak']`, 'filters = ["- *.bak"]'],
    [
      `extra-options: [--safe-links, -xf, '- *.bak']`,
      'filters = ["- *.bak"]\nrsync.extra-options = ["--safe-links", "-x"]',
    ],
    [`extra-options: [--safe-links, --exclude, -foo]`, 'filters = [{ exclude = "-foo" }]'],
    [`extra-options: [--safe-links, -F]`, 'filters = [": /.rsync-filter"]'],
    [`extra-options: [--safe-links, -FF]`, 'filters = [": /.rsync-filter", { exclude = ".rsync-filter" }]'],
    [`extra-options: [--safe-links, -F, -xF]`, 'filters = [": /.rsync-filter", { exclude = ".rsync-filter" }]'],
    [`extra-options: [--safe-links, -P]`, 'rsync.extra-options = ["--safe-links"]'],
    [`default-options-override: [-aP]`, 'rsync.options = ["-a", "--partial"]'],
    [`default-options-override: [-a, -P]`, 'rsync.options = ["-a", "--partial"]'],
    [`extra-options: [--bwlimit, '500']`, 'rsync.extra-options = ["--safe-links", "--bwlimit=500"]'],
    [
      `extra-options: [--safe-links, --exclude-from, ../patterns, '--exclude=x']`,
      'filters = [\n  { exclude = "*.o" },\n  { include = "keep.o" },\n  { exclude = "*.tmp" },\n  { exclude = "x" },\n]',
    ],
  ])('%s', (list, toml) => {
    const made = options(list);
    const section = made.toml.slice(made.toml.indexOf('[syncs.all]'));
    for (const line of toml.split('\n')) expect(section).toContain(`${line}\n`);
    expect(made.findings.filter((finding) => !finding.startsWith('info'))).toEqual([]);
  });

  it('read the rules of -C last, after those of the filter file', () => {
    expect(
      options('extra-options: [--safe-links, -C]', ", filters: ['+ core'], filter-file: /etc/rules").toml,
    ).toContain('filters = ["+ core", { merge = "/etc/rules" }, ":C", "-C"]\n');
  });

  it('that rsync does not know are told at their place', () => {
    expect(options('extra-options: [--safe-links,\n    --detele]').findings).toEqual([
      'error rsync-option-not-allowed 9',
    ]);
  });

  it('leave out links that lead out of the source, and say so', () => {
    const made = options('checksum: false');
    expect(made.toml).toContain('rsync.extra-options = ["--safe-links"]');
    expect(made.findings).toEqual(['info import-differs 8']);
  });
});

describe('values without quotes', () => {
  const withSubdir = (subdir: string): ReturnType<typeof imported> =>
    imported(`volumes:
  laptop: {type: local, path: /home/ada}
  usb: {type: local, path: /mnt/usb}
sync-endpoints:
  from: {volume: laptop, subdir: ${subdir}}
  to: {volume: usb, subdir: copy}
syncs:
  all: {source: from, destination: to, rsync-options: {extra-options: [--safe-links]}}
`);

  it.each(['2024', '2024-06-01', 'yes', '010', '22:30', '1.5', '[a, b]', '!!int "7"'])(
    'that YAML reads as no text are as if absent, and that is said: %s',
    (subdir) => {
      const made = withSubdir(subdir);
      expect(made.toml).toContain('source = "laptop"\n');
      expect(made.findings).toEqual(['warning import-differs 5']);
    },
  );

  it.each(['"2024"', 'y', '08', '0o7', '1e3', '2024-6-1', '!!str 2024', "'yes'"])(
    'that are texts are kept: %s',
    (subdir) => {
      const made = withSubdir(subdir);
      expect(made.toml).toContain(`source = "laptop:${subdir.replace('!!str ', '').replaceAll(/["']/g, '')}"\n`);
      expect(made.findings).toEqual([]);
    },
  );
});

describe('SSH endpoints that extend others', () => {
  it('keep `extends` where it means the same', () => {
    const made = endpoints(`  parent: {host: pi, user: ada, location: home, connection-options: {compress: true}}
  child: {extends: parent, host: pi.example.org, locations: [road, hotel]}`);
    expect(made.toml).toContain(
      '[ssh.child]\nextends = "parent"\nhost = "pi.example.org"\nlocations = ["road", "hotel"]\n',
    );
    expect(made.findings).toEqual([]);
  });

  it('are written in full where the connection replaces that of the parent', () => {
    const made =
      endpoints(`  parent: {host: pi, connection-options: {strict-host-key-checking: false, forward-agent: true}}
  middle: {extends: parent, user: ada}
  child: {extends: middle, connection-options: {connect-timeout: 5}}`);
    expect(made.toml).toContain('[ssh.middle]\nextends = "parent"\nuser = "ada"\n');
    expect(made.toml).toContain('[ssh.child]\nhost = "pi"\nuser = "ada"\nconnect-timeout = 5\n');
    expect(made.findings).toContain('info import-differs 4');
  });

  it('are written in full where null takes a key of the parent away', () => {
    const made = endpoints(`  child: {extends: parent, user: null, proxy-jump: ~}
  parent: {host: pi, user: ada, proxy-jumps: [bastion]}
  bastion: {host: bastion}`);
    expect(made.toml).toContain('[ssh.child]\nhost = "pi"\n\n');
  });
});

describe('the endpoint that names the server', () => {
  const SSH = '  child: {host: a}\n  b: {host: b}\n  c: {host: c}';

  it('is not used where it is no candidate', () => {
    const made = endpoints(SSH, '  far: {type: remote, ssh-endpoint: child, ssh-endpoints: [b, c], path: /far}').toml;
    expect(made).toContain('[volumes.far]\npath = "/far"\nssh = ["b", "c"]\n');
  });

  it('comes last where it alone says that two volumes are on one server', () => {
    const made = imported(`ssh-endpoints:
${SSH}
volumes:
  one: {type: remote, ssh-endpoint: child, ssh-endpoints: [b], path: /one}
  two: {type: remote, ssh-endpoint: child, ssh-endpoints: [c], path: /two}
sync-endpoints:
  from: {volume: one}
  to: {volume: two}
syncs:
  all: {source: from, destination: to, rsync-options: {extra-options: [--safe-links]}}
`);
    expect(made.toml).toContain('ssh = ["b", "child"]');
    expect(made.toml).toContain('ssh = ["c", "child"]');
    expect(made.findings).toContain('warning import-differs 6');
  });
});

describe('rsync as root on a server', () => {
  it.each(['--rsync-path=sudo rsync', '--rsync-path=sudo -n /usr/bin/rsync'])('is rsync.sudo: %s', (option) => {
    const made = imported(`ssh-endpoints: {pi: {host: pi}}
volumes:
  laptop: {type: local, path: /home/ada}
  pi: {type: remote, ssh-endpoint: pi, path: /srv}
sync-endpoints: {from: {volume: pi}, to: {volume: laptop, subdir: copy}}
syncs:
  all: {source: from, destination: to, rsync-options: {extra-options: [--safe-links, '${option}']}}
`);
    expect(made.toml).toContain('rsync.sudo = true\nrsync.extra-options = ["--safe-links"]\n');
    expect(made.findings).toEqual([]);
  });

  it('means nothing between folders of one machine', () => {
    expect(options("extra-options: [--safe-links, '--rsync-path=sudo rsync']").toml).not.toContain('sudo');
  });
});

describe('a draft', () => {
  const made = imported(`# My backups.

volumes:
  # The laptop.
  laptop: {type: local, path: /home/ada}  # since 2024
  usb: {type: local, path: [oops]}
  disk:
    type: local
    # moved in May
    path: ../../../disk # was /mnt/disk
    # path: /mnt/old
  # Unplugged most of the time.
  nas: {type: ftp, path: /nas}

sync-endpoints:
  # All of it.
  from: {volume: laptop}
  to-usb: {volume: usb}
  to-disk: {volume: disk, subdir: "a # b"}
  to-nas: {volume: nas}

# What is copied.
syncs:
  usb: {source: from, destination: to-usb}
  disk: {source: from, destination: to-disk, filters: ['x y']}
  good: {source: from, destination: to-disk, enabled: false}
  nas: {source: from, destination: to-nas}
# The end.
`);

  it('has in place of what cannot be imported a comment that says why', () => {
    const { toml, findings } = made;
    expect(findings.filter((finding) => finding.startsWith('error'))).toEqual([
      'error wrong-type 6',
      'error not-allowed 13',
      'error filter-not-understood 25',
    ]);
    expect(toml).toContain('# Not imported: `path` has to be text.\n# [volumes.usb]\n');
    expect(toml).toContain('# Not imported: There is no volume `usb`.\n# [syncs.usb]\n# source = "laptop"\n');
    expect(toml).toContain('\n[syncs.good]\n');
  });

  it('keeps every comment, at its place', () => {
    const { toml } = made;
    expect(toml.startsWith('# My backups.\nversion = 1\n')).toBe(true);
    expect(toml).toContain('# The laptop.\n# laptop: since 2024\n[volumes.laptop]\n');
    expect(toml).toContain('# moved in May\n# path: was /mnt/disk\n# path: /mnt/old\n[volumes.disk]\npath = "/disk"\n');
    expect(toml).toContain('# Unplugged most of the time.\n# Not imported: `type` is');
    expect(toml).toMatch(/# What is copied\.\n(?:#.*\n)*# \[syncs\.usb\]/);
    expect(toml).toMatch(/# All of it\.\n(?:#.*\n)*# \[syncs\.usb\]/);
    expect(toml.endsWith('\n# The end.\n')).toBe(true);
  });
});
