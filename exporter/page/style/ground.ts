// The style sheet's ground: colours in light and dark, type, and the frame of a page.
export const ground = `:root {
  color-scheme: light dark;
  --back: #f5f6f8;
  --card: #ffffff;
  --sunken: #f0f2f5;
  --text: #18202c;
  --quiet: #566072;
  --line: #dfe3e9;
  --rest: #e4e8ee;
  --accent: #2353bd;
  --ok: #17693f;
  --warn: #8f5200;
  --bad: #b3261e;
  --idle: #566072;
  --ok-fill: #2f9a63;
  --warn-fill: #c9860f;
  --bad-fill: #d0443c;
  --accent-fill: #3f6fd8;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0e131a;
    --card: #161d27;
    --sunken: #1b2430;
    --text: #e3e8ef;
    --quiet: #9ba8b9;
    --line: #293341;
    --rest: #2a3443;
    --accent: #82aaff;
    --ok: #56c48f;
    --warn: #e0a646;
    --bad: #ff8a80;
    --idle: #9ba8b9;
    --ok-fill: #3fae7a;
    --warn-fill: #d09a3a;
    --bad-fill: #e5736a;
    --accent-fill: #6c98f5;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0;
  background: var(--back);
  color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, p, dl, dd, ul, figure { margin: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; letter-spacing: -0.01em; }
h2 { font-size: 1.1rem; line-height: 1.3; }
h3 { font-size: 0.95rem; }
ul { padding: 0; list-style: none; }
code { font: 0.88em/1.45 var(--mono); user-select: all; }
time { white-space: nowrap; }
.skip { position: absolute; left: -100vw; top: 0; padding: 0.5rem 1rem; background: var(--card); z-index: 1; }
.skip:focus { left: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.top, main, footer { max-width: 82rem; margin: 0 auto; padding-inline: clamp(0.9rem, 3vw, 2rem); }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 2rem; padding-block: 0.8rem; }
.brand { display: inline-flex; align-items: center; gap: 0.55rem; color: var(--text); font-weight: 650; text-decoration: none; }
.brand svg { width: 1.35rem; height: 1.35rem; }
.brand rect { fill: var(--accent); }
.brand path { fill: none; stroke: var(--card); stroke-width: 2; stroke-linecap: round; }
.top nav { display: flex; flex-wrap: wrap; gap: 0.25rem 0.25rem; }
.top nav a { padding: 0.25rem 0.65rem; border-radius: 6px; color: var(--quiet); text-decoration: none; }
.top nav a:hover { color: var(--text); background: var(--rest); }
.top nav a[aria-current] { color: var(--text); background: var(--rest); font-weight: 600; }
main { padding-block: 0.8rem 2.5rem; }
footer { padding-block: 1rem 2rem; color: var(--quiet); font-size: 0.87rem; border-top: 1px solid var(--line); }
.lead { margin-top: 0.35rem; color: var(--quiet); }
.lead code { color: var(--text); }
.notice { max-width: 40rem; margin: 12vh auto; display: grid; gap: 0.8rem; }
section { margin-top: 1.6rem; padding: 1.1rem 1.2rem 1.2rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
section > header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.1rem 1rem; margin-bottom: 0.8rem; }
.aside, .idle, .hint, .more, .empty { color: var(--quiet); }
.aside, .more { font-size: 0.9rem; }
.hint { margin-top: 1.2rem; }
section .hint { margin-top: 0.4rem; }
.more { margin-top: 0.6rem; }
.none { color: var(--quiet); }
`;
