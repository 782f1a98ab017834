export const eventsPageStyle = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto 4rem; padding: 0 1.5rem; color: #1c2430; }
  header { display: flex; gap: 1rem; padding: .8rem 0; border-bottom: 1px solid #e2e6ec; }
  header a { font-weight: 700; color: inherit; text-decoration: none; }
  header span, p.lead, summary span, dt, th { color: #566173; }
  h1 { font-size: 1.9rem; margin: 2rem 0 .25rem; }
  h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; }
  h2 code { font-size: .85rem; font-weight: 400; margin-left: .4rem; }
  p { margin-top: 0; }
  code { background: #f2f4f7; padding: .1rem .35rem; border-radius: 4px; font-size: .9em; overflow-wrap: anywhere; }
  nav { display: flex; flex-wrap: wrap; gap: .5rem; }
  nav a { color: #0b62c4; text-decoration: none; border: 1px solid #e2e6ec; border-radius: 999px; padding: .15rem .8rem; font-size: .9rem; }
  nav a:hover { border-color: #0b62c4; }
  details { border-top: 1px solid #e2e6ec; }
  summary { cursor: pointer; padding: .6rem 0; list-style: none; }
  summary { display: grid; column-gap: 1rem; grid-template-columns: 17rem 2rem 1fr; align-items: baseline; }
  summary::-webkit-details-marker { display: none; }
  summary b { color: #0b62c4; overflow-wrap: anywhere; }
  summary:hover b { text-decoration: underline; }
  i { font-style: normal; color: #566173; font-size: .85rem; }
  dl { display: grid; grid-template-columns: 9rem 1fr; gap: .25rem 1rem; margin: .25rem 0 1rem; }
  dd { margin: 0; }
  table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: .9rem; }
  th { text-align: left; font-weight: 400; }
  th, td { padding: .3rem 1rem .3rem 0; vertical-align: top; border-top: 1px solid #f2f4f7; overflow-wrap: anywhere; }
  th:nth-child(1) { width: 19rem; }
  th:nth-child(2) { width: 16rem; }
  pre { font: 13px/1.5 ui-monospace, monospace; background: #f8f9fb; border: 1px solid #e2e6ec; border-radius: 6px; padding: .75rem; margin: 1rem 0 1.25rem; max-height: 22rem; overflow: auto; }
  @media (max-width: 700px) { summary { grid-template-columns: 1fr auto; } summary span { grid-column: 1 / -1; } dl { grid-template-columns: 1fr; } th:nth-child(n) { width: auto; } }
`;
