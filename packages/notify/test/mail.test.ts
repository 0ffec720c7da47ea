import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { usePackage } from '../../../test/support/local-plugin.ts';
import { Sandbox, type Answer } from '../../../test/support/sandbox.ts';
import { makeTempDir, type TempDir } from '../../../test/support/tempdir.ts';
import { mailOf, type Mail } from '../src/mail.ts';

/** What a mail says, by the parser of another language. */
const PARSE = `
import email, email.policy, json, sys
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = [{"type": p.get_content_type(), "name": p.get_filename(), "text": p.get_content()} for p in mail.iter_parts()]
defects = [str(d) for p in mail.walk() for d in p.defects]
print(json.dumps({"to": mail["To"], "from": mail["From"], "subject": mail["Subject"], "date": str(mail["Date"].datetime), "parts": parts, "defects": defects}))
`;

interface Parsed {
  to: string;
  from: string;
  subject: string;
  date: string;
  parts: { type: string; name: string | null; text: string }[];
  defects: string[];
}

function parsed(mail: string): Parsed {
  const { stdout, stderr } = spawnSync('python3', ['-c', PARSE], { input: mail, encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Parsed;
}

/** A receiver of mails on this machine that speaks as much of SMTP as msmtp asks for. */
class Receiver {
  readonly mails: { recipients: string[]; text: string }[] = [];
  readonly #server: Server = createServer((socket) => void this.#talk(socket));

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }

  async #talk(socket: Socket): Promise<void> {
    const say = (line: string): boolean => socket.write(`${line}\r\n`);
    let recipients: string[] = [];
    let text: string[] | null = null;
    say('220 here');
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      if (text !== null && line === '.') {
        this.mails.push({ recipients, text: `${text.join('\n')}\n` });
        [recipients, text] = [[], null];
        say('250 taken');
      } else if (text !== null) text.push(line.replace(/^\./, ''));
      else if (line.startsWith('RCPT TO:')) {
        recipients.push(line.slice('RCPT TO:'.length));
        say('250 ok');
      } else if (line === 'DATA') {
        text = [];
        say('354 go on');
      } else if (line === 'QUIT') {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    }
  }
}

describe.skipIf(spawnSync('msmtp', ['--version']).status !== 0)('a mail after each run', () => {
  let receiver: Receiver;
  let port: number;
  let dir: TempDir;
  let sandbox: Sandbox;

  beforeAll(async () => {
    receiver = new Receiver();
    port = await receiver.listen();
  });
  afterAll(() => receiver.close());

  beforeEach(async () => {
    dir = await makeTempDir();
    receiver.mails.length = 0;
    sandbox = new Sandbox(dir.path);
    sandbox.files({ 'laptop/docs/file': 'content', 'usb/.keep': '' });
    const account = `defaults\nauth off\ntls off\naccount default\nhost 127.0.0.1\nport ${port}\nfrom nbkp@example.org\n`;
    writeFileSync(join(dir.path, 'msmtprc'), account, { mode: 0o600 });
    writeFileSync(join(dir.path, 'sendmail'), `#!/bin/sh\nexec msmtp -C '${dir.path}/msmtprc' "$@"\n`, { mode: 0o755 });
    usePackage(sandbox, 'notify');
  });
  afterEach(() => dir.remove());

  function spec(mail: string, sync = ''): void {
    sandbox.writeSpec(`version = 1
volumes.laptop.path = "${dir.path}/laptop"
volumes.usb.path = "${dir.path}/usb"
[syncs.docs]
source = "laptop:docs"
destination = "usb:docs"
max-age = "1d"
snapshots.mode = "hard-link"
${sync}
[[notify.to]]
kind = "mail"
to = "ada@example.org"
sendmail = "${dir.path}/sendmail"
${mail}
`);
  }

  async function nbkp(...args: string[]): Promise<Answer> {
    return sandbox.start(args).ended;
  }

  it('has the report attached, in which the run has ended', async () => {
    spec('');
    await nbkp('prepare', '--yes');
    const planned = await nbkp('plan', '--commands');
    expect(planned.stdout).toContain('tell ada@example.org how it went, with the report');
    expect(planned.stdout).toContain('/sendmail -i -t');
    expect(receiver.mails).toEqual([]);
    const { code, stdout } = await nbkp('run');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.not.stringContaining('notify-failed') });
    expect(receiver.mails.map(({ recipients }) => recipients)).toEqual([['<ada@example.org>']]);
    const mail = parsed(receiver.mails[0]?.text ?? '');
    expect(mail).toMatchObject({ to: 'ada@example.org', from: 'nbkp@example.org', defects: [] });
    expect(mail.subject).toMatch(/^The backup went well on .*: 1 succeeded$/);
    expect(mail.parts.map(({ type, name }) => [type, name])).toEqual([
      ['text/plain', null],
      ['text/html', 'nbkp-report.html'],
    ]);
    const report = mail.parts[1]?.text ?? '';
    expect(report).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
    expect(report).toContain('Safe: the one sync is well.');
    expect(report).toContain('aria-label="succeeded"');
    expect(report).not.toMatch(/at work|running/);
    expect(await nbkp('status')).toMatchObject({ code: 0 });
  });

  it('says what failed, in the text and in the report', async () => {
    spec('', 'before = [["sh", "-c", "echo it is broken >&2; exit 3"]]');
    await nbkp('prepare', '--yes');
    expect(await nbkp('run')).toMatchObject({ code: 1 });
    const mail = parsed(receiver.mails[0]?.text ?? '');
    expect(mail.subject).toMatch(/^The backup failed on /);
    expect(mail.parts[0]?.text).toContain('it is broken');
    expect(mail.parts[1]?.text).toContain('Not safe: 1 sync of 1 needs a person.');
    expect(mail.parts[1]?.text).toContain('aria-label="failed"');
  });

  it('comes without a report where none is wanted, and when it is overdue', async () => {
    spec('report = false');
    await nbkp('prepare', '--yes');
    rmSync(join(dir.path, 'usb'), { recursive: true });
    mkdirSync(join(dir.path, 'other'));
    expect(await nbkp('run')).toMatchObject({ code: 4 });
    const mail = parsed(receiver.mails[0]?.text ?? '');
    expect(mail.subject).toMatch(/^A backup is overdue on /);
    expect(mail.parts).toHaveLength(1);
  });

  it('is a warning when it cannot be sent, and a mistake when it names nobody', async () => {
    spec('');
    await nbkp('prepare', '--yes');
    rmSync(join(dir.path, 'msmtprc'));
    const { code, stdout } = await nbkp('run');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('notify-failed') });
    rmSync(join(dir.path, 'sendmail'));
    expect((await nbkp('run')).stdout).toContain('sudo apt install msmtp-mta');
    spec('from = "Ada\\nBcc: eve@example.org"');
    expect(await nbkp('plan')).toMatchObject({ code: 65 });
  });
});

describe('a mail', () => {
  const target: Mail['target'] = {
    ...{ kind: 'mail', on: [], repeat: true, to: 'ada', from: null },
    ...{ sendmail: '/usr/sbin/sendmail', report: true },
  };
  const run = { exitCode: 0, syncs: [], steps: [], findings: [] };
  const about: Omit<Mail, 'report'> = { target, message: 'success', run, now: 0 };

  it('is ASCII with short lines, whatever is in the report', () => {
    const html = `<p>Größe\n.\n--nbkp=_0--\n${'x'.repeat(5000)}`;
    const text = mailOf({ ...about, report: { html } });
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(200);
    expect(parsed(text)).toMatchObject({ date: '1970-01-01 00:00:00+00:00', defects: [], parts: [{}, { text: html }] });
  });

  it('says why there is no report', () => {
    const large = parsed(mailOf({ ...about, report: { html: 'x'.repeat(6_000_001) } }));
    expect(large.parts.map(({ text }) => text)).toEqual([expect.stringContaining('too large for a mail')]);
    const none = parsed(mailOf({ ...about, report: { why: 'it rains' } }));
    expect(none.parts.map(({ text }) => text)).toEqual([expect.stringContaining('no report with it: it rains')]);
  });
});
