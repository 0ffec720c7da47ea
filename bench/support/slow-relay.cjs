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
  const onTheWay = [];
  // Timers of different length do not fire in the order in which they end: one at a time, or pieces change places.
  const arrive = () => {
    while (onTheWay.length > 0 && onTheWay[0].at <= performance.now()) {
      const { chunk } = onTheWay.shift();
      if (chunk === null) to.end();
      else to.write(chunk);
    }
    if (onTheWay.length > 0) setTimeout(arrive, onTheWay[0].at - performance.now());
  };
  const send = (chunk, at) => {
    if (onTheWay.push({ chunk, at: at + Number(delay) / 2 }) === 1)
      setTimeout(arrive, at + Number(delay) / 2 - performance.now());
  };
  from.on('data', (chunk) => {
    seen();
    const now = performance.now();
    free = rate ? Math.max(now, free) + chunk.length / (Number(rate) * 125) : now;
    send(chunk, free);
    if (free - now < AHEAD) return;
    from.pause();
    setTimeout(() => from.resume(), free - now - AHEAD);
  });
  from.on('end', () => send(null, Math.max(free, performance.now())));
  from.on('error', () => process.exit(0));
  to.on('error', () => process.exit(0));
}

later(process.stdin, socket, () => log && appendFileSync(log, `> ${performance.now().toFixed(1)}\n`));
later(socket, process.stdout, () => log && appendFileSync(log, `< ${performance.now().toFixed(1)}\n`));
socket.on('close', () => setTimeout(() => process.exit(0), Number(delay)));
