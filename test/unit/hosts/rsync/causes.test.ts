import { describe, expect, test } from 'vitest';
import { causeOf } from '../../../../src/hosts/rsync/causes.ts';
import { Complaints, pathsOf } from '../../../../src/hosts/rsync/complaints.ts';
import { saidBy } from '../../../../src/hosts/rsync/said.ts';

/** Lines of rsync 3.5.0, and where they say so of others, as they were seen. */
const SEEN: readonly [line: string, code: string, path: string][] = [
  ['rsync: [sender] opendir "/s/dir" failed: Permission denied (13)', 'files-unreadable', '/s/dir'],
  ['rsync: [sender] send_files failed to open "/s/x": Permission denied (13)', 'files-unreadable', '/s/x'],
  // 3.1 does not say who.
  ['rsync: send_files failed to open "/s/x": Permission denied (13)', 'files-unreadable', '/s/x'],
  ['rsync: [sender] opendir "/s/vault" failed: Required key not available (126)', 'files-unreadable', '/s/vault'],
  [
    'rsync: [sender] send_files failed to open "/s/a": b (1)": Permission denied (13)',
    'files-unreadable',
    '/s/a": b (1)',
  ],
  ['rsync: [sender] read errors mapping "/s/x": Input/output error (5)', 'source-damaged', '/s/x'],
  ['rsync: [sender] read errors mapping "/s/x": No data available (61)', 'files-changed', '/s/x'],
  ['rsync: [sender] readlink_stat("/s/x") failed: Stale file handle (116)', 'source-lost', '/s/x'],
  ['rsync: [sender] opendir "/s/d" failed: File name too long (36)', 'path-too-long', '/s/d'],
  ['rsync: [sender] link_stat "/s/gone" failed: No such file or directory (2)', 'path-not-there', '/s/gone'],
  ['rsync: [sender] change_dir "/s/gone" failed: No such file or directory (2)', 'path-not-there', '/s/gone'],
  ['symlink has no referent: "/s/dangling"', 'link-leads-nowhere', '/s/dangling'],
  ['ERROR: dir/x failed verification -- update discarded.', 'files-changed', 'dir/x'],
  ['rsync: [receiver] write failed on "/d/x": No space left on device (28)', 'disk-full', '/d/x'],
  ['rsync: [generator] mkdir "/d/x" failed: Disk quota exceeded (122)', 'quota-exceeded', '/d/x'],
  ['rsync: [receiver] mkstemp "/d/.f.DZWTx7" failed: Read-only file system (30)', 'destination-read-only', '/d/f'],
  ['rsync: [generator] chown "/d/." failed: Read-only file system (30)', 'destination-read-only', '/d/.'],
  ['rsync: [receiver] mkstemp "/d/.f.AmZ87Q" failed: Permission denied (13)', 'destination-not-writable', '/d/f'],
  ['rsync: [generator] opendir "/d/x" failed: Permission denied (13)', 'destination-not-writable', '/d/x'],
  ['rsync: [receiver] write failed on "/d/x": Input/output error (5)', 'destination-damaged', '/d/x'],
  ['rsync: [generator] mkdir "/d/x" failed: Transport endpoint is not connected (107)', 'destination-lost', '/d/x'],
  [
    'rsync: [generator] delete_file: unlink(extra) failed: Operation not permitted (1)',
    'destination-protected',
    'extra',
  ],
  ['rsync: [receiver] rename "/d/.f.aRAf71" -> "f": Operation not permitted (1)', 'destination-protected', '/d/f'],
  ['rsync: [generator] delete_file: rmdir(mnt) failed: Device or resource busy (16)', 'destination-busy', 'mnt'],
  [
    'rsync: [receiver] failed to set times on "/d/.x.FxpYQl": Operation not permitted (1)',
    'destination-foreign',
    '/d/x',
  ],
  ['rsync: [Receiver] mkdir "/d/a/b" failed: No such file or directory (2)', 'destination-path-missing', '/d/a/b'],
  [
    'rsync: [Receiver] change_dir#1 "/d/lnk/" failed: Too many levels of symbolic links (40)',
    'destination-linked',
    '/d/lnk/',
  ],
  ['rsync: [receiver] chown "/d/.plain.FxpYQl" failed: Operation not permitted (1)', 'owners-unholdable', '/d/plain'],
  ['rsync: [generator] chgrp "/d/." failed: Operation not permitted (1)', 'owners-unholdable', '/d/.'],
  ['rsync: [generator] symlink "/d/l" -> "x" failed: Operation not permitted (1)', 'links-unholdable', '/d/l'],
  // exfat-fuse, musl
  ['rsync: [generator] symlink "/d/l" -> "x" failed: Function not implemented (38)', 'links-unholdable', '/d/l'],
  ['rsync: [generator] symlink "/d/l" -> "x" failed: Not supported (95)', 'links-unholdable', '/d/l'],
  ['rsync: [generator] link "/d/1" => 2 failed: Operation not permitted (1)', 'hard-links-unholdable', '/d/1'],
  ['rsync: [generator] link "/d/1000" => 9999 failed: Too many links (31)', 'too-many-links', '/d/1000'],
  ['rsync: [generator] mknod "/d/null" failed: Operation not permitted (1)', 'special-files-unholdable', '/d/null'],
  [
    'rsync: [receiver] rsync_xal_set: fsetxattr("/d/.f.oseMQT","user.big") failed: No space left on device (28)',
    ...(['attributes-unholdable', '/d/f'] as const),
  ],
  ['rsync: [receiver] mkstemp "/d/.a:b.1fNhzi" failed: Invalid argument (22)', 'names-unholdable', '/d/a:b'],
  ['rsync: [receiver] mkstemp "/d/.q?.Vuf2VZ" failed: No such file or directory (2)', 'names-unholdable', '/d/q?'],
  [
    'rsync: [receiver] mkstemp "/d/.plain.Vuf2VZ" failed: No such file or directory (2)',
    'destination-path-missing',
    '/d/plain',
  ],
  [
    'rsync: [generator] recv_generator: failed to stat "/d/ff\\#377x": Invalid or incomplete multibyte or wide character (84)',
    ...(['names-unholdable', '/d/ff\\#377x'] as const),
  ],
  ['rsync: [receiver] rename "/d/.trail .1fNhzi" -> "trail ": Invalid argument (22)', 'names-unholdable', '/d/trail '],
  ['rsync: [generator] recv_generator: mkdir "/d/long" failed: File name too long (36)', 'path-too-long', '/d/long'],
  ['rsync: [receiver] write failed on "/d/movie.mkv": File too large (27)', 'file-too-large', '/d/movie.mkv'],
];

describe('the cause of what rsync says', () => {
  test.each(SEEN)('%s', (line, code, path) => {
    const said = saidBy(line);
    expect(said?.path).toBe(path);
    const cause = said === null ? null : causeOf(said);
    expect(cause?.({ paths: path, why: said?.why ?? '', restoring: false })).toMatchObject({ severity: 'error', code });
    expect(cause?.({ paths: path, why: '', restoring: true }).code).toBe(code);
  });

  test.each([
    'rsync: [sender] write error: Broken pipe (32)',
    'rsync: [sender] read error: Connection timed out (110)',
    'rsync: connection unexpectedly closed (0 bytes received so far) [sender]',
    'bash: line 1: /nonexistent/rsync: No such file or directory',
    'rsync: [sender] opendir "/s/x" failed: Some error of tomorrow (999)',
    'client_loop: send disconnect: Broken pipe',
  ])('is not guessed: %s', (line) => {
    const said = saidBy(line);
    expect(said === null ? null : causeOf(said)).toBeNull();
  });

  test('never advises to switch off a protection', () => {
    for (const [line] of SEEN) {
      const said = saidBy(line);
      for (const restoring of [false, true]) {
        const finding = said && causeOf(said)?.({ paths: '/x', why: 'why', restoring });
        expect(finding?.help).not.toMatch(/tolerate|--allow-destructive|insecure|max-delete|--force|ignore-errors/);
        if (restoring)
          expect(finding?.help).not.toMatch(/filters|rsync\.(?:extra-)?options|nbkp snapshots prune|next run/);
      }
    }
  });

  test('is told once, with the first paths and the number of the others', () => {
    const complaints = new Complaints();
    for (const name of ['a', 'a', 'b', 'c', 'd', 'e']) {
      complaints.add(`rsync: [sender] send_files failed to open "/s/${name}": Permission denied (13)`);
    }
    complaints.add('*** Skipping any contents from this failed directory ***');
    complaints.add('refusing to follow a symlink owned by an untrusted user; use --insecure-links locally');
    expect(complaints.others).toBe(0);
    expect([...complaints.causes.values()].map(pathsOf)).toEqual(['/s/a, /s/b, /s/c and 2 more']);
  });

  test('says which folders hide what is in them', () => {
    const complaints = new Complaints();
    complaints.add('rsync: [sender] send_files failed to open "/s/x": Permission denied (13)');
    complaints.add('rsync: [generator] opendir "/d/x" failed: Permission denied (13)');
    expect(complaints.hidden.count).toBe(0);
    complaints.add('rsync: [sender] opendir "/s/dir" failed: Permission denied (13)');
    expect(complaints.hidden.paths).toEqual(['/s/dir']);
  });
});
