// What the public pages about a site add to the dashboard's stylesheet: running text, tables that wrap, and paper.
export const TRANSPARENCY_STYLE = `
.open { max-width: 1080px; }
.open .choices { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-left: auto; font-size: 14px; }
.open .choices a { color: var(--soft); }
.open .choices a:hover, .open .choices [aria-current] { color: var(--ink); }
.open .choices [aria-current] { font-weight: 600; }
.open main a:not(.button) { color: var(--accent); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 3px; }
.open code { font: .92em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.hero { max-width: 720px; padding: 20px 0 8px; }
.hero h1, .record > header h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.02em; text-wrap: balance; overflow-wrap: anywhere; }
.hero p { margin-top: 12px; font-size: 16px; }
.hero .hint { font-size: 13px; }
.empty h1 { font-size: 22px; letter-spacing: -.015em; }

.told { display: grid; grid-template-columns: 190px minmax(0, 1fr); gap: 36px; align-items: start; margin-top: 20px; }
.contents { position: sticky; top: 24px; font-size: 14px; }
.contents a { display: block; padding: 5px 12px; border-left: 2px solid var(--line); color: var(--soft) !important; text-decoration: none !important; }
.contents a:hover { color: var(--ink) !important; border-color: var(--stroke); }
.sections, .messages, #preview { display: grid; gap: 20px; min-width: 0; }
.open .panel { display: block; padding: 22px 26px 24px; }
.open .panel > * + * { margin-top: 12px; }
.open .panel h2 { font-size: 19px; letter-spacing: -.012em; }
.open .panel h3 { margin-top: 26px; font-size: 15px; font-weight: 600; }
.open .panel h3 code { margin-right: 6px; color: var(--accent); }
.open .panel p { max-width: 68ch; }
.list { display: grid; gap: 7px; max-width: 70ch; padding-left: 18px; list-style: disc; }
.list li::marker { color: var(--stroke); }
.promises { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px 28px; }
.promises li { color: var(--soft); }
.promises b { display: block; margin-bottom: 2px; color: var(--ink); font-size: 16px; }
.promises li { padding-left: 16px; border-left: 3px solid var(--stroke); }

.told-rows th, .told-rows td { padding: 9px 16px 9px 0; text-align: left; vertical-align: top; white-space: normal; line-height: 1.45; }
.told-rows tbody tr:last-child > * { border-bottom: 0; }
.told-rows tbody th { width: 21%; font-weight: 500; word-break: normal; overflow-wrap: break-word; hyphens: auto; }
.told-rows tbody th code + code::before { content: ", "; color: var(--soft); }
.told-rows td:not(:last-child) { width: 40%; }
.told-rows.of-2 tbody th { width: 26%; }
.told-rows.of-4 tbody th, .told-rows.of-4 td { width: 20%; }
.told-rows.of-4 td:nth-child(2) { width: 38%; }
.example { display: block; margin-top: 3px; color: var(--soft); }
.told-rows .off, .told-rows .off th { color: var(--soft); font-style: italic; }
.picked { font-size: 14px; color: var(--soft); }
.picked code { color: var(--ink); }
.picked code + code::before { content: ", "; color: var(--soft); }
.open .panel .picked + .picked { margin-top: 4px; }
.facts { display: grid; gap: 2px; }
.facts dt { color: var(--soft); font-size: 13px; }
.facts dd + dt { margin-top: 12px; }
.facts > div { display: grid; grid-template-columns: 130px minmax(0, 1fr); gap: 12px; padding: 6px 0; font-size: 14px; }
.facts > div + div { border-top: 1px solid var(--line); }
.lines { white-space: pre-line; }
.hash { display: block; padding: 10px 14px; background: var(--paper); border: 1px solid var(--line); border-radius: 9px; }

.imagined { margin-top: 20px; }
.imagined label { display: block; max-width: 620px; color: var(--soft); font-size: 13.5px; }
.imagined input { display: block; width: 100%; margin-top: 4px; padding: 8px 12px; background: var(--paper); font-size: 15px; }
.body { margin: 0; line-height: 1.6; }
.messages .told-rows tbody th { width: 18%; }
.messages .told-rows td:not(:last-child) { width: 46%; }

.beyond { max-width: 84ch; margin-top: 20px; }

.record { max-width: 860px; margin: 8px auto 0; }
.record > header p { margin-top: 8px; }
.entry { display: grid; grid-template-columns: 240px minmax(0, 1fr); gap: 8px 28px; padding: 15px 0; border-top: 1px solid var(--line); }
.entry dt { font-weight: 600; line-height: 1.4; }
.entry dt small { display: block; font-weight: 400; font-size: 12.5px; color: var(--soft); }
.entry dd { display: grid; gap: 8px; }
.to-fill { min-height: 54px; padding: 6px 12px; border: 1.5px dashed var(--stroke); border-radius: 8px; background: var(--wash); }
.to-fill span { font-size: 12.5px; color: var(--accent); }

@media screen and (max-width: 860px) {
  .told { grid-template-columns: minmax(0, 1fr); gap: 14px; }
  .contents { position: static; }
  .contents ol { display: flex; flex-wrap: wrap; gap: 4px 6px; }
  .contents a { padding: 3px 11px; border: 1px solid var(--line); border-radius: 99px; }
}
@media screen and (max-width: 760px) {
  .open .choices { width: 100%; }
  .hero { padding-top: 8px; }
  .hero h1, .record > header h1 { font-size: 25px; }
  .open .panel { padding: 18px 16px 20px; }
  .promises, .entry { grid-template-columns: minmax(0, 1fr); }
  .told-rows thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .told-rows tbody, .told-rows tr, .told-rows th, .told-rows td { display: block; width: auto !important; }
  .told-rows tr { padding: 10px 0; border-bottom: 1px solid var(--line); }
  .told-rows tr:last-child { border-bottom: 0; }
  .told-rows tbody th, .told-rows td { padding: 2px 0; border: 0; }
  .told-rows tbody th { color: var(--ink); font-weight: 600; }
  .told-rows td { color: var(--soft); }
  .facts > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --faint: #777; --line: #bbb; --accent: #000; --stroke: #777; --wash: #fff; --shadow: none;
  }
  @page { margin: 18mm 16mm; }
  body { font-size: 10.5pt; }
  .page { max-width: none; padding: 0; }
  .top nav, .contents, .screen, .imagined button { display: none; }
  .told { display: block; }
  .open .panel { padding: 0 0 14pt; border: 0; border-radius: 0; box-shadow: none; }
  .record { max-width: none; margin: 0; }
  .hero { max-width: none; padding: 0; }
  h2, h3, thead { break-after: avoid; }
  tr, .entry, .promises li, .list li { break-inside: avoid; }
  thead { display: table-header-group; }
  .to-fill { min-height: 44pt; border: 1px solid #555; border-radius: 0; }
  .to-fill span { color: #555; }
  .open main a:not(.button) { text-decoration: none; }
}
`
