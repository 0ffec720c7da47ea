/*
 * Looks at HTML files in a real browser: in light and in dark, on a phone and in print.
 * `node test/support/axe.js BROWSER FILE…` prints a line of JSON for each look: what breaks WCAG 2.2 AA by axe, how many rules
 * held, by how many pixels the page is wider than the window, and whether the last day of the calendar is seen at once.
 */
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  print: { media: 'print' },
};

const LAST_DAY_IS_SEEN = `[...document.querySelectorAll('.calendar thead th:last-child')].every((each) => {
  const { left, right } = each.getBoundingClientRect();
  return left >= 0 && right <= document.documentElement.clientWidth;
})`;

const [executablePath, ...files] = process.argv.slice(2);
// Chromium does not start in its sandbox for root.
const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath, args });
for (const file of files)
  for (const [look, options] of Object.entries(LOOKS))
    console.log(JSON.stringify({ file, look, ...(await seen(file, options)) }));
await browser.close();

async function seen(file, { media, ...options }) {
  // The page itself runs no script; this lets axe in.
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.emulateMedia({ media });
  await page.goto(pathToFileURL(file).href);
  await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate((values) => globalThis.axe.run({ runOnly: values }), RULES);
  const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  const today = await page.evaluate(LAST_DAY_IS_SEEN);
  await context.close();
  const broken = violations.map(({ id, help, nodes }) => ({ id, help, html: nodes[0].html, nodes: nodes.length }));
  return { broken, held: passes.length, wider, today };
}
