import { fill, PLACEHOLDER } from '../../planner/model/step.ts';

/** What a value may look like, by the kind of its placeholder: it becomes part of a path or of an option. */
const SHAPES: Readonly<Record<string, string>> = {
  snapshot: '[0-9TZ:.-]+',
  mount: '/.*',
  device: '/dev/[A-Za-z0-9/_-]+',
  parent: '(?:/.*)?',
  identity: '[0-9a-f-]{36}',
  success: String.raw`[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z`,
  report: String.raw`[^\x00-\x1f\x7f-\x9f]{1,500}`,
  // Whoever runs it fills it in: executors pass it on.
  ssh: String.raw`\{ssh:[a-z0-9-]+\}`,
};

type Values = Readonly<Record<string, string>>;

/**
 * Lets an executor run what the plan shows and nothing else. A placeholder whose value is not known yet takes the value
 * that the executor uses first, and keeps it for the rest of the step.
 */
export class CommandGuard {
  readonly #step: string;
  readonly #commands: readonly (readonly string[])[];
  readonly #known: Values;
  #fixed: Values = {};

  constructor(step: { id: string; commands: readonly (readonly string[])[] }, known: Values) {
    this.#step = step.id;
    this.#commands = step.commands;
    this.#known = known;
  }

  /** Throws, since it is a bug of the executor, when `argv` is none of the step's commands. */
  check(argv: readonly string[]): void {
    const values = { ...this.#fixed, ...this.#known };
    for (const command of this.#commands) {
      const found = match(fill(command, values), argv);
      if (found === null) continue;
      this.#fixed = { ...this.#fixed, ...found };
      return;
    }
    throw new Error(`${this.#step} tried to run what the plan does not show: ${JSON.stringify(argv)}`);
  }

  /** Throws when a value that the step hands on is not the one that was known or used, or cannot be one. */
  checkValues(values: Values): void {
    const known = { ...this.#fixed, ...this.#known };
    for (const [placeholder, value] of Object.entries(values)) {
      const fits = new RegExp(`^${shapeOf(placeholder)}$`, 's').test(value);
      if (fits && (known[placeholder] ?? value) === value) continue;
      throw new Error(`${this.#step} set ${placeholder} to ${JSON.stringify(value)}, which it cannot be`);
    }
  }
}

/** The values with which `command` is `argv`; null when there are none. */
function match(command: readonly string[], argv: readonly string[]): Values | null {
  if (command.length !== argv.length) return null;
  const values: Record<string, string> = {};
  for (const [index, word] of command.entries()) {
    const found = matchWord(fill([word], values)[0] ?? '', argv[index] ?? '');
    if (found === null) return null;
    Object.assign(values, found);
  }
  return values;
}

function matchWord(word: string, actual: string): Values | null {
  const placeholders: string[] = word.match(PLACEHOLDER) ?? [];
  if (placeholders.length === 0) return word === actual ? {} : null;
  const literals = word.split(PLACEHOLDER).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = literals.reduce((before, text, index) => `${before}${groupFor(placeholders, index - 1)}${text}`);
  const values = new RegExp(`^${pattern}$`, 's').exec(actual)?.slice(1);
  if (values === undefined) return null;
  const first = placeholders.filter((placeholder, index) => placeholders.indexOf(placeholder) === index);
  return Object.fromEntries(first.map((placeholder, index) => [placeholder, values[index] ?? '']));
}

/** The second time that a placeholder is in a word it stands for the same text. */
function groupFor(placeholders: readonly string[], index: number): string {
  const placeholder = placeholders[index] ?? '';
  const first = placeholders.indexOf(placeholder);
  if (first === index) return `(${shapeOf(placeholder)})`;
  return `\\${new Set(placeholders.slice(0, first + 1)).size}`;
}

function shapeOf(placeholder: string): string {
  return SHAPES[placeholder.slice(1, placeholder.indexOf(':'))] ?? '.+';
}
