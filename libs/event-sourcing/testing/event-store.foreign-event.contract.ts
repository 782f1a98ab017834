import { comparePositions } from '@flowledger/event-sourcing';
import type { EventStore } from '@flowledger/event-sourcing';
import { collect, idsOf, newCategory, newEvents, whereOffered } from './event-store-fixtures';
import type { ContractContext, StreamStates } from './event-store-fixtures';
import { SubscriptionReader } from './subscription-reader';

/** C1 and C25: events that others wrote into streams that match. */
export function foreignEventContract<Store extends EventStore>(context: ContractContext<Store>): void {
  whereOffered(context.harness.states, 'C1, C25: events of other writers', (states) =>
    foreignEvents(context, states),
  );
}

const bytes: [string, Uint8Array][] = [
  ['no bytes', new Uint8Array()],
  ['NUL', Uint8Array.of(0, 1, 0)],
  ['invalid UTF-8', Uint8Array.of(0xff, 0xfe, 0xc0, 0x80)],
  ['64 kB', new Uint8Array(65_536).fill(7)],
];

function foreignEvents<Store extends EventStore>(
  { store }: ContractContext<Store>,
  states: StreamStates<Store>,
): void {
  describe('an event of another writer', () => {
    it.each(bytes)('comes as the bytes it is, and with empty metadata: %s', async (_, data) => {
      const category = newCategory();
      await states.appendForeign(store(), `${category}1`, 'Foreign', data);
      const [inStream] = await collect(store().readStream(`${category}1`));
      const [inLog] = await collect(store().readAll({ streamPrefixes: [category] }));
      for (const event of [inStream!, inLog!]) {
        expect(Buffer.compare(event.data as Uint8Array, data)).toBe(0);
        expect(event).toMatchObject({ type: 'Foreign', metadata: {} });
      }
    });
  });

  describe('a link whose target does not exist', () => {
    it('is no event of the log, and holds no subscription up', async () => {
      const category = newCategory();
      const events = newEvents(2);
      const link = Buffer.from(`7@${category}gone`);
      await store().append(`${category}1`, 'no-stream', [events[0]!]);
      await states.appendForeign(store(), `${category}1`, '$>', link);
      await store().append(`${category}2`, 'no-stream', [events[1]!]);
      await states.appendForeign(store(), `${category}2`, '$>', link);
      const head = (await store().head())!;
      const reader = new SubscriptionReader(store(), { streamPrefixes: [category] });
      await reader.until(() => !!reader.position && comparePositions(reader.position, head) >= 0);
      await reader.stop();
      expect(reader.ids).toEqual(idsOf(events));
      expect(idsOf(await collect(store().readAll({ streamPrefixes: [category] })))).toEqual(idsOf(events));
    });
  });
}
