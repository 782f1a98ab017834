import type { AsyncApiChannel, AsyncApiDocument, AsyncApiMessage } from '@flowledger/event-catalogue';
import { eventsPageStyle } from './events-page-style';
import { schemaMembers } from './schema-members';

/** The catalogue for people, without a script: what is stored, who decides it, who follows it. */
export function eventsPage({ channels, components }: AsyncApiDocument): string {
  const categories = Object.entries(channels);
  const messages = Object.values(components.messages);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Events – Flowledger</title>
<style>${eventsPageStyle}</style>
</head>
<body>
<header><a href="/">Flowledger</a><span>Events</span></header>
<h1>Events</h1>
<p class="lead">What is stored: ${messages.length} event types in ${categories.length} categories of streams. As AsyncAPI 3 at
<code>/api/v1/events/catalogue</code>, as CloudEvents at <code>/api/v1/events/cloudevents</code>.</p>
<nav>${categories.map(([name]) => `<a href="#${escaped(name)}">${escaped(name)}</a>`).join('')}</nav>
${categories.map(([name, channel]) => categorySection(name, channel, messages)).join('\n')}
</body>
</html>
`;
}

function categorySection(
  name: string,
  channel: AsyncApiChannel,
  messages: readonly AsyncApiMessage[],
): string {
  const events = messages.filter((message) => message['x-streams'].includes(name));
  return `<section id="${escaped(name)}">
<h2>${escaped(name)} <code>${escaped(channel.address)}</code></h2>
<p>${prose(channel.description)}</p>
${events.map(eventDetails).join('\n')}
</section>`;
}

function eventDetails(event: AsyncApiMessage): string {
  const version = event['x-schema-version'];
  const commands = event['x-producers'].flatMap((producer) => producer.commands);
  const rows = schemaMembers(event.payload).map(
    ({ path, type, optional, description }) =>
      `<tr><td><code>${escaped(path)}</code>${optional ? ' <i>optional</i>' : ''}</td>` +
      `<td>${escaped(type)}</td><td>${prose(description)}</td></tr>`,
  );
  const [example] = event.examples;
  return `<details>
<summary><b>${escaped(event.title)}</b> <i>v${version}</i><span>${prose(event.summary)}</span></summary>
<dl>
<dt>Decided by</dt><dd>${event['x-producers'].map(({ decider }) => `<code>${escaped(decider)}</code>`).join(', ')}
 on ${commands.map(escaped).join(', ')}</dd>
<dt>Followed by</dt><dd>${
    event['x-consumers'].map(({ kind, name }) => `<code>${escaped(name)}</code> <i>${kind}</i>`).join(', ') ||
    'nothing but the audit trail'
  }</dd>
<dt>CloudEvents type</dt><dd><code>${escaped(event.name)}</code></dd>
</dl>
<table><thead><tr><th>Data</th><th>Type</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table>
${example ? `<pre tabindex="0">${escaped(JSON.stringify(example.payload, null, 2))}</pre>` : ''}
</details>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);
/** Words of the sources, with what stands in backticks as code. */
const prose = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
