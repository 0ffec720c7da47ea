const NOTICED = ['Killed', 'Timeout'];
const MISSED = ['Survived', 'NoCoverage'];

/** Each change that no test noticed, and for each path the share of those that one did. */
export function summary(seed, samples, results) {
  const missed = results.filter(({ status }) => MISSED.includes(status));
  const order = (a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1);
  return [...missed.sort(order).map(describe), ...samples.map((sample) => figures(seed, sample, results))].join('\n');
}

function figures(seed, { path, total, size }, results) {
  const within = results.filter(({ file }) => file === path || file.startsWith(`${path}/`));
  const count = (states) => within.filter(({ status }) => states.includes(status)).length;
  const [noticed, missed] = [count(NOTICED), count(MISSED)];
  const judged = noticed + missed;
  const rate = judged === 0 ? '' : `, ${((noticed / judged) * 100).toFixed(1)} %`;
  return `${path}: seed ${seed}, ${size} of ${total} picked, ${within.length} tried, ${noticed} of ${judged} noticed${rate}`;
}

function describe({ file, line, column, original, replacement, status }) {
  const how = status === 'NoCoverage' ? 'no test gets there' : 'no test notices';
  return `${file}:${line}:${column}  ${how}\n  - ${short(original)}\n  + ${short(replacement)}\n`;
}

function short(text) {
  return text.replace(/\s+/g, ' ').slice(0, 160);
}
