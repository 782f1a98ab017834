import fc from 'fast-check';
import { newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { cleanedUp } from './frame/clean-up';
import { bothModes, bothProfiles, onRealServer } from './support/everywhere';
import { ScriptedLog } from './support/scripted-log';
import { connectedTo, embedded, embeddedReadModels, fakeServer, onMongo } from './support/stores';
import type { OpenStores } from './support/stores';
import { newCategory } from '@flowledger/event-sourcing/testing';
import { OfCategory } from './support/of-category';
import { RunningTally } from './support/tally';
import { written } from './support/written';

const step = fc.constantFrom(
  'append',
  'deliver',
  'catch up',
  'drop',
  'end',
  'stop',
  'start',
  'timer',
  'timer',
);

/** The consumer of the log on a script: in each state that the steps lead to, the timer fires and nothing moves. */
const onScript = (open: OpenStores, numRuns: number) => () => {
  it(`in any of ${numRuns} random lives of a consumer`, async () => {
    const lives = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const stores = await open();
      const events = new ScriptedLog(stores.events);
      const stream = `${stores.category}1`;
      let appended = 0;
      const tally = await RunningTally.start({ ...stores, events });
      const { runner } = tally;
      let started = true;
      await events.opened();
      const reopened = async (how: () => Promise<void>): Promise<void> => {
        if (!events.isOpen) return;
        await how();
        if (started) await events.opened();
      };
      for (const next of steps) {
        switch (next) {
          case 'append':
            await stores.events.append(stream, 'any', newEvents(3));
            appended += 3;
            break;
          case 'deliver':
            await events.deliver(2);
            break;
          case 'catch up':
            await events.catchUp();
            break;
          case 'drop':
            await reopened(events.drop);
            break;
          case 'end':
            await reopened(events.end);
            break;
          case 'stop':
            if (started) await runner.stop();
            started = false;
            break;
          case 'start':
            if (!started) await runner.start();
            started = true;
            await events.opened();
            break;
          case 'timer': {
            const before = { state: runner.state, position: runner.position };
            if (events.place) await events.checkpoint(events.place);
            expect({ state: runner.state, position: runner.position }).toEqual(before);
          }
        }
      }
      if (!started) await runner.start();
      await events.opened();
      await events.catchUp();
      await tally.upToDate();
      if (appended > 0) expect(await tally.of(stream)).toMatchObject({ count: appended, outOfOrder: 0 });
      await cleanedUp();
    });
    await fc.assert(lives, { numRuns });
  });
};

const everyMillisecond = { catchUpProbeMs: 1, idleProbeMs: 1 };

/** The adapter's own timer, which fires all the time while a consumer catches up, goes live and is dropped. */
const onProbes = (open: OpenStores & { drop?: () => void }) => () => {
  it('while its probe fires all the time', async () => {
    const stores = await open();
    const before = await written(stores, { streams: 4, each: 300, perAppend: 20 });
    const tally = await RunningTally.start(stores);
    for (let round = 0; round < 10; round++) {
      const racing = written(
        { ...stores, category: `${stores.category}r${round}-` },
        { streams: 3, each: 10 },
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
      open.drop?.();
      for (const stream of await racing) {
        await tally.upToDate();
        expect(await tally.of(stream)).toMatchObject({ count: 10, outOfOrder: 0 });
      }
    }
    for (const stream of before) expect(await tally.of(stream)).toMatchObject({ count: 300, outOfOrder: 0 });
  });
};

const onFakeProbes = (profile: 'legacy' | 'modern') => {
  let drop = (): void => undefined;
  const open = async () => {
    const server = await fakeServer({ profile });
    drop = () => server.dropSubscriptions();
    return {
      category: newCategory(),
      events: await connectedTo(server.connectionString, everyMillisecond),
      readModels: await embeddedReadModels(),
    };
  };
  return onProbes(Object.assign(open, { drop: () => drop() }));
};

const onServerProbes = (connectionString: string) =>
  onProbes(async () => {
    const category = newCategory();
    const events = new OfCategory(await connectedTo(connectionString, everyMillisecond), category);
    return { category, events, readModels: await embeddedReadModels() };
  });

chaosCase(
  'R15',
  'a checkpoint that a timer sets off moves neither state nor position, in any state',
  {
    embedded: onScript(embedded, 60),
    'EventStoreDB fake': bothProfiles(onFakeProbes),
    'real EventStoreDB': onRealServer(onServerProbes),
    'MongoDB fake': bothModes((mode) => onScript(onMongo(mode), 20)),
  },
  (declare) => declare(),
);
