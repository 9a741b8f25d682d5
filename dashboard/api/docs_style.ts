// What the API's documentation adds to the stylesheets of the dashboard and of the public pages.
export const DOCS_STYLE = `
.docs .told { grid-template-columns: 170px minmax(0, 1fr); gap: 28px; }
.docs .hero p { color: var(--soft); }
.docs .route { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; }
.docs .route code { font-size: 14.5px; }
.docs .route b { padding: 1px 9px; border-radius: 99px; background: var(--bar); color: var(--accent); font-size: 12.5px; letter-spacing: .03em; }
.docs .panel pre { margin: 12px 0 0; }
.docs .panel .list { font-size: 14px; color: var(--soft); margin-top: 6px; }
.docs .told-rows tbody th { width: 25%; }
.docs .told-rows td:not(:last-child) { width: 21%; color: var(--soft); overflow-wrap: anywhere; }
.docs .told-rows th small { display: block; font-size: 12px; font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
.docs .told-rows th .must { color: var(--accent); }
.docs .told-rows td small { display: block; margin-top: 2px; font-size: 12.5px; }
.docs .told-rows.of-errors tbody th { width: 12%; }
.docs .told-rows td p + p, .docs .told-rows td .list { margin-top: 4px; }
@media screen and (max-width: 760px) {
  .docs .told { grid-template-columns: minmax(0, 1fr); }
  .docs .told-rows td:last-child { color: var(--ink); }
}
`
