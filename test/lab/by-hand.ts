import { createInterface } from 'node:readline/promises';
import { Machine } from './machine.ts';
import { whyNoLab } from './why-no-lab.ts';

const FUNCTIONS = 'make_drive NAME SIZE · luks DEVICE PASSPHRASE · plug NAME · unplug NAME · device_of NAME';

await main();

async function main(): Promise<void> {
  const reason = whyNoLab();
  if (reason !== null) {
    console.error(`The lab cannot be started: ${reason}.`);
    process.exitCode = 1;
    return;
  }
  console.log('Starting …');
  const machine = await Machine.start();
  console.log(`Each line runs in the machine, in a shell of its own. At hand: ${FUNCTIONS}`);
  console.log(`A command of this machine in the lab's network: nsenter --net=${machine.network} ping 10.77.0.2`);
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: 'lab# ' });
  lines.prompt();
  for await (const line of lines) {
    const { code, stdout, stderr } = await machine.run(line);
    process.stdout.write(stdout + stderr + (code === 0 ? '' : `(${code ?? 'killed'})\n`));
    lines.prompt();
  }
  await machine.stop();
}
