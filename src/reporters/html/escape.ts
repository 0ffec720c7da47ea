const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text for an element or an attribute in double quotes: nothing in it can become markup. It has to be sanitised. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** A table with a title; cells are markup. */
export function htmlTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = head.map((each) => `<th scope="col">${each}</th>`).join('');
  const body = rows.map(([first = '', ...cells]) => {
    return `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return scrolling(
    title,
    `<table><caption>${html(title)}</caption><thead><tr>${heads}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`,
  );
}

/** What may be wider than a phone scrolls by itself, with keys too. `newest`: it is shown from its right end. */
export function scrolling(title: string, content: string, more: '' | 'newest' = ''): string {
  return `<div class="${`wide ${more}`.trim()}" role="region" tabindex="0" aria-label="${html(title)}">${content}</div>`;
}
