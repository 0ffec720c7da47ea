/*
 * Loaded into a measured Node with `--require`: writes the most memory that it ever had, in KiB. From /proc, because
 * getrusage(2) also counts what the process that started it had.
 */
'use strict';
const { readFileSync, writeFileSync } = require('fs');

process.on('exit', () => {
  const [, kib] = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'latin1'));
  writeFileSync(process.env.BENCH_PEAK_MEMORY, kib);
});
