/** Signs of our own texts that a terminal or a mail without Unicode cannot show, by others of as many columns where rows are aligned. */
const SIGNS: Readonly<Record<string, string>> = {
  '✓': '*',
  '✗': 'x',
  '○': 'o',
  '↑': '^',
  '↓': 'v',
  '←': '<',
  '→': '->',
  '…': '~',
  '├': '|',
  '└': '`',
  '│': '|',
  '─': '-',
  '’': "'",
  '‘': "'",
};

const ANY = new RegExp(`[${Object.keys(SIGNS).join('')}]`, 'gu');

/** The text with signs of ASCII in place of ours. Names of the user are not ours: they stay, but for these signs in them. */
export function toAscii(text: string): string {
  return text.replaceAll(' …', ' ...').replaceAll(ANY, (sign) => SIGNS[sign] ?? sign);
}
