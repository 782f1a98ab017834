import { AggregateStore, newId, Rejected, UnknownOutcome } from '@flowledger/event-sourcing';
import type { AppendResult, CommandContext, Decider, Event, NewEvent } from '@flowledger/event-sourcing';
import type { ExpectedRevision } from '@flowledger/event-sourcing';
import { collect } from '@flowledger/event-sourcing/testing';
import { chaosCase } from './frame/chaos-case';
import { Around } from './support/around';
import { everyLog } from './support/everywhere';
import { account } from './support/tally';

class ShopRejected extends Rejected<'ShopExists'> {}
type Opened = Event<'ShopOpened', { readonly by: string }>;
interface Open {
  readonly type: 'OpenShop';
  readonly by: string;
}

const shop: Decider<string | undefined, Open, Opened> = {
  initialState: () => undefined,
  decide({ by }, owner) {
    if (owner !== undefined) throw new ShopRejected('ShopExists', owner);
    return [{ type: 'ShopOpened', data: { by } }];
  },
  evolve: (_, { data }) => data.by,
};

const context = (commandId = newId()): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: commandId,
  actor: 'token-1',
  accountId: account,
});

/** Loses the answer to every first append of a stream, after it was written. */
class AnswersLost extends Around {
  private readonly lost = new Set<string>();

  override async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<AppendResult> {
    const result = await this.inner.append(stream, expected, events);
    if (this.lost.has(stream)) return result;
    this.lost.add(stream);
    throw new UnknownOutcome(stream);
  }
}

chaosCase(
  'R29',
  'two who create the same stream at once end with one stream and two correct answers',
  everyLog,
  (open) => {
    const rounds = 20;
    const twoProcesses = async () => {
      const { events, category } = await open();
      return { events, category, processes: [new AggregateStore(events), new AggregateStore(events)] };
    };

    it('the same command twice: both are told of the one event', async () => {
      const { events, category, processes } = await twoProcesses();
      for (let round = 0; round < rounds; round++) {
        const stream = `${category}${round}`;
        const same = context();
        const [one, other] = await Promise.all(
          processes.map((each) => each.handle(stream, shop, { type: 'OpenShop', by: 'a' }, same)),
        );
        expect([one!.revision, one!.position]).toEqual([other!.revision, other!.position]);
        expect(await collect(events.readStream(stream))).toHaveLength(1);
      }
    });

    it('two commands: one opens the shop, the other hears the domain’s refusal', async () => {
      const { events, category, processes } = await twoProcesses();
      for (let round = 0; round < rounds; round++) {
        const stream = `${category}${round}`;
        const race = await Promise.allSettled(
          processes.map((each, n) => each.handle(stream, shop, { type: 'OpenShop', by: `${n}` }, context())),
        );
        const [stored] = await collect(events.readStream(stream));
        const winner = race.findIndex(({ status }) => status === 'fulfilled');
        expect(stored!.data).toEqual({ by: `${winner}` });
        expect(race[1 - winner]).toMatchObject({
          status: 'rejected',
          reason: new ShopRejected('ShopExists', `${winner}`),
        });
      }
    });

    it('a command whose answer was lost: its repetition gets that answer', async () => {
      const { events, category } = await open();
      const processes = new AggregateStore(new AnswersLost(events));
      const same = context();
      const command: Open = { type: 'OpenShop', by: 'a' };
      const handle = () => processes.handle(`${category}1`, shop, command, same);
      await expect(handle()).rejects.toBeInstanceOf(UnknownOutcome);
      expect((await handle()).revision).toBe(0n);
      expect(await collect(events.readStream(`${category}1`))).toHaveLength(1);
    });
  },
);
