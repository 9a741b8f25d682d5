// The demo site's stylesheet: a site of its own, so it shares nothing with the dashboard's. Light and dark, 320 px up.
export const SITE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #15181b);
  --card: light-dark(#ffffff, #1d2125);
  --ink: light-dark(#22303a, #e6ebee);
  --soft: light-dark(#5d6b75, #9aa7b0);
  --line: light-dark(#e4e1d8, #2e343a);
  --accent: light-dark(#0e6e6b, #62c9c2);
  --on-accent: light-dark(#ffffff, #0d1f1f);
  --note: light-dark(#fdf0d5, #33291a);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 17px/1.65 ui-serif, Charter, "Bitstream Charter", Georgia, Cambria, serif;
}
.note { background: var(--note); padding: .5rem 1.25rem; font: 14px/1.5 system-ui, sans-serif; text-align: center; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 2rem; align-items: center; justify-content: space-between; padding-block: 1.25rem; }
nav, .brand, .button, footer, legend, label, .price { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; }
a { color: var(--accent); text-underline-offset: .2em; }
.brand { display: flex; gap: .55rem; align-items: center; color: inherit; font-weight: 650; font-size: 1.15rem; text-decoration: none; }
.brand i { width: 1.1rem; height: 1.1rem; border-radius: 50%; background: conic-gradient(var(--accent) 35%, var(--line) 0); }
header nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
nav a { color: var(--soft); text-decoration: none; font-size: .95rem; padding: .3rem 0; }
nav a:hover, nav a[aria-current] { color: var(--accent); }
main { min-height: 60vh; padding-block: 1.5rem 4rem; }
h1 { font-size: clamp(1.9rem, 1.4rem + 2.4vw, 3rem); line-height: 1.15; letter-spacing: -.015em; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 1.75rem 0 .4rem; }
.lead, .hero p { color: var(--soft); font-size: 1.15rem; max-width: 38rem; }
.hero { padding: clamp(1.5rem, 6vw, 4.5rem) 0 2.5rem; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; margin-top: 2rem; }
.button {
  display: inline-block; border: 0; border-radius: .6rem; padding: .65rem 1.2rem;
  background: var(--accent); color: var(--on-accent); font-size: 1rem; font-weight: 550; text-decoration: none; cursor: pointer;
}
.button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid color-mix(in srgb, var(--accent) 50%, transparent); outline-offset: 2px; border-radius: .3rem; }
.three { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1.25rem; margin-top: 1.5rem; }
.three h2 { margin-top: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.5rem; }
.price { font-size: 2rem; font-weight: 600; margin: 0; }
.text { max-width: 40rem; }
.next { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; }
.posts { list-style: none; padding: 0; max-width: 40rem; }
.posts li { border-top: 1px solid var(--line); padding: 1.1rem 0; }
.posts a { font-size: 1.25rem; text-decoration: none; }
.posts p { margin: .2rem 0 0; color: var(--soft); }
form.card { max-width: 32rem; }
fieldset { border: 0; margin: 0 0 1.25rem; padding: 0; display: grid; gap: .6rem; }
legend { font-weight: 600; margin-bottom: .5rem; padding: 0; }
label { display: grid; grid-template-columns: auto 2.8rem 1fr; gap: .6rem; align-items: baseline; font-size: .95rem; }
label span, [role=status] { color: var(--soft); }
[role=status] { min-height: 1.65em; margin: .75rem 0 0; font-size: .95rem; }
input { accent-color: var(--accent); }
pre { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; max-width: 40rem; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, monospace; }
.docs { display: grid; grid-template-columns: 12rem 1fr; gap: 2rem 3rem; }
.docs nav { display: flex; flex-direction: column; gap: .1rem; }
@media (max-width: 40rem) {
  .docs { grid-template-columns: 1fr; }
  .docs nav { flex-direction: row; flex-wrap: wrap; gap: 0 1.25rem; border-bottom: 1px solid var(--line); padding-bottom: .75rem; }
}
footer { display: flex; flex-wrap: wrap; gap: .5rem 2rem; justify-content: space-between; padding-block: 2rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
`
