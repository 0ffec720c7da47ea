/*
 * Makes a small static site of README.md and docs/, in a folder that is made anew: one page for each file, the same
 * links, no scripts and nothing from elsewhere. Fails when a link leads nowhere.
 *
 *   npm run site            in .cache/site
 *   npm run site -- DIR     in DIR, which must not be there
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Marked } from 'marked';

const root = join(import.meta.dirname, '..');
const DEFAULT = join(root, '.cache', 'site');
const STYLE = `body{max-width:60rem;margin:0 auto;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:#222;background:#fff}
nav a{margin-right:1rem;white-space:nowrap}pre{overflow:auto;background:#f4f4f4;padding:.75rem}table{border-collapse:collapse;display:block;overflow:auto}
td,th{border:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}pre{background:#242424}a{color:#8bf}}`;

const target = process.argv[2] ?? DEFAULT;
if (target === DEFAULT) rmSync(target, { recursive: true, force: true });
if (existsSync(target)) fail([`${target} is there already: name a folder that is not`]);
else build(sources());

/** Paths of all pages below the root. */
function sources() {
  const docs = readdirSync(join(root, 'docs'), { recursive: true }).map(String);
  return ['README.md', ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)].sort();
}

function build(paths) {
  const pages = new Map(paths.map((path) => [path, render(path)]));
  const broken = paths.flatMap((path) => brokenLinks(path, pages));
  if (broken.length > 0) return fail(broken);
  for (const [path, { html }] of pages) {
    const file = join(target, pageOf(path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, html);
  }
  console.log(`${pages.size} pages in ${target}`);
}

function fail(lines) {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}

/** The README is the first page. */
function pageOf(path) {
  return path === 'README.md' ? 'index.html' : path.replace(/\.md$/, '.html');
}

/** A page with its links as they are written, and the names of its headings as GitHub gives them. */
function render(path) {
  const links = [];
  const anchors = new Set();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        let anchor = text
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-');
        for (let count = 1; anchors.has(anchor); count += 1) anchor = `${anchor.replace(/-\d+$/, '')}-${count}`;
        anchors.add(anchor);
        return `<h${depth} id="${anchor}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
    walkTokens(token) {
      if (token.type !== 'link' || /^[a-z]+:/.test(token.href)) return;
      links.push(token.href);
      token.href = hrefOf(path, token.href);
    },
  });
  const body = marked.parse(readFileSync(join(root, path), 'utf8'));
  return { html: page(path, body), links, anchors };
}

/** A link to a file that is no page leads to where it is in the repository. */
function hrefOf(path, href) {
  const [file = '', anchor] = href.split('#');
  const to = file === '' ? path : posix.join(posix.dirname(path), file);
  const isPage = to === 'README.md' || (to.startsWith('docs/') && to.endsWith('.md'));
  const there = isPage ? pageOf(to) : to;
  const relative = posix.relative(posix.dirname(pageOf(path)), there);
  return anchor === undefined ? relative : `${relative}#${anchor}`;
}

function brokenLinks(path, pages) {
  return pages.get(path).links.flatMap((href) => {
    const [file = '', anchor] = href.split('#');
    const to = file === '' ? path : posix.join(posix.dirname(path), file);
    if (!existsSync(join(root, to))) return [`${path}: ${href} leads nowhere`];
    const known = pages.get(to)?.anchors;
    const isThere = anchor === undefined || known === undefined || known.has(anchor);
    return isThere ? [] : [`${path}: ${href} names no heading of ${to}`];
  });
}

function page(path, body) {
  const title = /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1] ?? 'nbkp';
  const home = posix.relative(posix.dirname(pageOf(path)), 'index.html');
  const links = sources().map((other) => {
    const name = other === 'README.md' ? 'nbkp' : posix.basename(other, '.md').replaceAll('-', ' ');
    return `<a href="${posix.relative(posix.dirname(pageOf(path)), pageOf(other)) || home}">${name}</a>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title.replace(/<[^>]+>/g, '')}</title>
<style>${STYLE}</style></head><body><nav>${links.join('\n')}</nav><main>
${body}</main></body></html>
`;
}
