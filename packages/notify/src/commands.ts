import type { Json } from 'nbkp/executor';
import type { Occasion, Target } from './settings.ts';

/** What a step was asked to do: to tell one target of a start or of an end. */
export interface NotifyParams {
  at: 'start' | 'end';
  target: Target;
  /** Syncs that are overdue unless this run mends it. */
  overdue: string[];
}

/** @throws where the params are not those of this executor */
export function notifyParams(params: Json): NotifyParams {
  const { at, target, overdue } = params as unknown as Partial<NotifyParams>;
  if ((at !== 'start' && at !== 'end') || target === undefined || !Array.isArray(overdue)) {
    throw new Error('these are not params of notify');
  }
  return { at, target, overdue };
}

/**
 * What became of the run, as the target is told it. `log`: neither good nor bad, as when another run was in the way.
 * `well-again`: a success after what had failed, for those who hear of changes alone.
 */
export type Message = Occasion | 'log' | 'well-again';

/** It hears of a failure once, and once that it is over. A healthcheck counts what it hears, and so hears all. */
export function hearsChanges({ kind, repeat, on }: Target): boolean {
  return !repeat && kind !== 'healthchecks' && on.includes('failure');
}

/** The messages that a step may send, in a fixed order. */
export function messagesOf({ at, target }: NotifyParams): Message[] {
  if (at === 'start') return ['start'];
  const told = target.on.filter((occasion) => occasion !== 'start');
  if (target.kind === 'healthchecks') return [...told, 'log'];
  return hearsChanges(target) ? [...told, 'well-again'] : told;
}

/** The argv for one message. */
export function commandFor({ target }: NotifyParams, message: Message): string[] {
  if (target.kind === 'desktop') {
    const urgency = message === 'failure' ? 'critical' : 'normal';
    return ['notify-send', '--app-name=nbkp', `--urgency=${urgency}`, '--', 'nbkp', '{report:run}'];
  }
  if (target.kind === 'mail') return [target.sendmail, '-i', '-t'];
  const address = target.url === null ? [] : ['--', addressOf(target.url, target, message)];
  // What the receiver says is of no use; how it says it, is.
  const quiet = ['--output', '/dev/null', '--write-out', '%{http_code}'];
  return ['curl', '-q', '-fs', '--max-time', '10', '--retry', '2', ...quiet, '--config', '-', ...address];
}

/** Each command once, in the order of the messages. */
export function allCommands(params: NotifyParams): string[][] {
  const texts = messagesOf(params).map((message) => JSON.stringify(commandFor(params, message)));
  return [...new Set(texts)].map((text) => JSON.parse(text) as string[]);
}

/** Where a message goes: a healthcheck has an address for each (healthchecks.io/docs/http_api). */
export function addressOf(url: string, { kind }: Target, message: Message): string {
  if (kind !== 'healthchecks') return url;
  const suffix = { start: '/start', success: '', 'well-again': '', failure: '/fail', overdue: '/fail', log: '/log' }[
    message
  ];
  return `${url.replace(/\/$/, '')}${suffix}`;
}
