import { LogWentBack, newId, ProjectionRunner } from '@flowledger/event-sourcing';
import { logPosition } from '@flowledger/event-sourcing';
import { newEvents } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { everyPair } from './support/everywhere';
import type { Stores } from './support/stores';
import { RunningTally } from './support/tally';
import { until, watched } from './support/watched';

const consumer = ProjectionRunner.consumer;

chaosCase(
  'R26',
  'a log that went back, or holds another event where one was seen, is told and stops the projections; nothing is skipped',
  everyPair,
  (open) => {
    const folded = async (): Promise<Stores & { readonly stream: string }> => {
      const stores = await open();
      const stream = `${stores.category}1`;
      await stores.events.append(stream, 'no-stream', newEvents(5));
      const tally = await RunningTally.start(stores);
      await tally.ready();
      await tally.upToDate();
      await tally.stop();
      return { ...stores, stream };
    };
    /** Stands still, says why to people and to health, and has touched neither documents nor checkpoint. */
    const expectToStop = async (stores: Stores & { readonly stream: string }): Promise<void> => {
      const before = await stores.readModels.checkpoint(consumer);
      await stores.events.append(`${stores.category}2`, 'any', newEvents(3));
      const tally = await RunningTally.start(stores, { leaseMilliseconds: 300 });
      const { monitor } = await watched(stores, { local: () => tally.runner.report() });
      await until(() => tally.failures.length > 2);
      expect(tally.failures.every((error) => error instanceof LogWentBack)).toBe(true);
      await until(() => `${monitor.signals().consumers[0]!.failure}`.startsWith('LogWentBack'));
      expect(monitor.report().state).toBe('red');
      expect(tally.runner.ready).toBe(false);
      expect(await tally.of(stores.stream)).toMatchObject({ count: 5 });
      expect(await tally.of(`${stores.category}2`)).toBeUndefined();
      expect(await stores.readModels.checkpoint(consumer)).toEqual(before);
    };

    it('the checkpoint stands beyond the end of the log', async () => {
      const stores = await folded();
      const { commit, prepare } = (await stores.events.head())!;
      const beyond = 2n ** 40n;
      await stores.readModels.commit({
        consumer,
        writes: [],
        checkpoint: { position: logPosition(commit + beyond, prepare + beyond) },
      });
      await expectToStop(stores);
    });

    it('another event stands where the last one was handled', async () => {
      const stores = await folded();
      const { position, lastEvent } = (await stores.readModels.checkpoint(consumer))!;
      await stores.events.append(stores.stream, 'any', newEvents(1));
      // As the store would have it had the event been truncated and another one written.
      const next = (await stores.events.head())!;
      await stores.readModels.commit({
        consumer,
        writes: [],
        checkpoint: { position: next, lastEvent: { ...lastEvent!, id: newId() } },
      });
      expect(position).not.toEqual(next);
      await expectToStop(stores);
    });
  },
);
