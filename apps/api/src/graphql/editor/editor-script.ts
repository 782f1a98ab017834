/** Runs in the browser: plain JavaScript without a build, without libraries. The token stays in the tab. */
export const editorScript = `'use strict';
const element = (id) => document.getElementById(id);
const firstQuery = [
  '# Ctrl + Enter runs it',
  '{',
  '  flowLogs(first: 10) {',
  '    edges { node { flowLogId name status deliverStatus delivery { state since reason } } }',
  '    pageInfo { hasNextPage endCursor }',
  '  }',
  '}',
].join('\\n');
const schemaQuery =
  '{ __schema { types { kind name fields { name args { name type { ...T } } type { ...T } } ' +
  'inputFields { name type { ...T } } enumValues { name } } } } ' +
  'fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }';

element('query').value = sessionStorage.getItem('query') || firstQuery;
element('token').value = sessionStorage.getItem('token') || '';

async function ask(query, variables) {
  sessionStorage.setItem('token', element('token').value);
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ' + element('token').value.trim() },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

async function showing(work) {
  const begun = performance.now();
  element('status').textContent = '…';
  try {
    const { status, text } = await work();
    element('status').textContent = status + ', ' + Math.round(performance.now() - begun) + ' ms';
    element('result').textContent = text;
  } catch (error) {
    element('status').textContent = '';
    element('result').textContent = String(error);
  }
}

const run = () =>
  showing(async () => {
    sessionStorage.setItem('query', element('query').value);
    const { status, body } = await ask(element('query').value, JSON.parse(element('variables').value || '{}'));
    return { status, text: JSON.stringify(body, null, 2) };
  });

const typeText = ({ kind, name, ofType }) =>
  kind === 'NON_NULL' ? typeText(ofType) + '!' : kind === 'LIST' ? '[' + typeText(ofType) + ']' : name;
const member = ({ name, args = [], type }) =>
  '  ' + name + (args.length ? '(' + args.map((a) => a.name + ': ' + typeText(a.type)).join(', ') + ')' : '') + ': ' + typeText(type);
const definition = ({ kind, name, fields, inputFields, enumValues }) =>
  kind === 'ENUM'
    ? 'enum ' + name + ' { ' + enumValues.map((value) => value.name).join(' ') + ' }'
    : (kind === 'INPUT_OBJECT' ? 'input ' : 'type ') + name + ' {\\n' + (fields || inputFields).map(member).join('\\n') + '\\n}';

const showSchema = () =>
  showing(async () => {
    const { status, body } = await ask(schemaQuery, {});
    if (!body.data) return { status, text: JSON.stringify(body, null, 2) };
    const order = ['Query', 'Mutation', 'Subscription'];
    const rank = ({ name }) => (order.indexOf(name) + order.length + 1) % (order.length + 1);
    const types = body.data.__schema.types
      .filter(({ kind, name }) => !name.startsWith('__') && kind !== 'SCALAR')
      .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
    return { status, text: types.map(definition).join('\\n\\n') };
  });

element('run').addEventListener('click', run);
element('schema').addEventListener('click', showSchema);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void run();
});
`;
