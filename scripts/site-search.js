/*
 * Adds to a site of `scripts/site.js` what needs more than pages: a search in the text (Pagefind, whose index and script are
 * files of the site; nothing is fetched from elsewhere) and colours in commands and TOML (highlight.js, done here).
 *
 *   npm run site                        makes .cache/site, and this
 *   node scripts/site-search.js DIR     of the site in DIR
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import hljs from 'highlight.js/lib/common';
import { close, createIndex } from 'pagefind';

const site = process.argv[2] ?? join(import.meta.dirname, '..', '.cache', 'site');
/** Languages of docs/ by the name that highlight.js has for them; others stay as they are. */
const LANGUAGES = {
  sh: 'bash',
  bash: 'bash',
  console: 'shell',
  toml: 'ini',
  json: 'json',
  ts: 'typescript',
  js: 'javascript',
  yaml: 'yaml',
  diff: 'diff',
  ini: 'ini',
};
const COLOURS = `<style>.hljs-comment,.hljs-meta{color:#6a6a6a}.hljs-string,.hljs-addition{color:#0a6b2e}.hljs-keyword,.hljs-built_in,.hljs-section{color:#8a1c7c}
.hljs-attr,.hljs-attribute{color:#0b4f9c}.hljs-number,.hljs-literal,.hljs-deletion{color:#a33c00}@media(prefers-color-scheme:dark){.hljs-comment,.hljs-meta{color:#9a9a9a}
.hljs-string,.hljs-addition{color:#8fd19e}.hljs-keyword,.hljs-built_in,.hljs-section{color:#e6a5dd}.hljs-attr,.hljs-attribute{color:#9cc4f5}.hljs-number,.hljs-literal,.hljs-deletion{color:#f0b08a}
:root{--pagefind-ui-text:#ddd;--pagefind-ui-background:#181818;--pagefind-ui-border:#444;--pagefind-ui-primary:#8bf}}#search{--pagefind-ui-scale:.7}#search input::placeholder{opacity:.7}</style>`;

const pages = readdirSync(site, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.html'));
const { index, errors } = await createIndex();
if (index === undefined) throw new Error(errors.join('\n'));
for (const name of pages) {
  const file = join(site, name);
  const html = finished(readFileSync(file, 'utf8'));
  writeFileSync(file, html);
  failed(await index.addHTMLFile({ sourcePath: name, content: html }));
}
failed(await index.writeFiles({ outputPath: join(site, 'pagefind') }));
await close();
console.log(`${pages.length} pages can be searched in ${site}`);

function failed({ errors: found }) {
  if (found.length > 0) throw new Error(found.join('\n'));
}

function finished(html) {
  return html
    .replace(/<!--search in (.*?)-->/, (_, root) => {
      const from = `${root}/pagefind`;
      const start = `addEventListener('DOMContentLoaded',()=>new PagefindUI({element:'#search',showImages:false,showSubResults:true,resetStyles:false}))`;
      return `<link rel="stylesheet" href="${from}/pagefind-ui.css"><script src="${from}/pagefind-ui.js"></script><script>${start}</script>${COLOURS}`;
    })
    .replace(/<code class="language-(\w+)">([^]*?)<\/code>/g, (block, language, text) => {
      const known = LANGUAGES[language];
      if (known === undefined) return block;
      const { value } = hljs.highlight(plain(text), { language: known });
      return `<code class="language-${language}">${value}</code>`;
    });
}

/** The text that marked has escaped. */
function plain(html) {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
