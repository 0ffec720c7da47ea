/*
 * A ProxyCommand for ssh that behaves like a long way: what goes in comes out half of the delay later, in each direction.
 * The file in the third argument gets the milliseconds at which each piece went towards the server.
 *
 *   node slow-relay.cjs PORT DELAY_MS LOG
 */
const { appendFileSync } = require('node:fs');
const { connect } = require('node:net');

const [, , port, delay, log] = process.argv;
const socket = connect(Number(port), '127.0.0.1');
socket.setNoDelay(true);

function later(from, to, seen) {
  from.on('data', (chunk) => {
    seen();
    setTimeout(() => to.write(chunk), Number(delay) / 2);
  });
  from.on('end', () => setTimeout(() => to.end(), Number(delay) / 2));
  from.on('error', () => process.exit(0));
  to.on('error', () => process.exit(0));
}

later(process.stdin, socket, () => log && appendFileSync(log, `> ${performance.now().toFixed(1)}\n`));
later(socket, process.stdout, () => log && appendFileSync(log, `< ${performance.now().toFixed(1)}\n`));
socket.on('close', () => setTimeout(() => process.exit(0), Number(delay)));
