/** Complete lines; empty for none. */
export function linesText(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** What is there of some texts of complete lines, an empty line between two. */
export function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

/** What is there of some blocks of lines, an empty line between two. */
export function blocksText(blocks: readonly (readonly string[])[]): string {
  return joinTexts(blocks.map(linesText));
}

/** Lines under a title; empty for none. */
export function sectionText(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : linesText([title, ...lines]);
}
