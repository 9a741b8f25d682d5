// The dashboard's stylesheet, served by the app at /dashboard.css: paper and ink, one accent, light and dark.
// A string, so that every bundler and runtime takes it as it is.
import { createHash } from 'node:crypto'

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f8f6f1;
  --card: #ffffff;
  --pop: #ffffff;
  --ink: #25221d;
  --soft: #6d675d;
  --faint: #8f887c;
  --line: #e9e4da;
  --accent: #9c4f00;
  --stroke: #c97a12;
  --wash: #e9a23b2b;
  --bar: #fbeed8;
  --bar-hover: #f6dfb8;
  --good: #23774a;
  --bad: #b3372f;
  --land: #ece7dc;
  --shade0: #f5f2ec;
  --shade1: #f8e3c0;
  --shade2: #f0c888;
  --shade3: #e2a34b;
  --shade4: #c97a12;
  --shade5: #974f02;
  --shadow: 0 1px 2px #5a461e0f, 0 6px 24px #5a461e0d;
  --above: 0 6px 24px #3c2f1526;
  --radius: 12px;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a;
    --card: #1c1f25;
    --pop: #262a32;
    --ink: #ece8e1;
    --soft: #a29e96;
    --faint: #7c7a75;
    --line: #2c3038;
    --accent: #f3b65c;
    --stroke: #eba43f;
    --wash: #eba43f24;
    --bar: #3a2f1d;
    --bar-hover: #4b3c22;
    --good: #63c48d;
    --bad: #f0847b;
    --land: #2e323a;
    --shade0: #23272e;
    --shade1: #46371f;
    --shade2: #6d5126;
    --shade3: #9b6f2b;
    --shade4: #cc9135;
    --shade5: #f7c573;
    --shadow: 0 1px 2px #0004;
    --above: 0 8px 28px #0009;
  }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  background: var(--paper);
  color: var(--ink);
  font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Open Sans", sans-serif;
  font-variant-numeric: tabular-nums;
  -webkit-font-smoothing: antialiased;
}
a { color: inherit; text-decoration: none; }
a:focus-visible, summary:focus-visible, button:focus-visible, input:focus-visible {
  outline: 2px solid var(--stroke); outline-offset: 2px; border-radius: 6px;
}
h1, h2, b, th { font-weight: 600; }
ul, ol { list-style: none; }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
.page { max-width: 1152px; margin: 0 auto; padding: 20px 24px 56px; }
.hint, .none { color: var(--soft); font-size: 13px; }

/* Top */
.top { display: flex; flex-wrap: wrap; gap: 12px 24px; align-items: center; justify-content: space-between; margin-bottom: 20px; }
.brand { display: flex; align-items: center; gap: 11px; min-width: 0; }
.brand > a { display: flex; }
.site { font-size: 18px; letter-spacing: -.01em; overflow-wrap: anywhere; }
.mark .dial { fill: #f5b04a; }
.mark .shadow { fill: #8a4b0d; opacity: .55; }
.mark .gnomon { fill: none; stroke: #3b1d03; stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; }
.menu { position: relative; }
.menu > summary { display: flex; align-items: center; gap: 6px; }
.menu > summary::after { content: ""; width: 5px; height: 5px; margin: -3px 2px 0; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; transform: rotate(45deg); }
.menu > ul, .menu > form {
  position: absolute; z-index: 5; top: calc(100% + 8px); min-width: 200px; padding: 8px;
  background: var(--pop); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--above);
}
.sites > ul { left: 0; max-height: 60vh; overflow: auto; }
.sites li a { display: block; padding: 6px 10px; border-radius: 7px; }
.sites li a:hover { background: var(--bar); }
.sites li a[aria-current] { color: var(--accent); }

/* Period */
.period { display: flex; flex-wrap: wrap; gap: 8px 10px; align-items: center; margin-left: auto; font-size: 14px; }
.when { display: flex; align-items: center; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.period summary { padding: 4px 10px; border-radius: 8px; white-space: nowrap; }
.period summary span { color: var(--soft); }
.when summary b { color: var(--accent); }
.period ~ .account, .period ~ .corner { margin-left: 0; }
.top > .period ~ .corner:first-of-type { margin-left: 0; }
.against summary { color: var(--soft); }
.step { display: inline-grid; place-items: center; flex: none; width: 30px; height: 30px; border-radius: 8px; font-size: 19px; line-height: 1; padding-bottom: 3px; color: var(--ink); }
.step.off { color: var(--line); }
.step:hover:not(.off), .period summary:hover { background: var(--bar); }
.pop { position: absolute; z-index: 6; top: calc(100% + 8px); right: 0; padding: 10px; background: var(--pop); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--above); }
.picker { display: flex; gap: 14px; }
.presets { min-width: 170px; }
.presets a { display: flex; justify-content: space-between; gap: 16px; padding: 5px 10px; border-radius: 7px; white-space: nowrap; }
.presets a:hover { background: var(--bar); }
.presets [aria-current] { color: var(--accent); font-weight: 600; }
.key, kbd { min-width: 20px; padding: 0 5px; border: 1px solid var(--line); border-radius: 5px; font: 11px/18px ui-sans-serif, system-ui, "Open Sans", sans-serif; text-align: center; color: var(--soft); }
.presets .key { align-self: center; }
.chosen { width: 244px; padding-left: 14px; border-left: 1px solid var(--line); }
.month { display: flex; align-items: center; justify-content: space-between; }
.calendar table { margin: 2px 0; table-layout: fixed; font-size: 13.5px; }
.calendar th, .calendar td { height: 31px; padding: 0; border: 0; text-align: center; }
.calendar th:first-child { text-align: center; }
.calendar td > * { display: block; line-height: 29px; border-radius: 7px; }
.calendar td .off { color: var(--soft); font-size: 11.5px; }
.calendar td a:hover { background: var(--bar-hover); }
.calendar .in { background: var(--bar); border-radius: 0; color: var(--accent); }
.calendar .end { border-radius: 7px; background: var(--accent); color: var(--card); font-weight: 600; }
.calendar [aria-current="date"] { box-shadow: inset 0 -2px var(--stroke); }
.calendar .hint { font-size: 12px; }
.pop form { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 10px; padding-top: 10px; border-top: 1px solid var(--line); }
.pop label { display: grid; gap: 2px; font-size: 12px; color: var(--soft); }
.pop input { min-width: 0; padding: 4px 6px; font-size: 13px; }
.pop button { grid-column: 1 / -1; padding: 5px 12px; }
.against form { grid-template-columns: 1fr; }
input, button, .button {
  font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 6px 10px;
}
button, .button { display: inline-block; background: var(--accent); border-color: var(--accent); color: var(--card); font-weight: 600; padding: 7px 14px; cursor: pointer; }
button:hover, .button:hover { filter: brightness(1.08); }

/* Filter */
.filter { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin-bottom: 14px; }
.chip { display: inline-flex; align-items: center; gap: 5px; max-width: 100%; padding: 3px 4px 3px 12px; background: var(--bar); color: var(--accent); border-radius: 99px; font-size: 14px; }
.chip b { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.chip a { display: grid; place-items: center; flex: none; width: 24px; height: 24px; border-radius: 50%; font-size: 17px; line-height: 1; padding-bottom: 2px; }
.chip a:hover { background: var(--bar-hover); }
.note { margin: 20px 0 0; padding: 10px 16px; border: 1px solid var(--line); border-radius: var(--radius); color: var(--soft); font-size: 14px; }

/* Totals */
.overview, .panel, .empty { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); }
.totals { display: flex; flex-wrap: wrap; padding: 8px 10px 0; }
.totals li { flex: 1 1 0; min-width: 128px; position: relative; }
.totals li > a, .totals li:not(:has(> a)) { display: block; padding: 12px 14px 10px; border-radius: 9px; }
.totals li:has(> a) { padding: 0; }
.totals a:hover { background: var(--paper); }
.totals .name { display: block; font-size: 13px; color: var(--soft); white-space: nowrap; }
.totals b { display: block; font-size: 27px; line-height: 1.25; letter-spacing: -.02em; white-space: nowrap; }
.totals b.words { font-size: 19px; line-height: 34px; letter-spacing: -.01em; }
.totals small { display: block; font-size: 12.5px; color: var(--soft); }
.totals .change { display: block; }
.totals.changes small { min-height: 40px; }
.totals .drawn .name { color: var(--accent); font-weight: 600; }
.totals .drawn::after { content: ""; position: absolute; left: 14px; right: 14px; bottom: 0; height: 2px; border-radius: 2px; background: var(--stroke); max-width: 44px; }
.change { font-weight: 600; white-space: nowrap; }
.good { color: var(--good); }
.bad { color: var(--bad); }
.same { color: var(--soft); }

/* Chart */
.overview > .none { padding: 28px 24px 32px; }
.overview > .hint { padding: 0 24px 14px; }
.overview > .compared { padding: 10px 24px 0; }
.chart { padding: 14px 24px 12px; }
.plot { position: relative; }
.plot svg { display: block; overflow: visible; }
.grid { stroke: var(--line); stroke-width: 1; }
.plot text { fill: var(--soft); font-size: 12px; }
.scale { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
.area { fill: var(--wash); }
.line, .before, .dot { fill: none; stroke: var(--stroke); stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; vector-effect: non-scaling-stroke; }
.line.running { stroke-dasharray: 1 5; }
.before { stroke: var(--faint); stroke-width: 1.5; stroke-dasharray: 4 4; stroke-linecap: butt; }
.dot { stroke-width: 8; }
.dot.open { stroke-width: 4; stroke: var(--card); }
.granularities { display: flex; gap: 2px; justify-content: flex-end; padding: 10px 24px 0; font-size: 13px; color: var(--soft); }
.granularities a { padding: 1px 8px 2px; border-radius: 6px; }
.granularities a:hover { color: var(--ink); background: var(--paper); }
.granularities [aria-current] { color: var(--accent); font-weight: 600; background: var(--bar); }
.granularities + .chart { padding-top: 8px; }
.compared + .granularities { margin-top: -24px; padding-top: 0; }
.plot:focus-visible { outline: 2px solid var(--stroke); outline-offset: 3px; border-radius: 6px; }
.plot { touch-action: pan-y; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.plot .mark { stroke: var(--accent); stroke-width: 1; stroke-dasharray: 2 3; }
.flag { fill: var(--accent); }
.tips .said { max-width: 260px; margin-top: 4px; padding-top: 4px; border-top: 1px solid var(--line); color: var(--accent); white-space: normal; }
.numbers th small { display: block; color: var(--accent); }
.noted-days { display: flex; flex-wrap: wrap; gap: 2px 18px; padding: 0 24px 14px; font-size: 13px; color: var(--soft); }
.noted-days b { color: var(--ink); }
.noted-days li { overflow-wrap: anywhere; }
.noted-days a { color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }
.notes form { display: grid; grid-template-columns: auto auto minmax(0, 1fr) auto auto; gap: 8px; padding: 10px 0; border-bottom: 1px solid var(--line); }
.notes select, .notes input { font-size: 14px; }
.notes select { padding: 6px 8px; font-family: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.quiet { background: none; border-color: var(--line); color: var(--accent); }
.tips { position: absolute; inset: 14px 0 26px; display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; }
.tips > * { position: relative; }
.tips:not([data-read]) > :hover::before, .tips > [data-at]::before { content: ""; position: absolute; inset: 0 auto 0 50%; border-left: 1px solid var(--faint); }
.tips span {
  display: none; position: absolute; z-index: 3; top: 6px; padding: 8px 12px; pointer-events: none; white-space: nowrap;
  background: var(--pop); border: 1px solid var(--line); border-radius: 9px; box-shadow: var(--above); font-size: 13px; line-height: 1.45;
}
.tips:not([data-read]) > :hover span, .tips > [data-at] span { display: block; }
.tips .left span { left: calc(50% + 8px); }
.tips .right span { right: calc(50% + 8px); }
.tips .middle span { left: 50%; transform: translateX(-50%); }
.tips em { display: block; font-style: normal; color: var(--soft); }
.tips b { display: block; font-size: 15px; }
figcaption { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: flex-start; justify-content: space-between; padding-top: 8px; font-size: 12.5px; color: var(--soft); }
.legend i { display: inline-block; width: 20px; vertical-align: middle; border-top: 2px solid var(--stroke); margin-right: 2px; }
.legend i.dashed { border-top: 2px dashed var(--faint); }
.legend i.dotted { border-top: 2px dotted var(--stroke); }
.numbers { margin-left: auto; }
.numbers summary { text-align: right; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: 3px; }
.numbers[open] { width: 100%; }
.numbers[open] table { margin-top: 8px; }

/* Shortcuts */
.sheet { width: min(640px, calc(100vw - 32px)); margin: auto; padding: 24px 28px; background: var(--pop); color: var(--ink); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--above); }
.sheet::backdrop { background: #0006; }
.sheet h1, .sheet h2 { margin-bottom: 12px; font-size: 15.5px; }
.sheet .close { position: absolute; top: 16px; right: 18px; width: 32px; height: 32px; padding: 0; background: none; border: 0; color: var(--soft); font-size: 20px; }
dialog.sheet { position: fixed; }
.keys { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 36px; }
.keys section:first-child { grid-row: span 2; }
.sheet .keys h2 { margin-bottom: 4px; font-size: 13px; font-weight: 600; color: var(--soft); }
.keys dl > div { display: flex; justify-content: space-between; gap: 12px; padding: 4px 0; border-bottom: 1px solid var(--line); font-size: 14px; }
.keys dd { display: flex; gap: 4px; align-items: center; }
.keys .hint { grid-column: 1 / -1; margin-top: 8px; }

/* Tables */
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { padding: 6px 8px; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child { text-align: left; word-break: break-word; }
td { white-space: nowrap; }
tbody th { font-weight: 400; }
tbody th a:hover { color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }
thead th { color: var(--soft); font-weight: 500; font-size: 13px; }
.reasons th, .reasons td { vertical-align: baseline; }
.reasons th:first-child { width: 36%; padding-left: 0; }
.reasons th:last-child, .reasons td:last-child { width: 54%; padding-left: 32px; text-align: left; white-space: normal; }
.reasons span { display: inline-block; min-width: 84px; white-space: nowrap; }
.reasons small { color: var(--soft); }

/* Panels */
.panels { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px; margin-top: 20px; }
.panel { display: flex; flex-direction: column; min-width: 0; padding: 16px 20px 14px; scroll-margin-top: 12px; }
.panel > header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; justify-content: space-between; margin-bottom: 10px; }
h2, .panel > header h1 { font-size: 15.5px; letter-spacing: -.005em; }
.panel nav { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 13.5px; color: var(--soft); }
.panel nav a { padding: 1px 0 2px; }
.panel nav a:hover { color: var(--ink); }
.panel nav [aria-current] { color: var(--accent); font-weight: 600; box-shadow: 0 2px 0 -.5px var(--stroke); }
.panel > header:has(nav + nav) h2 { margin-right: auto; }
.panel nav + nav { padding-left: 15px; border-left: 1px solid var(--line); }
.no-goals { margin-top: 20px; }
.no-goals a { color: var(--accent); text-decoration: underline; text-decoration-color: var(--stroke); text-underline-offset: 3px; }
.columns { display: flex; justify-content: space-between; margin-bottom: 4px; font-size: 12.5px; color: var(--soft); }
.columns .n { padding-right: 54px; }
.rows { display: grid; grid-template-columns: minmax(0, 1fr) auto auto 46px; gap: 3px 8px; font-size: 14px; }
.rows li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: center; min-height: 32px; }
.rows li > * { grid-row: 1; grid-column: 1; }
.rows li > b { grid-column: 3; }
.rows li > small { grid-column: 4; }
.rows li > em { grid-column: 2; padding-left: 6px; font-style: normal; font-size: 12px; color: var(--soft); text-align: right; }
.rows b { text-align: right; }
.rows b { font-weight: 600; }
.rows small { font-size: 13px; color: var(--soft); text-align: right; }
.value { position: relative; display: flex; align-items: center; gap: 8px; height: 32px; min-width: 0; padding: 0 10px; }
.value svg { position: absolute; inset: 0; }
.value rect { fill: var(--bar); }
.rows li:hover rect { fill: var(--bar-hover); }
.value > :not(svg) { position: relative; }
.value > a, .value > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.value > a::after { content: ""; position: absolute; inset: -6px 0; }
.value > a:hover { text-decoration: underline; text-decoration-color: var(--stroke); text-underline-offset: 3px; }
.value i { flex: none; width: 25px; font: 600 10.5px/18px ui-sans-serif, system-ui, "Open Sans", sans-serif; letter-spacing: .04em; text-align: center; color: var(--soft); background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
.value em { flex: none; padding: 0 7px; font-style: normal; font-size: 12px; color: var(--accent); border: 1px solid var(--stroke); border-radius: 99px; }
.rows .other, .other th, .other td { color: var(--soft); }
.rows .other b { font-weight: 400; }
.rows .other > .value { grid-column: 1 / 3; }
.panel > .none { padding: 20px 0 28px; max-width: 44ch; }
.panel > footer .why { text-decoration: underline; text-decoration-color: var(--faint); text-underline-offset: 3px; white-space: nowrap; }
.panel > footer .ways { display: flex; gap: 14px; margin-left: auto; color: var(--accent); font-weight: 600; white-space: nowrap; }
.panel > footer { display: flex; gap: 4px 20px; align-items: end; justify-content: space-between; margin-top: auto; padding-top: 10px; font-size: 12.5px; color: var(--soft); }
.panel > footer [download] { color: var(--soft); font-weight: 500; }
.panel > footer a:hover { text-decoration: underline; text-underline-offset: 3px; }

.panel.whole { grid-column: 1 / -1; }
.places { display: grid; grid-template-columns: minmax(0, 1.75fr) minmax(0, 1fr); gap: 12px 32px; align-items: center; }
.world { display: block; width: 100%; }
.world path, .world circle { fill: var(--land); stroke: var(--card); stroke-width: .6; stroke-linejoin: round; }
.world a:hover path, .world a:hover circle { stroke: var(--ink); stroke-width: 1.2; }
.world .shade1, i.shade1 { fill: var(--shade1); background: var(--shade1); }
.world .shade2, i.shade2 { fill: var(--shade2); background: var(--shade2); }
.world .shade3, i.shade3 { fill: var(--shade3); background: var(--shade3); }
.world .shade4, i.shade4 { fill: var(--shade4); background: var(--shade4); }
.world .shade5, i.shade5 { fill: var(--shade5); background: var(--shade5); }
.shades { display: inline-flex; gap: 3px; align-items: center; }
.shades i { width: 14px; height: 10px; border-radius: 2.5px; }
.shades i:first-of-type { margin-left: 4px; }
.shades i:last-of-type { margin-right: 4px; }
.week { flex: 1; table-layout: fixed; border-collapse: separate; border-spacing: 2px; font-size: 12px; }
.week th, .week td { padding: 0; border: 0; }
.week thead td, .week tbody th { width: 38px; }
.week thead th { height: 20px; text-align: left; font-size: 12px; overflow: visible; white-space: nowrap; vertical-align: bottom; }
.week thead th span { display: inline-block; width: 0; }
.week tbody th { color: var(--soft); }
.week abbr { text-decoration: none; }
.week tbody tr { height: 28px; }
.week tbody td { border-radius: 4px; background: var(--shade0); }
.week td.shade { background: none; box-shadow: inset 0 0 0 1px var(--line); }
.week td.shade1 { background: var(--shade1); }
.week td.shade2 { background: var(--shade2); }
.week td.shade3 { background: var(--shade3); }
.week td.shade4 { background: var(--shade4); }
.week td.shade5 { background: var(--shade5); }
.week tbody td:hover, .week tbody td:focus { box-shadow: 0 0 0 1.5px var(--ink); outline: 0; }
.week[role=grid] { touch-action: pan-y; }
.week { position: relative; }
.week tbody td:focus::after {
  content: attr(title); content: attr(title) / ""; position: absolute; z-index: 3; left: 38px; right: 0; transform: translateY(calc(-100% - 18px));
  box-sizing: border-box; width: max-content; max-width: calc(100% - 38px); padding: 5px 10px; margin-right: auto;
  pointer-events: none; text-align: left; white-space: normal; color: var(--ink);
  background: var(--pop); border: 1px solid var(--line); border-radius: 9px; box-shadow: var(--above); font-size: 13px; line-height: 1.45;
}
.week tbody td:nth-child(n+9):focus::after { margin-left: auto; }
.week tbody td:nth-child(n+18):focus::after { margin-right: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.between { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; justify-content: space-between; margin-top: 20px; }
.between a { color: var(--accent); text-decoration: underline; text-decoration-color: var(--stroke); text-underline-offset: 3px; }
.found { margin-top: 20px; }
.find { display: flex; gap: 6px; }
.find input { width: 250px; max-width: 100%; min-width: 0; font-size: 14px; padding: 5px 10px; }
.find button { font-size: 14px; padding: 5px 12px; background: var(--card); border-color: var(--line); color: var(--soft); }
.find button:hover { color: var(--accent); filter: none; }
.panel thead a:hover { color: var(--accent); }
[aria-sort] a { color: var(--ink); font-weight: 600; }
[aria-sort="descending"] a::after { content: " ↓"; }
[aria-sort="ascending"] a::after { content: " ↑"; }
td small { color: var(--soft); font-size: 12.5px; }
.pages { display: flex; justify-content: space-between; margin-top: 12px; padding-top: 12px; border-top: 1px solid var(--line); }
.panel .pages a { color: var(--accent); font-weight: 600; }

/* Prose */
.prose { display: grid; gap: 14px; max-width: 72ch; margin: 8px auto 0; padding: 28px 34px 32px; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); }
.prose h2 { font-size: 22px; letter-spacing: -.015em; }
.prose h3 { margin-top: 10px; font-size: 15.5px; font-weight: 600; scroll-margin-top: 16px; }
.prose a { color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }
.prose td, .prose thead th { text-align: left; white-space: normal; }
.prose th { word-break: normal; }

/* Foot, empty */
.foot { display: grid; gap: 10px; margin-top: 28px; font-size: 13px; color: var(--soft); max-width: 76ch; }
.foot summary { display: inline-block; text-decoration: underline; text-decoration-color: var(--faint); text-underline-offset: 3px; }
.tag { margin: 10px 0; padding: 12px 14px; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper); border: 1px solid var(--line); border-radius: 9px; font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--ink); user-select: all; }
.foot .tag { background: var(--card); }
.empty { max-width: 680px; margin: 8vh auto; padding: 32px 36px; display: grid; gap: 12px; }
.empty h1, .empty h2 { font-size: 22px; letter-spacing: -.015em; }
.empty p { color: var(--soft); }
.empty p b, .empty p code { color: var(--ink); }
.empty .hint { margin-left: 12px; }
.foot p a, .foot details a, .empty p a:not(.button) { color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }

@media (max-width: 760px) {
  .page { padding: 14px 14px 40px; }
  .top { gap: 12px 14px; margin-bottom: 14px; }
  .top { position: relative; }
  .top > .period ~ .corner:first-of-type { margin-left: auto; }
  .period { order: 9; width: 100%; }
  .when { flex: 1 1 auto; justify-content: space-between; }
  .period .menu { position: static; }
  .period summary { padding: 4px 6px; }
  .pop { left: 0; right: 0; width: auto; }
  .picker { flex-direction: column; }
  .picker .presets { display: grid; grid-template-columns: 1fr 1fr; }
  .presets .key { display: none; }
  .chosen { width: auto; padding: 10px 0 0; border-left: 0; border-top: 1px solid var(--line); }
  .calendar td > * { line-height: 34px; }
  .calendar th, .calendar td { height: 36px; }
  .noted-days { padding: 0 16px 12px; }
  .notes form { grid-template-columns: 1fr 1fr; }
  .notes form > [name=text] { grid-column: 1 / -1; }
  .granularities, .compared + .granularities { margin: 0; padding: 10px 16px 0; }
  .wide { display: none; }
  .totals { display: grid; grid-template-columns: 1fr 1fr; padding: 6px; }
  .totals li > a, .totals li:not(:has(> a)) { padding: 9px 10px 8px; }
  .totals b { font-size: 23px; }
  .totals b.words { font-size: 17px; line-height: 29px; }
  .totals .drawn::after { left: 10px; }
  .overview > .none, .overview > .hint { padding-left: 16px; padding-right: 16px; }
  .chart { padding: 12px 14px 10px; }
  .plot .minor { display: none; }
  .plot .edge { text-anchor: start; }
  .panels { grid-template-columns: minmax(0, 1fr); gap: 14px; margin-top: 14px; }
  .panel { padding: 14px 14px 12px; }
  .places { grid-template-columns: minmax(0, 1fr); }
  .week { border-spacing: 1px; }
  .week thead td, .week tbody th { width: 30px; }
  .week tbody tr { height: 22px; }
  .week tbody td { border-radius: 2px; }
  .between { margin-top: 14px; }
  .find { width: 100%; }
  .find input { flex: 1; font-size: 16px; }
  .prose { padding: 20px 18px; }
  th, td { padding: 6px 5px; }
  th:first-child { padding-left: 0; }
  th:last-child, td:last-child { padding-right: 0; }
  .reasons thead { display: none; }
  .reasons tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; border-bottom: 1px solid var(--line); }
  .reasons th, .reasons td { border: 0; }
  .reasons th:first-child, .reasons th:last-child, .reasons td:last-child { width: auto; }
  .reasons td:last-child { grid-column: 1 / -1; padding: 0 0 8px; }
  .reasons td:empty { display: none; }
  .empty { padding: 22px 20px; margin: 4vh auto; }
  .empty .hint { display: block; margin: 8px 0 0; }
}
@media (max-width: 520px) { .keys { grid-template-columns: 1fr; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }

/* Paper */
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc; --shadow: none; --accent: #7a3d06; --bar: #f3ead9; --wash: #e9a23b2b; }
  .page { max-width: none; padding: 0; }
  .page > .top:has(.period) { display: flex; }
  .step, .against summary::after, .menu > summary::after, .settings, .corner, .account, .find, .granularities, .numbers, .tips, .sheet, .chip a, .panel nav a:not([aria-current]), .foot details { display: none; }
  .when { border: 0; }
  .overview, .panel { break-inside: avoid; }
  .page { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}

/* Forms */
.narrow { max-width: 460px; margin: 24px auto 0; padding: 28px 30px 30px; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); box-shadow: var(--shadow); }
.narrow h1 { font-size: 20px; margin-bottom: 6px; }
.narrow .lead { color: var(--soft); margin-bottom: 18px; }
.narrow > p + p { margin-top: 10px; }
.narrow > h2 { font-size: 17px; margin-bottom: 6px; }
.narrow > form + form { margin-top: 22px; padding-top: 18px; border-top: 1px solid var(--line); }
.narrow p a:not(.button), .orphans a { color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }
.narrow > form + p { margin-top: 16px; }
.orphans { margin: 10px 0; }
.orphans li { font-weight: 600; }
.qr { display: block; width: 240px; max-width: 100%; margin: 0 auto 14px; border-radius: 8px; }
.codes { font-size: 16px; line-height: 1.75; }
@media print { .top, .narrow .button { display: none; } .narrow { border: 0; box-shadow: none; } }
.form { display: grid; gap: 16px; margin-top: 16px; }
.form .button { justify-self: start; }
.field { display: grid; gap: 5px; font-weight: 600; font-size: 14px; }
.field input, .field select, .field textarea {
  width: 100%; padding: 9px 11px; font: inherit; font-size: 16px; font-weight: 400; color: var(--ink);
  background: var(--paper); border: 1px solid var(--faint); border-radius: 8px;
}
.field small { font-weight: 400; font-size: 13px; color: var(--soft); }
.refused { padding: 10px 14px; border: 1px solid var(--bad); border-radius: 8px; color: var(--bad); font-size: 14px; }
.refused li { list-style: disc; margin-left: 16px; }
.account { margin-left: auto; }
.account > ul { right: 0; }
.account li a, .account li button { display: block; width: 100%; padding: 6px 10px; border: 0; border-radius: 7px; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer; }
.account li a:hover, .account li button:hover { background: var(--bar); }

/* Sites and their settings */
.corner { padding: 3px 0; color: var(--soft); font-size: 14px; }
.corner:hover { color: var(--ink); }
.corner + .account { margin-left: 0; }
.top > .corner:first-of-type { margin-left: auto; }
.over-sites, .sites-of { max-width: 820px; margin: 0 auto 20px; }
.over-sites { font-size: 20px; margin-bottom: 14px; }
.sites-of > header { align-items: center; }
.sites-of li { display: grid; grid-template-columns: minmax(0, 1fr) 88px auto; gap: 4px 16px; align-items: baseline; padding: 11px 0; border-top: 1px solid var(--line); }
.sites-of .site-name { font-weight: 600; overflow-wrap: anywhere; }
.sites-of .site-name:hover, .ways a:hover { color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }
.sites-of small, .ways { font-size: 13.5px; color: var(--soft); }
.ways { display: flex; gap: 16px; }
.beside { display: grid; grid-template-columns: 190px minmax(0, 1fr); gap: 28px; align-items: start; max-width: 940px; margin: 0 auto; }
.beside nav { position: sticky; top: 16px; font-size: 14.5px; }
.beside nav a { display: block; padding: 6px 12px; border-radius: 8px; color: var(--soft); }
.beside nav a:hover { color: var(--ink); background: var(--bar); }
.beside nav [aria-current] { color: var(--accent); background: var(--bar); font-weight: 600; }
.setting { margin-bottom: 20px; padding: 20px 24px 22px; }
.setting .note { margin: 0; }
.setting .form { margin-top: 6px; }
.setting > p, .setting > ul, .setting > table { margin-bottom: 12px; }
.setting .hint a { color: var(--accent); text-decoration: underline; text-underline-offset: 3px; }
.setting.done { max-width: 640px; margin: 24px auto; }
.saved { color: var(--good); font-size: 14px; font-weight: 600; }
.field textarea { resize: vertical; line-height: 1.45; }
.field textarea:focus-visible, .field select:focus-visible { outline: 2px solid var(--stroke); outline-offset: 2px; }
fieldset.field { border: 0; gap: 10px; }
.field legend { margin-bottom: 8px; }
.tick { display: flex; gap: 10px; align-items: baseline; font-size: 15px; font-weight: 400; }
.tick b { font-size: 14.5px; }
.tick small { display: block; font-size: 13px; color: var(--soft); }
.field .tick input, .tick input { flex: none; width: 17px; height: 17px; padding: 0; accent-color: var(--accent); transform: translateY(3px); }
.button.danger { background: var(--bad); border-color: var(--bad); }
.quiet { padding: 3px 10px; background: none; border-color: var(--line); color: var(--soft); font-weight: 400; font-size: 14px; }
.quiet:hover { color: var(--ink); border-color: var(--faint); }
.links li { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: center; padding: 9px 0; border-top: 1px solid var(--line); }
.links b { overflow-wrap: anywhere; font-weight: 600; }
.links small { color: var(--soft); font-size: 13.5px; }
.links form { margin-left: auto; }
.made { margin-bottom: 12px; padding: 12px 14px 4px; border: 1px solid var(--stroke); border-radius: 9px; }
.plan li { list-style: disc; margin-left: 18px; }
.going td { text-align: left; white-space: normal; }
.going td::first-letter { text-transform: uppercase; }
.receipt caption { padding: 4px 0 6px; text-align: left; font-size: 13.5px; color: var(--soft); overflow-wrap: anywhere; }
@media (max-width: 760px) {
  .beside { grid-template-columns: minmax(0, 1fr); gap: 14px; }
  .beside nav { position: static; }
  .beside nav ul { display: flex; flex-wrap: wrap; gap: 4px; }
  .beside nav a { padding: 5px 10px; background: var(--card); border: 1px solid var(--line); font-size: 14px; }
  .setting { margin-bottom: 14px; padding: 16px 16px 18px; }
  .sites-of li { grid-template-columns: minmax(0, 1fr) auto; }
  .sites-of .ways { grid-column: 1 / -1; }
}

/* Organizations */
.whose { padding: 0 12px 8px; font-size: 16px; overflow-wrap: anywhere; }
.members > li { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr) auto; gap: 4px 20px; padding: 12px 0; border-top: 1px solid var(--line); }
.members small { display: block; font-size: 13.5px; color: var(--soft); overflow-wrap: anywhere; }
.badge { margin-left: 7px; padding: 0 7px; font-size: 12px; color: var(--accent); border: 1px solid var(--stroke); border-radius: 99px; }
.quietly > summary { display: inline-block; color: var(--soft); font-size: 14px; text-decoration: underline; text-decoration-color: var(--faint); text-underline-offset: 3px; }
.quietly > summary:hover { color: var(--ink); }
.quietly > form { margin-top: 12px; }
.quietly > form > p { margin-bottom: 10px; }
.members > li > .quietly[open] { grid-column: 1 / -1; }
.members .form + .form { padding-top: 14px; border-top: 1px dashed var(--line); gap: 8px; }
.links form { margin-left: auto; }
.log li { display: grid; grid-template-columns: 168px minmax(0, 1fr); gap: 2px 18px; padding: 11px 0; border-top: 1px solid var(--line); font-size: 14.5px; }
.log time, .log small { font-size: 13.5px; color: var(--soft); }
.log p { overflow-wrap: anywhere; }
.log .where { margin-left: 8px; color: var(--soft); }
.sieve { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center; margin-bottom: 14px; font-size: 14px; color: var(--soft); }
.sieve label { display: flex; gap: 7px; align-items: center; min-width: 0; }
.sieve select { max-width: 100%; min-width: 0; padding: 4px 8px; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.turn { display: flex; justify-content: space-between; padding-top: 12px; border-top: 1px solid var(--line); font-size: 14px; }
.turn a, .setting > header a { color: var(--accent); font-weight: 600; }
.turn a[rel] { margin-left: auto; }
.scrolls { overflow-x: auto; }
.scrolls th:first-child { min-width: 112px; }
.scrolls + .form { margin-top: 16px; }
.setting > :last-child { margin-bottom: 0; }
.inform dt { font-weight: 600; font-size: 14px; }
.inform dd { margin-bottom: 10px; color: var(--soft); overflow-wrap: anywhere; }
@media (max-width: 760px) {
  .members > li { grid-template-columns: minmax(0, 1fr); }
  .log li { grid-template-columns: minmax(0, 1fr); }
  .whose { padding: 0 2px 6px; }
  .scrolls :is(th, td) { padding: 6px 3px; font-size: 12.5px; }
  .scrolls th:first-child { min-width: 96px; padding-left: 0; }
}

/* Reports, health */
.column { max-width: 720px; margin: 0 auto; }
.links li > div { display: flex; gap: 10px; margin-left: auto; }
.state { font-size: 17px; font-weight: 600; }
.hours { display: block; width: 100%; height: 64px; margin: 4px 0 12px; }
.hours rect { fill: var(--stroke); }
.findings { margin: 8px 0 12px; }
.findings li { padding: 7px 0; border-top: 1px solid var(--line); color: inherit; overflow-wrap: anywhere; }
.good > b { color: var(--good); }
.bad > b, .state.bad { color: var(--bad); }
.findings .note { margin: 0; padding: 7px 0; border: 0; border-top: 1px solid var(--line); border-radius: 0; color: inherit; font-size: inherit; }
`

/** Changes whenever the stylesheet does. */
export const STYLE_VERSION = createHash('sha256').update(STYLE).digest('hex').slice(0, 10)
