/*
 * Makes a small static site of README.md and docs/, in a folder that is made anew: one page for each file, the same
 * links, no scripts and nothing from elsewhere. Fails when a link leads nowhere, or a page is in no group.
 * `scripts/site-search.js`, which `npm run site` starts behind it, adds a search and colours.
 *
 *   node scripts/site.js         in .cache/site
 *   node scripts/site.js DIR     in DIR, which must not be there
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Marked } from 'marked';

const root = join(import.meta.dirname, '..');
const DEFAULT = join(root, '.cache', 'site');
/** The pages in the order of use. A page that is here in no group is told, so that none is left out of the list. */
const GROUPS = [
  ['First steps', ['README', 'getting-started', 'new-drive', 'from-python-nbkp']],
  ['Setting up', ['spec', 'drives', 'file-systems', 'ssh', 'schedule', 'script', 'tray-icon']],
  ['Every day', ['looking-after', 'commands', 'findings', 'performance']],
  ['For scripts and reviews', ['reviewing', 'plan-format', 'api']],
  [
    'For contributors',
    ['architecture', 'writing-an-executor', 'providing-a-volume', 'testing-an-executor', 'testing', 'decisions/'],
  ],
];

const STYLE = readFileSync(join(import.meta.dirname, 'site.css'), 'utf8');

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
  const lost = paths
    .filter((path) => groupOf(path) === undefined)
    .map((path) => `${path} is in no group of the site: add it to GROUPS in scripts/site.js`);
  const broken = [...lost, ...paths.flatMap((path) => brokenLinks(path, pages))];
  if (broken.length > 0) return fail(broken);
  for (const [path, rendered] of pages) {
    const file = join(target, pageOf(path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page(path, rendered, pages));
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
  const headings = [];
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        let anchor = text
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-');
        for (let count = 1; anchors.has(anchor); count += 1) anchor = `${anchor.replace(/-\d+$/, '')}-${count}`;
        anchors.add(anchor);
        const html = this.parser.parseInline(tokens);
        headings.push({ depth, anchor, html: html.replace(/<\/?a\b[^>]*>/g, '') });
        return `<h${depth} id="${anchor}">${html}</h${depth}>\n`;
      },
    },
    walkTokens(token) {
      if (token.type !== 'link' || /^[a-z]+:/.test(token.href)) return;
      links.push(token.href);
      token.href = hrefOf(path, token.href);
    },
  });
  const body = marked.parse(readFileSync(join(root, path), 'utf8'));
  return { body, links, anchors, headings };
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

/** The group that lists a page: by its name, or by its folder. */
function groupOf(path) {
  const name = path.replace(/^docs\//, '').replace(/\.md$/, '');
  return GROUPS.find(([, names]) => names.some((each) => (each.endsWith('/') ? name.startsWith(each) : name === each)));
}

function page(path, { body, headings }, pages) {
  const title = titleOf(headings);
  const to = (other) => posix.relative(posix.dirname(pageOf(path)), pageOf(other)) || posix.basename(pageOf(path));
  const root = posix.relative(posix.dirname(pageOf(path)), '.') || '.';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<style>${STYLE}</style><!--search in ${root}--></head><body><a class="skip" href="#page">To the text</a>
<header><a href="${to('README.md')}">nbkp</a><div id="search"></div><a class="jump" href="#pages">All pages</a></header>
<div class="columns"><nav id="pages" aria-label="Pages"><details open><summary>All pages</summary>${groupsOf(path, pages, to)}</details></nav>
<main id="page" data-pagefind-body${path === 'docs/findings.md' ? ' class="sentences"' : ''}>
${body}</main>${contentsOf(headings)}</div></body></html>
`;
}

function titleOf(headings) {
  return (headings.find(({ depth }) => depth === 1)?.html ?? 'nbkp').replace(/<[^>]+>/g, '');
}

/** Folders are closed unless the page is in it: there are many decisions. */
function groupsOf(path, pages, to) {
  const entry = (other) => {
    const current = other === path ? ' aria-current="page"' : '';
    return `<li><a href="${to(other)}"${current}>${titleOf(pages.get(other).headings)}</a></li>`;
  };
  return GROUPS.map(([group, names]) => {
    const items = names.flatMap((name) => {
      if (!name.endsWith('/')) return pages.has(fileOf(name)) ? entry(fileOf(name)) : [];
      const inside = [...pages.keys()].filter((other) => other.startsWith(`docs/${name}`));
      const open = path.startsWith(`docs/${name}`) ? ' open' : '';
      return `<li><details${open}><summary>${name.slice(0, -1)}</summary><ul>${inside.map(entry).join('')}</ul></details></li>`;
    });
    return `<h2>${group}</h2><ul>${items.join('')}</ul>`;
  }).join('');
}

function fileOf(name) {
  return name === 'README' ? 'README.md' : `docs/${name}.md`;
}

/** What is on the page, of two levels. */
function contentsOf(headings) {
  const shown = headings.filter(({ depth }) => depth === 2 || depth === 3);
  if (shown.length < 2) return '';
  const items = shown.map(
    ({ depth, anchor, html }) => `<li class="level${depth}"><a href="#${anchor}">${html}</a></li>`,
  );
  return `<aside aria-label="On this page"><details open><summary>On this page</summary><ul>${items.join('')}</ul></details></aside>`;
}
