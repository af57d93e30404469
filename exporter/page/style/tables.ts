// The style sheet's tables, and the form that searches them.
export const tables = `table { width: 100%; border-collapse: collapse; font-size: 0.93rem; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.3rem; }
th, td { padding: 0.42rem 0.9rem 0.42rem 0; text-align: left; vertical-align: top; font-weight: 400; }
thead th { color: var(--quiet); font-size: 0.87rem; white-space: nowrap; border-bottom: 1px solid var(--line); vertical-align: bottom; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
th.number, td.number { padding-right: 1.4rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th a { color: inherit; text-decoration: none; }
thead th a:hover { text-decoration: underline; }
thead th[aria-sort] { color: var(--text); font-weight: 600; }
.scroll { overflow-x: auto; }
.scroll th, .scroll td { min-width: 5rem; }
.scroll .text { min-width: 13rem; }
.scroll tbody th { min-width: min(17rem, 46vw); }
.scroll .number { min-width: 0; }
.scroll .word { white-space: nowrap; }
td.line { width: 30%; min-width: 5rem; padding-top: 0.95rem; }
td.number > .bar, td.number > span > .bar { margin-top: 0.25rem; min-width: 4rem; height: 4px; }
table.bars th { width: auto; }
table.bars td.number { width: 1%; }
table.bars th, table.bars td { padding-block: 0.25rem; border: 0; }
table.bars td.line { padding-top: 0.75rem; }
.pairs span { white-space: nowrap; margin-right: 0.9em; color: var(--quiet); }
.pairs b { color: var(--text); font-weight: 500; font-variant-numeric: tabular-nums; }
table.changes { background: none; }
.accounts .label { display: none; }
.accounts tbody tr:hover > * { background: var(--sunken); }
.accounts tbody th { min-width: 11rem; }
.accounts th a { font-weight: 600; text-decoration: none; }
.accounts thead th a { font-weight: inherit; }
.accounts th a:hover { text-decoration: underline; }
.accounts .id { display: block; font: 0.82rem/1.4 var(--mono); color: var(--quiet); }
.accounts .code { display: block; font-size: 0.85rem; color: var(--quiet); padding-left: 0.5em; }
.accounts .words span { display: block; white-space: nowrap; }
.missing { color: var(--bad); }
.unmanaged { color: var(--warn); }
.changed { color: var(--accent); }
.search { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.6rem; margin-bottom: 0.9rem; }
.search label { color: var(--quiet); font-size: 0.9rem; }
.search input, .search select, .search button { font: inherit; color: inherit; padding: 0.3rem 0.6rem; border: 1px solid color-mix(in srgb, var(--quiet) 65%, var(--card)); border-radius: 6px; background: var(--card); min-height: 2.3rem; }
.search input { flex: 1 1 14rem; max-width: 26rem; min-width: 0; }
.search button { background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; padding-inline: 1rem; cursor: pointer; }
.pager { display: flex; justify-content: center; gap: 1.4rem; margin-top: 1rem; }
`;
