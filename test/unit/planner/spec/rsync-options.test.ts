import { describe, expect, test } from 'vitest';
import { BASE, findingsOf } from './reading.ts';

function objections(rsync: string, mode = 'none'): string[] {
  const sync = `[syncs.s]\nsource = "laptop:a"\ndestination = "usb:a"\nsnapshots.mode = "${mode}"\n`;
  return findingsOf(`${BASE}${sync}rsync = ${rsync}\n`).map(({ code, message, help }) => {
    expect(code).toBe('rsync-option-not-allowed');
    expect(help).toMatch(/./);
    return message;
  });
}

describe('options of rsync', () => {
  test.each([
    ...['-n', '-an', '--dry-run', '--list-only', '--only-write-batch=f'],
    ...['--remove-source-files', '--remove-sent-files', '--ignore-errors', '--force', '--delete-missing-args'],
    ...['--max-delete=5', '--link-dest=/x', '--copy-dest=/x', '--compare-dest=../x'],
    ...['-e', '-essh', '-ave', '--rsh=ssh', '--rsync-path=x', '-M--x', '--remote-option=x'],
    ...['-b', '--backup', '--backup-dir=/x', '--suffix=~'],
    ...['-f- x', '-F', '-aC', '--filter=- x', '--exclude=x', '--include=x', '--exclude-from=f', '--files-from=f'],
    ...['-R', '--relative', '--mkpath', '--stop-after=1'],
    ...['-v', '-aP', '-h', '--info=progress2', '--out-format=%n', '--stats', '-q'],
  ])('%s is refused in either list', (option) => {
    const [name = ''] = /^(--[a-z-]+|-)/.exec(option) ?? [];
    expect(objections(`{ options = ["-a", ${JSON.stringify(option)}] }`)).toEqual([expect.stringContaining(name)]);
    expect(objections(`{ extra-options = [${JSON.stringify(option)}] }`)).toHaveLength(1);
  });

  test.each([
    ...['-a', '-aHAXS', '-rlptgoD', '--hard-links', '--numeric-ids', '-x', '--fake-super', '-T/tmp/n', '-B700', '-@2'],
    ...['--bwlimit=500', '--partial-dir=.p', '--delete-after', '--del', '--chmod=u+w', '--no-perms', '--iconv=a,b'],
    ...['--inplace', '--append-verify', '--write-devices', '--timeout=60', '--max-size=1G', '--no-H', '--no-owner'],
  ])('%s is accepted', (option) => {
    expect(objections(`{ extra-options = ["${option}"] }`)).toEqual([]);
  });

  test('that change files in place are refused with hard-link snapshots only', () => {
    for (const option of ['--inplace', '--append', '--append-verify', '--write-devices']) {
      const rsync = `{ extra-options = ["${option}"] }`;
      expect(objections(rsync, 'hard-link')).toEqual([expect.stringContaining('hard links')]);
      expect(objections(rsync, 'btrfs')).toEqual([]);
    }
  });

  test('that delete are refused when the sync does not', () => {
    expect(objections('{ delete = false, options = ["-a", "--delete-during"] }')).toEqual([
      expect.stringContaining('rsync.delete = false'),
    ]);
  });

  test.each(['foo', '-', '--', '--=x', 'a-b'])('"%s" is not an option', (word) => {
    expect(objections(`{ options = ["${word}"] }`)).toEqual([`"${word}" is not an option.`]);
  });

  test.each([
    ['--frobnicate', 'rsync has no option --frobnicate.', 'See rsync(1)'],
    ['--detele', 'rsync has no option --detele.', 'Did you mean `--delete`?'],
    ['--no-ownr', 'rsync has no option --no-ownr.', 'Did you mean `--no-owner`?'],
    ['-aw', 'rsync has no option -w (in -aw).', 'See rsync(1)'],
    ['--no-archive', 'rsync has no option --no-archive.', 'See rsync(1)'],
    ['--bwlimit', "rsync's --bwlimit needs a value in the same word.", '"--bwlimit=VALUE"'],
    ['-aB', "rsync's -B needs a value in the same word.", '"-BVALUE"'],
    ['--checksum=md5', "rsync's --checksum takes no value.", '"--checksum"'],
  ])('%s is refused, as rsync would refuse it in every run', (option, message, help) => {
    const spec = `${BASE}[syncs.s]\nsource = "laptop:a"\ndestination = "usb:a"\nrsync.extra-options = ["${option}"]\n`;
    const [finding, ...others] = findingsOf(spec);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ message, help: expect.stringContaining(help) as string });
  });

  test.each([
    ['laptop:a', 'usb:a', 'none', 'both ends of this sync are on one machine'],
    ['laptop:a', 'nas:a', 'hard-link', 'snapshots.mode "hard-link" is the work of the user'],
    ['laptop:a', 'nas:a', 'none', null],
    ['nas:a', 'usb:a', 'hard-link', null],
  ])('sudo from %s to %s with mode %s', (source, destination, mode, message) => {
    const ssh = '[ssh.nas]\nhost = "nas"\n[volumes.nas]\nssh = "nas"\npath = "/srv"\n';
    const sync = `[syncs.s]\nsource = "${source}"\ndestination = "${destination}"\nsnapshots.mode = "${mode}"\nrsync.sudo = true\n`;
    const found = findingsOf(`${BASE}${ssh}${sync}`).filter(({ code }) => code === 'sudo-not-possible');
    expect(found).toEqual(
      message === null ? [] : [expect.objectContaining({ message: expect.stringContaining(message) as string })],
    );
  });

  test('are all named, with the word that each is in', () => {
    expect(objections('{ options = ["-avn", "--max-delete=1"], extra-options = ["--backup"] }')).toEqual([
      expect.stringContaining("rsync's -v (in -avn)"),
      expect.stringContaining("rsync's --max-delete "),
      expect.stringContaining("rsync's --backup "),
    ]);
  });
});
