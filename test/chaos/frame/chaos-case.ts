import { expectNoUnhandledRejection } from '../../../libs/event-store-eventstoredb/testing';
import { cleanedUp } from './clean-up';

type Below<N extends number, Counted extends number[] = []> = Counted['length'] extends N
  ? Counted[number]
  : Below<N, [...Counted, Counted['length']]>;
/** `R1` to `R49`. */
export type CaseId = `R${Exclude<Below<50>, 0>}`;
export type Adapter = 'embedded' | 'EventStoreDB fake' | 'real EventStoreDB' | 'MongoDB fake';

/** Stands where a case runs on nothing: the table shows the kind, and the reason below it. */
export class NotRun {
  constructor(
    readonly kind: 'n/a' | 'not shown',
    readonly reason: string,
  ) {}
}
/** The hazard does not exist with this adapter. */
export const notApplicable = (reason: string): NotRun => new NotRun('n/a', reason);
/** The hazard exists, but cannot be shown here. */
export const notShown = (reason: string): NotRun => new NotRun('not shown', reason);

/** An adapter in several forms: the facts are shown on each of them. */
export class Variants<Given> {
  constructor(readonly of: Readonly<Record<string, Given>>) {}
}

/** What the facts are given on each adapter. An adapter that is left out does not compile. */
export type Cells<Given> = Readonly<Record<Adapter, Given | Variants<Given> | NotRun>>;

/**
 * One case of the catalogue of failures, in a file named `r07-….chaos-spec.ts`. `facts` declares its tests; it is called
 * once an adapter with what that adapter is given.
 */
export function chaosCase<Given>(
  id: CaseId,
  title: string,
  cells: Cells<Given>,
  facts: (given: Given) => void,
): void {
  describe(`${id} ${title}`, () => {
    afterEach(cleanedUp);
    for (const [adapter, cell] of Object.entries(cells)) {
      describe(adapter, () => {
        // Its title is what the table shows; without a reason the cell is a failure.
        if (cell instanceof NotRun) {
          return it(`${cell.kind}: ${cell.reason}`, () => expect(cell.reason).toMatch(/\w/));
        }
        expectNoUnhandledRejection();
        if (!(cell instanceof Variants)) return facts(cell);
        for (const [variant, given] of Object.entries(cell.of)) describe(variant, () => facts(given));
      });
    }
  });
}
