import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeExecutor } from 'nbkp/testkit';
import { API_VERSION, type Executor } from 'nbkp/executor';
import { notify } from '../src/hook.ts';

interface Heard {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real receiver on this machine. It answers 500 below /broken. */
let server: Server;
let heard: Heard[] = [];
let base = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      heard.push({ path: request.url ?? '', headers: request.headers, body });
      response.statusCode = request.url?.startsWith('/broken') === true ? 500 : 200;
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => (heard = []));
afterAll(() => server.close());

const runner = { describe, it, beforeAll, afterAll };

describeExecutor(
  {
    executor: notify,
    world: {
      spec: (root) => `version = 1
        volumes.laptop.path = "${root}/laptop"
        volumes.usb.path = "${root}/usb"
        syncs.docs = { source = "laptop:docs", destination = "usb:docs" }
        [[notify.to]]
        kind = "healthchecks"
        url-id = "address"
        [[notify.to]]
        kind = "webhook"
        url = "${base}/hook"
        on = ["success", "failure"]`,
      make: (root) => {
        mkdirSync(join(root, 'laptop/docs'), { recursive: true });
        mkdirSync(join(root, 'usb'));
        writeFileSync(join(root, 'laptop/docs/file'), 'content');
        const before = heard.length;
        return {
          sound: () => undefined,
          finished: () => expect(heard.slice(before).map(({ path }) => path)).toContain('/hook'),
        };
      },
      recurring: ['transfer', 'notify'],
      reliesOnFacts: false,
    },
  },
  runner,
);
