import { newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase, notApplicable } from './frame/chaos-case';
import { complaintsAbout } from './support/compiled';
import { deletingFake, deletingServer } from './support/deleting';
import type { OpenDeleting } from './support/deleting';
import { bothProfiles, holdsNoLog, onRealServer } from './support/everywhere';
import { lintComplaints } from './support/linted';
import { RunningTally } from './support/tally';

const arithmetic = [
  'position.commit + 1n',
  'position.prepare - 1n',
  'position.commit * 2n',
  '-position.commit',
];

const rule = () => {
  it('the linter refuses arithmetic on the halves of a position', () => {
    const complaints = lintComplaints(`
      import type { LogPosition } from './positions';
      export const next = (position: LogPosition): bigint[] => [${arithmetic.join(', ')}];
      export const isLater = (a: LogPosition, b: LogPosition): boolean => a.commit > b.commit;`);
    expect(complaints.filter((message) => message.includes('gaps are normal'))).toHaveLength(
      arithmetic.length,
    );
  });

  it('the compiler refuses to compute with positions, and to pass off what was computed as one', () => {
    const complaints = complaintsAbout(`
      import type { EventStore, LogPosition } from '@flowledger/event-sourcing';
      declare const store: EventStore, position: LogPosition;
      void [position - position];
      void store.subscribe({ after: { commit: position.commit, prepare: position.prepare } });`);
    expect(complaints.length).toBeGreaterThanOrEqual(2);
  });
};

const replay = (open: OpenDeleting) => () => {
  it('streams that were deleted leave gaps, over which a replay and a resumption go on', async () => {
    const stores = await open();
    const names = Array.from({ length: 6 }, (_, n) => `${stores.category}${n}`);
    for (const name of names) await stores.events.append(name, 'no-stream', newEvents(4));
    await stores.softDelete(names[1]!);
    await stores.tombstone(names[3]!);
    await stores.tombstone(names[5]!);
    for (let life = 0; life < 2; life++) {
      const tally = await RunningTally.start(stores);
      await tally.ready();
      await tally.upToDate();
      expect(tally.failures).toEqual([]);
      for (const name of [names[0], names[2], names[4]])
        expect(await tally.of(name!)).toMatchObject({ count: 4 + life, outOfOrder: 0 });
      await tally.stop();
      for (const name of [names[0], names[2], names[4]])
        await stores.events.append(name!, 'any', newEvents(1));
    }
  });
};

chaosCase(
  'R17',
  'nobody computes with positions, and replays go on over deleted streams',
  {
    embedded: rule,
    'EventStoreDB fake': bothProfiles((profile) => replay(deletingFake(profile))),
    'real EventStoreDB': onRealServer((url) => replay(deletingServer(url))),
    'MongoDB fake': notApplicable(holdsNoLog.reason),
  },
  (declare) => declare(),
);
