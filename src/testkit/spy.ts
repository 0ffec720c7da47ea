import { createRequire, syncBuiltinESMExports } from 'node:module';

/** Gets each call of what is watched: `fs.writeFileSync`, and its first argument when that is a text. */
export type Report = (name: string, subject: string) => void;

type Restore = () => void;

const require = createRequire(import.meta.url);

/** Starts a process, writes a file or opens a connection: what an executor leaves to its transport. */
const DEEDS: Readonly<Record<string, RegExp>> = {
  child_process: /^(?:spawn|exec|fork)/,
  fs: /^(?:append|chmod|chown|copyFile|cp|createWrite|fchmod|fchown|lchown|link|lutimes|mkdir|mkdtemp|rename|rm|symlink|truncate|unlink|utimes|write)/,
  'fs/promises':
    /^(?:append|chmod|chown|copyFile|cp|lchown|link|lutimes|mkdir|mkdtemp|rename|rm|symlink|truncate|unlink|utimes|write)/,
  net: /^(?:connect|createConnection|createServer)$/,
  http: /^(?:get|request|createServer)$/,
  https: /^(?:get|request|createServer)$/,
  tls: /^connect$/,
};

/** All that is not in the values that planning gets. */
const SOURCES: Readonly<Record<string, RegExp>> = {
  ...DEEDS,
  fs: /^[a-z]/,
  'fs/promises': /^[a-z]/,
  os: /^[a-z]/,
  dns: /^(?:lookup|resolve)/,
  crypto: /^random/,
};

/** Reports each deed until the function that it returns is called. Deeds are done all the same. */
export function spyOnDeeds(report: Report): Restore {
  return together([...modules(DEEDS, report), on(globalThis, 'fetch', 'fetch', report)]);
}

/** Reports also clock, chance, environment and output. Nothing else may run meanwhile: it has to be synchronous. */
export function spyOnSources(report: Report): Restore {
  const { console, performance, crypto, process } = globalThis;
  const each = (target: object, owner: string, ...keys: string[]): Restore[] =>
    keys.map((key) => on(target, key, `${owner}${key}`, report));
  return together([
    ...modules(SOURCES, report),
    ...each(globalThis, '', 'fetch', 'setTimeout', 'setInterval', 'setImmediate'),
    ...each(Math, 'Math.', 'random'),
    ...each(performance, 'performance.', 'now'),
    ...each(crypto, 'crypto.', 'getRandomValues', 'randomUUID'),
    ...each(process, 'process.', 'cwd', 'hrtime', 'uptime', 'getuid'),
    ...each(console, 'console.', 'log', 'error', 'warn', 'info', 'debug'),
    clock(report),
    environment(report),
  ]);
}

function together(restores: readonly Restore[]): Restore {
  syncBuiltinESMExports();
  return () => {
    for (const restore of restores.toReversed()) restore();
    syncBuiltinESMExports();
  };
}

function modules(names: Readonly<Record<string, RegExp>>, report: Report): Restore[] {
  return Object.entries(names).flatMap(([name, wanted]) => {
    const module = require(`node:${name}`) as Record<string, unknown>;
    const keys = Object.keys(module).filter((key) => wanted.test(key) && typeof module[key] === 'function');
    return keys.map((key) => on(module, key, `${name}.${key}`, report));
  });
}

/** Puts something that reports in the place of a function. Whatever the function has itself stays. */
function on(target: object, key: string, name: string, report: Report): Restore {
  const original = Reflect.get(target, key) as (...words: unknown[]) => unknown;
  return replace(
    target,
    key,
    new Proxy(original, {
      apply(call, self, words: unknown[]) {
        report(name, typeof words[0] === 'string' ? words[0] : '');
        return Reflect.apply(call, self, words);
      },
    }),
  );
}

function clock(report: Report): Restore {
  const watched = new Proxy(Date, {
    construct(target, words: unknown[], newTarget) {
      if (words.length === 0) report('new Date()', '');
      return Reflect.construct(target, words, newTarget) as object;
    },
    apply(target, self, words) {
      report('Date()', '');
      return Reflect.apply(target, self, words) as unknown;
    },
    get(target, key, receiver) {
      if (key === 'now') report('Date.now', '');
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return replace(globalThis, 'Date', watched);
}

function environment(report: Report): Restore {
  const told = (key: string | symbol): void => {
    if (typeof key === 'string') report(`process.env.${key}`, '');
  };
  const watched = new Proxy(process.env, {
    get(target, key) {
      told(key);
      return Reflect.get(target, key) as unknown;
    },
    has(target, key) {
      told(key);
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      told('*');
      return Reflect.ownKeys(target);
    },
  });
  return replace(process, 'env', watched);
}

function replace(target: object, key: string, value: unknown): Restore {
  const before = Object.getOwnPropertyDescriptor(target, key);
  Object.defineProperty(target, key, {
    value,
    configurable: true,
    writable: true,
    enumerable: before?.enumerable ?? true,
  });
  return () => {
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Object.defineProperty(target, key, before);
  };
}
