import type { Json, JsonSchema } from 'nbkp/executor';

/** What somebody may want to hear of. `overdue`: a sync's last success is too long ago, and this run has not mended it. */
export type Occasion = 'start' | 'success' | 'failure' | 'overdue';

/** Where to send it. Ids are those of credentials, whose values nobody but the receiver sees. */
export type Target = { on: Occasion[]; repeat: boolean } & (
  | { kind: 'healthchecks' | 'webhook'; url: string | null; urlId: string | null }
  | { kind: 'ntfy'; url: string | null; urlId: string | null; tokenId: string | null }
  | { kind: 'desktop' }
  | { kind: 'mail'; to: string; from: string | null; sendmail: string; report: boolean }
);

/** Where a program that sends mails has its place by custom, also where PATH does not lead. */
const SENDMAIL = '/usr/sbin/sendmail';

const OCCASIONS: Occasion[] = ['start', 'success', 'failure', 'overdue'];

const id = (what: string): JsonSchema => ({
  type: 'string',
  pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
  'x-expected': 'the id of a credential, in lower case letters, digits and dashes',
  description: `Id of the credential that is ${what}.`,
});

/** No spaces, brackets, commas or quotes: it stands in a head line of a mail. */
const ADDRESS = '^[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+(@[A-Za-z0-9.-]+)?$';

const address = (what: string): JsonSchema => ({
  type: 'string',
  pattern: ADDRESS,
  'x-expected': 'one mail address, without a name',
  description: what,
});

/** Of the table `[notify]`. */
export const SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['to'],
  properties: {
    to: {
      type: 'array',
      description: 'Whom to tell.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind'],
        properties: {
          kind: { enum: ['healthchecks', 'ntfy', 'webhook', 'desktop', 'mail'], description: 'How.' },
          url: {
            type: 'string',
            pattern: '^https?://[^\\s"\\\\]+$',
            'x-expected': 'a URL with http or https',
            description: 'Where to. Or url-id, if knowing the address is all that it takes.',
          },
          'url-id': id('the whole URL'),
          'token-id': id('the access token (ntfy)'),
          to: address('Whom to write to (mail).'),
          from: address('Who writes (mail). Without it whoever sendmail says.'),
          sendmail: {
            type: 'string',
            pattern: '^/[^\\x00-\\x1f]+$',
            'x-expected': 'an absolute path',
            description: `The program that sends a mail. Default: ${SENDMAIL}.`,
          },
          report: {
            type: 'boolean',
            description: 'Attach what `nbkp report` writes (mail). Default: true.',
          },
          repeat: {
            type: 'boolean',
            description:
              'False: a failure that the last run had too is not told again, and once that it is over. Default: true.',
          },
          on: {
            type: 'array',
            items: { enum: OCCASIONS },
            description:
              'When: start, success, failure, overdue. Default: healthchecks all, mail all but start, others failure and overdue.',
          },
        },
      },
    },
  },
};

/** @param settings that satisfy the schema */
export function targetsOf(settings: Json): Target[] {
  const { to } = table(settings);
  return (Array.isArray(to) ? to : []).map((each) => targetOf(table(each)));
}

/** Ids of the credentials that a target needs. */
export function credentialsOf(target: Target): string[] {
  if (target.kind === 'desktop' || target.kind === 'mail') return [];
  return [target.urlId, target.kind === 'ntfy' ? target.tokenId : null].filter((id) => id !== null);
}

/** Of which occasions, from the first on, a kind hears only when it is written. */
const SKIPPED: Readonly<Record<string, number>> = { healthchecks: 0, mail: 1 };

function targetOf(written: Record<string, Json>): Target {
  const kind = written['kind'];
  const on = Array.isArray(written['on'])
    ? OCCASIONS.filter((occasion) => (written['on'] as Json[]).includes(occasion))
    : OCCASIONS.slice(typeof kind === 'string' ? (SKIPPED[kind] ?? 2) : 2);
  const [url, urlId, tokenId] = ['url', 'url-id', 'token-id'].map((key) => textOf(written[key]));
  const told = { on, repeat: written['repeat'] !== false };
  const address = { ...told, url: url ?? null, urlId: urlId ?? null };
  if (kind === 'desktop') return { kind, ...told };
  if (kind === 'mail') {
    const [to, from, sendmail] = ['to', 'from', 'sendmail'].map((key) => textOf(written[key]));
    const report = written['report'] !== false;
    return { kind, ...told, to: to ?? '', from: from ?? null, sendmail: sendmail ?? SENDMAIL, report };
  }
  if (kind === 'ntfy') return { kind, ...address, tokenId: tokenId ?? null };
  if (kind === 'healthchecks' || kind === 'webhook') return { kind, ...address };
  throw new Error('the settings of notify do not satisfy their schema');
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function table(value: Json | undefined): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
