/** Of the report. Every colour on its ground has the contrast that WCAG 2.2 AA asks for, light and dark. */
export const CSS = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c1f23; --dim: #555b63; --line: #c9ced6; --panel: #f4f6f8;
  --good: #0b6b2e; --bad: #a31515; --halted: #7a4b00; --bar: #2f6db5; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #15181c; --text: #e7eaee; --dim: #aab1ba; --line: #444b54; --panel: #1f242a;
    --good: #6fd28d; --bad: #ff9a92; --halted: #f0b65c; --bar: #7fb2ec; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--ground); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0; } .dim { color: var(--dim); }
.good { color: var(--good); } .bad { color: var(--bad); } .halted { color: var(--halted); }
.verdict { border-left: .4rem solid currentColor; padding: .5rem 1rem; background: var(--panel); }
.wide { overflow-x: auto; } .wide:focus-visible, summary:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
table { border-collapse: collapse; min-width: 100%; } caption { text-align: left; color: var(--dim); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
td, tbody th { min-width: 7rem; }
.calendar th, .calendar td { padding: .15rem .1rem; text-align: center; min-width: 1.5rem; overflow-wrap: normal; } .calendar tbody th { text-align: left; min-width: 5rem; }
.newest { direction: rtl; } .newest table { direction: ltr; }
.newest caption span { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2rem); }
.newest th:first-child { position: sticky; left: 0; background: var(--ground); }
code { font-family: ui-monospace, monospace; font-size: .9em; }
summary { cursor: pointer; padding: .4rem 0; }
svg { width: 40rem; max-width: 100%; height: auto; } svg text { fill: var(--text); font-size: 12px; }
.line { fill: none; stroke: var(--bar); stroke-width: 2; } .then { stroke-dasharray: 5 4; } .axis { stroke: var(--line); }
@media print {
  :root { color-scheme: light; --ground: #fff; --text: #000; --dim: #333; --line: #999; --panel: #fff; --good: #0b6b2e;
    --bad: #a31515; --halted: #7a4b00; --bar: #2f6db5; }
  details::details-content { content-visibility: visible; block-size: auto; }
  body { max-width: none; padding: 0; font-size: 10pt; } .wide { overflow: visible; } tr, .verdict { break-inside: avoid; }
}
`;
