/**
 * What a version has in the changelog, below its heading `## VERSION`, which a date may follow; null when there is none.
 *
 * @param {string} text of CHANGELOG.md
 * @param {string} version
 */
export function entryOf(text, version) {
  const sections = text.split(/^## /m).slice(1);
  const found = sections.find((section) => section.split(/\s/, 1)[0] === version);
  return found === undefined ? null : `## ${found.trimEnd()}\n`;
}
