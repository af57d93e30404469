// The style sheet on a phone, where a row of the accounts becomes a card, and on paper.
export const surroundings = `@media (max-width: 56rem) {
  section { padding: 0.9rem; }
  .tiles { grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.6rem; }
  .tile { padding: 0.7rem 0.8rem; }
  .tile .figure { font-size: 1.5rem; }
  .tile:first-child { grid-column: 1 / -1; }
  .accounts, .accounts tbody, .accounts tr, .accounts th, .accounts td { display: block; }
  .accounts thead tr { display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; padding-bottom: 0.5rem; border-bottom: 1px solid var(--line); }
  .accounts thead th { border: 0; padding: 0.2rem 0; }
  .accounts tbody tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.4rem, 1fr)); gap: 0.35rem 0.8rem; padding: 0.7rem 0; }
  .accounts tbody tr + tr { border-top: 1px solid var(--line); }
  .accounts tbody tr + tr > * { border-top: 0; }
  .accounts tbody th { grid-column: 1 / -1; padding: 0; }
  .accounts tbody td { padding: 0; text-align: left; }
  .accounts tbody tr:hover > * { background: none; }
  .accounts .label { display: block; color: var(--quiet); font-size: 0.8rem; line-height: 1.3; }
  .accounts .code { padding-left: 0; }
  .accounts td:has(> span > .none) { display: none; }
  .accounts .id { display: inline; margin-left: 0.4em; }
  .accounts .words span { white-space: normal; }
  .accounts td.number > span > .bar { max-width: 8rem; }
  .search input { flex-basis: 100%; max-width: none; }
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
@media print {
  :root { --back: #fff; --card: #fff; --sunken: #fff; --text: #000; --quiet: #444; --line: #bbb; }
  body { font-size: 10pt; }
  .top nav, .search, .pager, .skip, .contents, .crumbs { display: none; }
  section, .tile, .concerns li, figure, tr { break-inside: avoid; }
  #accounts, #resources, #drift, #tags, #unseen { break-inside: auto; }
  .scroll { overflow: visible; }
  svg, .badge, .dot { print-color-adjust: exact; }
}
`;
