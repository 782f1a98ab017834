import { streamRevision } from '@flowledger/event-sourcing';
import type { EventStore, NewEvent, ReadStreamOptions } from '@flowledger/event-sourcing';
import { collect, idsIn, idsOf, newEvents, newStream } from './event-store-fixtures';
import type { ContractContext } from './event-store-fixtures';

const from = streamRevision;

/** [options, indices of the events that come] of a stream with the events 0 to 4. */
const reads: [string, ReadStreamOptions, number[]][] = [
  ['forwards from its start', {}, [0, 1, 2, 3, 4]],
  ['forwards from a revision, which is included', { from: from(2) }, [2, 3, 4]],
  ['forwards up to a count', { maxCount: 2 }, [0, 1]],
  ['forwards from a revision up to a count', { from: from(1), maxCount: 2 }, [1, 2]],
  ['forwards from behind its end as empty', { from: from(5) }, []],
  ['backwards from its end', { direction: 'backwards' }, [4, 3, 2, 1, 0]],
  ['backwards from a revision, which is included', { direction: 'backwards', from: from(2) }, [2, 1, 0]],
  ['backwards up to a count', { direction: 'backwards', maxCount: 2 }, [4, 3]],
  ['backwards from behind its end', { direction: 'backwards', from: from(99), maxCount: 2 }, [4, 3]],
  ['nothing when nothing is asked for', { maxCount: 0 }, []],
];

/** C9 for streams. */
export function readStreamContract<Store extends EventStore>({ store }: ContractContext<Store>): void {
  describe('a stream of five events', () => {
    const written = async (): Promise<{ stream: string; events: NewEvent[] }> => {
      const stream = newStream();
      const events = newEvents(5);
      await store().append(stream, 'no-stream', events);
      return { stream, events };
    };

    it.each(reads)('is read %s', async (_, options, indices) => {
      const { stream, events } = await written();
      expect(await idsIn(store().readStream(stream, options))).toEqual(
        indices.map((index) => events[index]!.id),
      );
    });

    it('can be left in the middle and read again', async () => {
      const { stream, events } = await written();
      for await (const event of store().readStream(stream)) {
        expect(event.id).toBe(events[0]!.id);
        break;
      }
      expect(await idsIn(store().readStream(stream))).toEqual(idsOf(events));
    });
  });

  describe('a stream of many events', () => {
    it('is read whole in both directions', async () => {
      const stream = newStream();
      const events = newEvents(1200);
      await store().append(stream, 'any', events.slice(0, 400));
      await store().append(stream, 'any', events.slice(400, 800));
      await store().append(stream, 'any', events.slice(800));
      expect(await idsIn(store().readStream(stream))).toEqual(idsOf(events));
      expect(await idsIn(store().readStream(stream, { direction: 'backwards' }))).toEqual(
        idsOf(events).reverse(),
      );
    });
  });

  describe('a stream that does not exist', () => {
    it.each(['forwards', 'backwards'] as const)('is read %s as empty', async (direction) => {
      expect(await collect(store().readStream(newStream(), { direction }))).toEqual([]);
    });

    it('is not another stream whose name begins with its own', async () => {
      const stream = newStream();
      await store().append(`${stream}1`, 'no-stream', newEvents(1));
      expect(await collect(store().readStream(stream))).toEqual([]);
    });
  });
}
