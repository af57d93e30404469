// The style sheet's pieces: tiles, badges, bars, what needs attention, plots, facts.
export const pieces = `.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 0.8rem; margin-top: 1.2rem; }
.tile { display: flex; flex-direction: column; padding: 0.9rem 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tile dt { color: var(--quiet); font-size: 0.9rem; }
.tile .figure { font-size: 1.9rem; font-weight: 650; line-height: 1.2; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.tile .line { min-height: 6px; margin: 0.35rem 0 0.45rem; display: flex; }
.tile .notes { display: flex; flex-wrap: wrap; gap: 0 0.9rem; font-size: 0.87rem; color: var(--quiet); }
.tile .notes a { text-decoration: none; color: inherit; }
.tile .notes a:hover { text-decoration: underline; }
.notes a.ok { color: var(--ok); }
.notes a.warn { color: var(--warn); }
.notes a.bad { color: var(--bad); }
.bar { display: block; width: 100%; height: 6px; border-radius: 3px; overflow: hidden; }
.fill-rest { fill: var(--rest); background: var(--rest); }
.fill-ok { fill: var(--ok-fill); background: var(--ok-fill); }
.fill-warn { fill: var(--warn-fill); background: var(--warn-fill); }
.fill-bad { fill: var(--bad-fill); background: var(--bad-fill); }
.fill-idle { fill: var(--quiet); background: var(--quiet); opacity: 0.55; }
.fill-accent { fill: var(--accent-fill); background: var(--accent-fill); }
.badge { display: inline-flex; align-items: baseline; gap: 0.35em; padding: 0 0.5em; border-radius: 1em; font-size: 0.87rem; font-weight: 600; white-space: nowrap; color: var(--quiet); background: var(--sunken); }
.badge .sign { font-size: 0.75em; }
.badge.ok { color: var(--ok); background: color-mix(in srgb, var(--ok) 10%, var(--card)); }
.badge.warn { color: var(--warn); background: color-mix(in srgb, var(--warn) 10%, var(--card)); }
.badge.bad { color: var(--bad); background: color-mix(in srgb, var(--bad) 10%, var(--card)); }
.banner, .callout { margin-top: 1rem; padding: 0.7rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--quiet); border-radius: 6px; background: var(--card); display: grid; gap: 0.25rem; }
.banner { margin: 0 0 1rem; border-left-color: var(--bad); }
.callout.warn { border-left-color: var(--warn); }
.callout.bad { border-left-color: var(--bad); }
section .callout { margin: 0 0 0.8rem; background: var(--sunken); }
.remedy { color: var(--quiet); }
.concerns { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 0.8rem; }
.concerns li { padding: 0.7rem 0.9rem; border: 1px solid var(--line); border-left: 3px solid var(--warn); border-radius: 6px; font-size: 0.93rem; display: flex; flex-direction: column; gap: 0.2rem; }
.concerns li.bad { border-left-color: var(--bad); }
.concerns .what { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.15rem 0.5rem; font-size: 0.95rem; }
.concerns .who { margin-top: auto; padding-top: 0.2rem; }
details { margin-top: 0.8rem; }
summary { cursor: pointer; color: var(--accent); width: fit-content; }
details[open] > summary { margin-bottom: 0.7rem; }
details.list > summary { color: var(--text); }
.trends { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15.5rem, 100%), 1fr)); gap: 1.2rem 1.8rem; }
.trends figure { max-width: 27rem; }
figure { display: flex; flex-direction: column; }
figcaption { display: grid; margin-bottom: auto; }
figcaption strong { font-size: 0.95rem; }
.legend { font-size: 0.87rem; color: var(--quiet); }
.legend span { white-space: nowrap; margin-right: 0.7em; }
.legend b { color: var(--text); font-variant-numeric: tabular-nums; }
.dot { display: inline-block; width: 0.62em; height: 0.62em; border-radius: 50%; margin-right: 0.35em; }
.plot { display: block; margin-top: 0.3rem; width: 100%; height: auto; overflow: visible; color: var(--quiet); font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; font-variant-numeric: tabular-nums; }
.plot text { white-space: pre; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1.2rem 2rem; }
.panel h3 { margin-bottom: 0.4rem; }
.panel > .legend { margin-top: 0.5rem; }
.heading { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.9rem; }
.heading h1 { max-height: 10rem; overflow: auto; }
.crumbs { margin-bottom: 0.5rem; color: var(--quiet); font-size: 0.9rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 45%), 1fr)); gap: 0.8rem 1.5rem; margin-top: 1.1rem; }
.facts div:last-child { grid-column: 1 / -1; }
.facts dt, .tallies dt { color: var(--quiet); font-size: 0.87rem; }
.contents { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; margin-top: 1.2rem; padding-top: 0.8rem; border-top: 1px solid var(--line); }
.tallies { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; margin-bottom: 0.4rem; }
.tallies dd { font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; }
.codes code { display: inline-block; padding: 0.05rem 0.45rem; margin: 0.1rem 0.1rem; border: 1px solid var(--line); border-radius: 5px; background: var(--sunken); }
.change { margin-top: 0.9rem; }
.lack { margin-right: 0.4em; color: var(--bad); }
`;
