import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CaptureReader, FlowTotals, readCapture, UnsupportedLinkType } from '@flowledger/capture';
import { formatInstant } from '@flowledger/flow-record';

/** Read in place, beside the repository; a missing folder fails the suite. */
const samples = path.resolve(__dirname, '../../../shared/data/pcap');
const isCapture = (name: string) => /\.pcap(ng)?$/.test(name);
const captures = readdirSync(samples).filter(isCapture);

interface Expected {
  readonly format: string;
  readonly byteOrder: string;
  readonly linkType: number;
  readonly packets: number;
  readonly error?: string;
  readonly truncatedLastRecord?: boolean;
  readonly skipped?: { readonly nonIp: number; readonly malformed: number };
  readonly flows?: readonly object[];
}

const expectedOf = (name: string) =>
  JSON.parse(readFileSync(path.join(samples, 'expected', `${name}.json`), 'utf8')) as Expected;
const open = (name: string) => createReadStream(path.join(samples, name));

describe('the sample captures', () => {
  it('are there, each with what it holds', () => {
    expect(captures.length).toBeGreaterThan(0);
    const expected = readdirSync(path.join(samples, 'expected'));
    expect(expected.sort()).toEqual(captures.map((name) => `${name}.json`).sort());
  });
});

describe.each(captures.filter((name) => !expectedOf(name).error))('%s', (name) => {
  it('gives exactly the flows and counts of its expected file', async () => {
    const expected = expectedOf(name);
    const totals = new FlowTotals();
    const summary = await readCapture(open(name), (observation) => totals.add(observation));
    const { format, byteOrder, linkType, packets } = expected;
    expect(summary).toMatchObject({ format, byteOrder, linkType, packets });
    expect(summary.skipped).toEqual({ ...expected.skipped, noTime: 0 });
    expect(summary.truncatedAt !== null).toBe(expected.truncatedLastRecord);
    const flows = totals.sorted().map(({ ipVersion: _, first, last, ...flow }) => ({
      ...flow,
      first: formatInstant(first),
      last: formatInstant(last),
    }));
    expect(flows).toEqual(expected.flows);
  });
});

describe.each(captures.filter((name) => expectedOf(name).error))('%s', (name) => {
  it('is refused for its link type, though its packets can be read', async () => {
    const { error, linkType, packets } = expectedOf(name);
    expect(error).toBe('unsupported-link-type');
    await expect(readCapture(open(name), () => undefined)).rejects.toEqual(new UnsupportedLinkType(linkType));
    let read = 0;
    for await (const packet of await CaptureReader.open(open(name)))
      read += packet.linkType === linkType ? 1 : 0;
    expect(read).toBe(packets);
  });
});
