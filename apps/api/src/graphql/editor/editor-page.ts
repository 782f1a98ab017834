export const editorPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Flowledger GraphQL</title>
<link rel="stylesheet" href="/graphiql/editor.css">
<script src="/graphiql/editor.js" defer></script>
</head>
<body>
<header>
  <a href="/">Flowledger</a><span>GraphQL</span>
  <label>API token <input id="token" type="password" autocomplete="off" spellcheck="false" placeholder="kept in this tab only"></label>
  <button id="schema" type="button">Schema</button>
  <button id="run" type="button" class="primary" title="Ctrl + Enter">Run</button>
</header>
<main>
  <section>
    <label for="query">Query</label>
    <textarea id="query" spellcheck="false"></textarea>
    <label for="variables">Variables (JSON)</label>
    <textarea id="variables" spellcheck="false">{}</textarea>
  </section>
  <section>
    <label for="result">Result <span id="status"></span></label>
    <pre id="result" tabindex="0"></pre>
  </section>
</main>
</body>
</html>
`;

export const editorStyle = `
* { box-sizing: border-box; }
body { margin: 0; height: 100vh; display: flex; flex-direction: column; font: 14px/1.5 system-ui, sans-serif; color: #1c2430; }
header { display: flex; gap: 1rem; align-items: center; padding: .6rem 1rem; border-bottom: 1px solid #e2e6ec; }
header a { font-weight: 700; color: inherit; text-decoration: none; }
header > span { color: #566173; }
header label { margin-left: auto; color: #566173; }
input { font: inherit; padding: .3rem .5rem; border: 1px solid #c6cdd8; border-radius: 6px; width: 18rem; }
button { font: inherit; padding: .35rem 1rem; border: 1px solid #c6cdd8; border-radius: 6px; background: #fff; cursor: pointer; }
button.primary { background: #0b62c4; border-color: #0b62c4; color: #fff; font-weight: 600; }
main { flex: 1; display: grid; grid-template-columns: 1fr 1fr; min-height: 0; }
section { display: flex; flex-direction: column; padding: .75rem 1rem 1rem; min-height: 0; }
section + section { border-left: 1px solid #e2e6ec; background: #f8f9fb; }
section > label { color: #566173; margin: .25rem 0; }
textarea, pre { font: 13px/1.5 ui-monospace, monospace; border: 1px solid #c6cdd8; border-radius: 6px; padding: .75rem; margin: 0; background: #fff; }
textarea { resize: none; }
#query { flex: 1; }
#variables { height: 7rem; }
pre { flex: 1; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 800px) { main { grid-template-columns: 1fr; } header { flex-wrap: wrap; } }
`;
