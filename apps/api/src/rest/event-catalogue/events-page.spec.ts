import { eventsPage } from './events-page';
import { publishedCatalogue } from './published-catalogue';
import { schemaMembers } from './schema-members';

describe('the members of a schema', () => {
  it('are told with those of their parts', () => {
    const text = { type: 'string' };
    const schema = {
      type: 'object',
      required: ['id', 'tags'],
      properties: {
        id: { ...text, description: 'of the thing' },
        tags: { type: 'array', items: { type: 'object', required: ['key'], properties: { key: text } } },
        size: { enum: [1, 'L'] },
        owner: { anyOf: [{ type: 'null' }, text] },
      },
    };
    expect(schemaMembers(schema)).toEqual([
      { path: 'id', type: 'string', optional: false, description: 'of the thing' },
      { path: 'tags', type: 'object[]', optional: false, description: '' },
      { path: 'tags[].key', type: 'string', optional: false, description: '' },
      { path: 'size', type: '1 | "L"', optional: true, description: '' },
      { path: 'owner', type: 'null | string', optional: true, description: '' },
    ]);
  });
});

describe('the page of events', () => {
  const catalogue = publishedCatalogue();

  it('has every category and every event', () => {
    const page = eventsPage(catalogue);
    const missing = Object.keys(catalogue.channels).filter(
      (name) => !page.includes(`<section id="${name}">`),
    );
    const unnamed = Object.keys(catalogue.components.messages).filter(
      (type) => !page.includes(`<b>${type}</b>`),
    );
    expect([...missing, ...unnamed]).toEqual([]);
  });

  it('shows words of the sources as words', () => {
    const [channel] = Object.values(catalogue.channels);
    const channels = { x: { ...channel!, description: '<script>alert("1")</script> & `code`' } };
    expect(eventsPage({ ...catalogue, channels })).toContain(
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; <code>code</code>',
    );
  });

  it('loads nothing', () =>
    expect(eventsPage(catalogue)).not.toMatch(/<script|<link|<img|src=|@import|url\(/));
});
