import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/planner/model/event.ts';
import { EventsFile } from '../../../src/store/events-file.ts';
import {
  readFactsFile,
  readPlanFile,
  writeFactsFile,
  writePlanFile,
  writeReportFile,
  writeScriptFile,
} from '../../../src/store/document-files.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
let path: string;

beforeEach(async () => {
  dir = await makeTempDir();
  path = join(dir.path, 'file');
});

afterEach(() => dir.remove());

describe('a plan file', () => {
  it('is read as it was written, and is for its owner only', () => {
    writeFileSync(path, '{"tool":{"name":"nbkp"},"steps":[]}', { mode: 0o644 });
    expect(writePlanFile(path, 'ä\n')).toMatchObject({ ok: true });
    expect(readPlanFile(path, null)).toEqual({ ok: true, value: 'ä\n', findings: [] });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir.path)).toEqual(['file']);
  });

  it('is not written through a link, which somebody else may have put there', () => {
    writeFileSync(join(dir.path, 'real'), '');
    symlinkSync('real', path);
    expect(writePlanFile(path, 'x')).toMatchObject({ ok: false, findings: [{ code: 'plan-file-unwritable' }] });
    expect(readFileSync(join(dir.path, 'real'), 'utf8')).toBe('');
  });

  it.each(['version = 1\n', '{"tool":{"name":"other"},"steps":[]}', 'null'])(
    'never replaces a file that is not a plan: %j',
    (text) => {
      writeFileSync(path, text);
      expect(writePlanFile(path, 'x')).toMatchObject({ ok: false, findings: [{ code: 'plan-file-unwritable' }] });
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );

  it('never replaces what is not a file', () => {
    execFileSync('mkfifo', [path]);
    expect(writePlanFile(path, 'x')).toMatchObject({ ok: false, findings: [{ code: 'plan-file-unwritable' }] });
    expect(statSync(path).isFIFO()).toBe(true);
    expect(writePlanFile(dir.path, 'x')).toMatchObject({ ok: false, findings: [{ code: 'plan-file-unwritable' }] });
  });

  it.skipIf(process.getuid?.() !== 0)('that somebody else can change is shown, and not run', () => {
    const ada = { uid: 1000, gid: 1000 };
    writeFileSync(path, 'a plan');
    chownSync(path, 1000, 1000);
    expect(readPlanFile(path, ada)).toMatchObject({ ok: true, value: 'a plan' });
    chmodSync(path, 0o646);
    expect(readPlanFile(path, ada)).toMatchObject({ ok: false, findings: [{ code: 'plan-file-exposed' }] });
    chmodSync(path, 0o644);
    chownSync(path, 1001, 1000);
    expect(readPlanFile(path, ada)).toMatchObject({ ok: false, findings: [{ code: 'plan-file-exposed' }] });
    expect(readPlanFile(path, null)).toMatchObject({ ok: true, value: 'a plan' });
  });

  it('is not read from what never ends, nor from what nobody writes to', () => {
    execFileSync('mkfifo', [path]);
    for (const each of [path, '/dev/zero', dir.path]) {
      expect(readPlanFile(each, null)).toMatchObject({ ok: false, findings: [{ code: 'plan-file-unreadable' }] });
    }
  });

  it('that cannot be written or read says so', () => {
    const nowhere = join(dir.path, 'none/plan');
    expect(writePlanFile(nowhere, 'x')).toMatchObject({ ok: false, findings: [{ code: 'plan-file-unwritable' }] });
    expect(readPlanFile(nowhere, null)).toMatchObject({ ok: false, findings: [{ code: 'plan-file-unreadable' }] });
  });
});

describe('what nbkp writes into a file that was named', () => {
  const HEAD = '<!doctype html><!-- nbkp';
  const facts = (at: string, text: string) => writeFactsFile(at, text);
  const report = (at: string, text: string) => writeReportFile(at, text, HEAD);
  const script = (at: string, text: string) => writeScriptFile(at, text, HEAD);

  it.each([
    ['facts', facts, '{"observedAt":"x","endpoints":{}}', 'facts-file-unwritable', 'is not a facts file', 0o600],
    ['a report', report, `${HEAD} 1`, 'report-file-unwritable', 'is not a report', 0o600],
    ['a script', script, `${HEAD} 2`, 'script-file-unwritable', 'is not a script of nbkp', 0o700],
  ])('replaces an empty file and one of its kind, and no other: %s', (_, write, text, code, message, mode) => {
    writeFileSync(path, '');
    for (const next of [text, text]) {
      expect(write(path, next)).toMatchObject({ ok: true });
      expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual([text, mode]);
    }
    for (const other of ['version = 1\n', '{"observedAt":"x"}', '{"endpoints":{}}', `x${HEAD}`, 'null', '7']) {
      writeFileSync(path, other);
      const refused = write(path, text);
      expect(refused).toMatchObject({ ok: false, findings: [{ code }] });
      expect(refused.findings[0]?.message).toContain(message);
      expect(readFileSync(path, 'utf8')).toBe(other);
    }
    expect(write(join(path, 'inner'), text)).toMatchObject({ ok: false, findings: [{ code }] });
  });

  it('says what is in the way', () => {
    symlinkSync('real', path);
    expect(writePlanFile(path, 'x').findings[0]?.message).toContain('it is a symbolic link');
    expect(writePlanFile(dir.path, 'x').findings[0]?.message).toContain('it is there and is not a file');
  });

  it('facts are read as they were written, and what cannot be read is told', () => {
    writeFileSync(path, 'ä');
    expect(readFactsFile(path)).toEqual({ ok: true, value: 'ä', findings: [] });
    for (const each of [join(dir.path, 'none'), dir.path]) {
      expect(readFactsFile(each)).toMatchObject({ ok: false, findings: [{ code: 'facts-file-unreadable' }] });
    }
  });

  it.each(['{"tool":{"name":"nbkp"}}', '{"steps":[]}', '{"tool":null,"steps":[]}', '{"tool":{},"steps":[]}', '7'])(
    'takes nothing else for a plan: %s',
    (text) => {
      writeFileSync(path, text);
      expect(writePlanFile(path, 'x').findings[0]?.message).toContain('is not a plan');
    },
  );
});

describe('an events file', () => {
  const event: RunEvent = { at: '2026-03-10T12:00:00.000Z', run: 'r', type: 'step-output', step: 's', line: 'a\nb' };

  function opened(at: string): EventsFile {
    const file = EventsFile.open(at);
    if (!file.ok) throw new Error(file.findings[0]?.message);
    return file.value;
  }

  it('has each event on a line of its own as soon as it happens, after what was there', () => {
    const first = opened(path);
    first.write({ ...event, line: 'first' });
    expect(first.close()).toBeNull();
    const before = readFileSync(path, 'utf8');
    const file = opened(path);
    file.write(event);
    expect(readFileSync(path, 'utf8')).toBe(`${before}${JSON.stringify(event)}\n`);
    file.write(event);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4);
    expect(file.close()).toBeNull();
  });

  it('takes nothing more once it is closed, when its descriptor may be that of another file', () => {
    const file = opened(path);
    file.close();
    const other = opened(join(dir.path, 'other'));
    file.write(event);
    expect(readFileSync(path, 'utf8')).toBe('');
    expect(readFileSync(join(dir.path, 'other'), 'utf8')).toBe('');
    other.close();
    expect(file.close()).toBeNull();
  });

  it('that cannot be opened is an error', () => {
    expect(EventsFile.open(dir.path)).toMatchObject({ ok: false, findings: [{ code: 'events-unwritable' }] });
  });

  it.each(['version = 1\n', '{}\n', '{"at":"x"}\n'])('is never a file that holds something else: %j', (text) => {
    writeFileSync(path, text);
    expect(EventsFile.open(path)).toMatchObject({ ok: false, findings: [{ code: 'events-unwritable' }] });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('is not written through a link, nor to a pipe that nobody reads', () => {
    writeFileSync(join(dir.path, 'real'), '');
    symlinkSync('real', path);
    const pipe = join(dir.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const each of [path, pipe, '/dev/null']) {
      expect(EventsFile.open(each)).toMatchObject({ ok: false, findings: [{ code: 'events-unwritable' }] });
    }
    expect(readFileSync(join(dir.path, 'real'), 'utf8')).toBe('');
  });

  it.skipIf(process.getuid?.() !== 0)('that becomes full does not end the run, and is warned of at the end', () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', dir.path]);
    try {
      const file = opened(path);
      for (let written = 0; written < 8192; written += JSON.stringify(event).length) file.write(event);
      expect(file.close()).toMatchObject({ severity: 'warning', code: 'events-unwritable' });
    } finally {
      execFileSync('umount', [dir.path]);
    }
  });
});
