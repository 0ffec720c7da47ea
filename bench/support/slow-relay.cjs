/*
 * A ProxyCommand for ssh that behaves like a long way: what goes in comes out half of the delay later, in each direction.
 * The file in the third argument gets the milliseconds at which each piece went towards the server.
 *
 * With a fourth argument no more than so many Mbit/s get through in each direction.
 *
 *   node slow-relay.cjs PORT DELAY_MS LOG [MBIT_PER_S]
 */
const { appendFileSync } = require('node:fs');
const { connect } = require('node:net');

const [, , port, delay, log, rate] = process.argv;
/** How far ahead of the link a sender may be, in milliseconds. */
const AHEAD = 50;
const socket = connect(Number(port), '127.0.0.1');
socket.setNoDelay(true);

function later(from, to, seen) {
  let free = 0;
  from.on('data', (chunk) => {
    seen();
    const now = performance.now();
    free = rate ? Math.max(now, free) + chunk.length / (Number(rate) * 125) : now;
    setTimeout(() => to.write(chunk), free - now + Number(delay) / 2);
    if (free - now < AHEAD) return;
    from.pause();
    setTimeout(() => from.resume(), free - now - AHEAD);
  });
  from.on('end', () => setTimeout(() => to.end(), Math.max(0, free - performance.now()) + Number(delay) / 2));
  from.on('error', () => process.exit(0));
  to.on('error', () => process.exit(0));
}

later(process.stdin, socket, () => log && appendFileSync(log, `> ${performance.now().toFixed(1)}\n`));
later(socket, process.stdout, () => log && appendFileSync(log, `< ${performance.now().toFixed(1)}\n`));
socket.on('close', () => setTimeout(() => process.exit(0), Number(delay)));
