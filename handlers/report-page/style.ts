/** The look of the report, for light and dark screens. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6b7c; --paper: #ffffff; --line: #d6dde6; --accent: #2f6fde;
  --good: #1f9d63; --bad: #d24545; --other: #c2700c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --soft: #9aa8ba; --paper: #151a21; --line: #313b49;
  --accent: #6aa2ff; --good: #3fc98a; --bad: #f07575; --other: #f0a850; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 820px;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 0 0 .6rem; }
section { border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; margin: 1rem 0; overflow-x: auto; }
table { border-collapse: collapse; margin-bottom: .8rem; }
th { text-align: left; white-space: nowrap; font-weight: 500; color: var(--soft); padding: .12rem 1.2rem .12rem 0; vertical-align: top; }
td { padding: .12rem 1.2rem .12rem 0; overflow-wrap: anywhere; } table.grid td { font-variant-numeric: tabular-nums; }
.status { font-size: .8rem; border-radius: 99px; padding: .1rem .6rem; margin-left: .4rem; color: var(--paper); }
.status.good { background: var(--good); } .status.bad { background: var(--bad); }
.row { display: flex; flex-wrap: wrap; gap: 2rem; } svg { max-width: 100%; height: auto; }
svg text { fill: var(--ink); font-size: 13px; } svg .small { font-size: 12px; fill: var(--soft); }
svg .middle, svg .number { text-anchor: middle; } svg .end { text-anchor: end; } svg .number { font-size: 20px; font-weight: 600; }
svg .good { fill: var(--good); } svg .bad { fill: var(--bad); } svg .bar { fill: var(--accent); }
svg .frame { fill: none; stroke: var(--line); } svg .chance { stroke: var(--soft); stroke-dasharray: 4 4; fill: none; }
svg .dot { fill: var(--accent); fill-opacity: .45; } svg .count { text-anchor: middle; font-size: 13px; }
svg .curve { stroke: var(--accent); stroke-width: 2.5; fill: none; }
svg .curve.second { stroke: var(--other); } svg .curve.third { stroke: var(--soft); stroke-dasharray: 2 3; }
svg .curve.guess { stroke: var(--soft); } svg .bar.guess { fill: var(--soft); }
svg .name { font-size: 12px; fill: var(--accent); } svg .name.second { fill: var(--other); } svg .name.third { fill: var(--soft); }
.error { border-left: 4px solid var(--bad); padding-left: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
`;
