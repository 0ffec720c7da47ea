import type { RunSoFar } from 'nbkp/executor';
import type { Message } from './commands.ts';
import { detailsOf, reportOf } from './message.ts';
import type { Target } from './settings.ts';

/** Many servers refuse a mail of more than ten megabytes, and base64 makes four bytes of three. */
const MOST = 6_000_000;

export interface Mail {
  target: Target & { kind: 'mail' };
  message: Message;
  run: RunSoFar;
  /** Milliseconds since 1970. */
  now: number;
  /** A file of HTML, or why there is none; null where none is wanted. */
  report: { html: string } | { why: string } | null;
}

/** A whole mail, in ASCII, as sendmail(1) reads it with `-t`: RFC 5322 and RFC 2045. */
export function mailOf({ target, message, run, now, report }: Mail): string {
  const isLarge = report !== null && 'html' in report && report.html.length > MOST;
  const attached = report !== null && 'html' in report && !isLarge ? report.html : null;
  const why = isLarge
    ? 'it is too large for a mail: nbkp report'
    : report !== null && 'why' in report
      ? report.why
      : null;
  const text = [
    reportOf(message, run),
    '',
    detailsOf(run),
    ...(attached === null ? [] : ['', 'The report is attached: open it in a browser.']),
    ...(why === null ? [] : ['', `There is no report with it: ${why}`]),
  ].join('\n');
  // What is between boundaries is base64, which has no "=_".
  const boundary = `nbkp=_${now.toString(36)}`;
  const head = [
    ...(target.from === null ? [] : [`From: ${target.from}`]),
    `To: ${target.to}`,
    `Subject: ${encoded(reportOf(message, run))}`,
    `Date: ${new Date(now).toUTCString().replace('GMT', '+0000')}`,
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ];
  const parts = [
    part('Content-Type: text/plain; charset=utf-8', `${text.trimEnd()}\n`),
    ...(attached === null
      ? []
      : [
          part(
            'Content-Type: text/html; charset=utf-8\nContent-Disposition: attachment; filename="nbkp-report.html"',
            attached,
          ),
        ]),
  ];
  return `${head.join('\n')}\n\n${parts.map((each) => `--${boundary}\n${each}`).join('')}--${boundary}--\n`;
}

function part(head: string, text: string): string {
  const lines =
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  return `${head}\nContent-Transfer-Encoding: base64\n\n${lines.join('\n')}\n`;
}

/** A head line has ASCII alone (RFC 2047). */
function encoded(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return /^[\x20-\x7e]*$/.test(plain) ? plain : `=?UTF-8?B?${Buffer.from(plain).toString('base64')}?=`;
}
