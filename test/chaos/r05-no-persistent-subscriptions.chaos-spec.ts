import { chaosCase, notApplicable } from './frame/chaos-case';
import { holdsNoLog } from './support/everywhere';
import { productSources } from './support/sources';

const theSources = notApplicable('shown on the sources, which are the same for every adapter');

chaosCase(
  'R5',
  'no source uses a persistent subscription: projections have checkpoints of their own',
  {
    embedded: notApplicable('it offers none'),
    'EventStoreDB fake': productSources,
    'real EventStoreDB': theSources,
    'MongoDB fake': holdsNoLog,
  },
  (sources) => {
    const uses = (text: string) => /persistent_?subscription/i.test(text);

    it('neither by import nor by call', () => {
      const all = sources();
      expect(all.some(({ path }) => path.startsWith('libs/event-store-eventstoredb/src/'))).toBe(true);
      expect(all.filter(({ text }) => uses(text)).map(({ path }) => path)).toEqual([]);
    });

    it('would be noticed', () =>
      expect(uses('client.subscribeToPersistentSubscriptionToAll("g")')).toBe(true));
  },
);
