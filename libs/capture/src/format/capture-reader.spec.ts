import fc from 'fast-check';
import type { WrittenPacket } from '../../../../test/fixtures/capture-writer';
import {
  block,
  fields,
  interfaceDescription,
  sectionHeader,
  writePcap,
  writePcapng,
} from '../../../../test/fixtures/capture-writer';
import { BrokenCapture, UnsupportedLinkType } from '../errors';
import { readCapture } from '../read-capture';
import { CaptureReader } from './capture-reader';

async function read(file: Uint8Array, chunkSize = file.length) {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < file.length; at += chunkSize) chunks.push(file.subarray(at, at + chunkSize));
  const reader = await CaptureReader.open(chunks);
  const packets = [];
  for await (const { time, data, linkType, originalLength } of reader) {
    packets.push({ ...time, data: [...data], linkType, originalLength });
  }
  return { packets, truncatedAt: reader.truncatedAt, format: reader.format, byteOrder: reader.byteOrder };
}

const written = (packets: readonly WrittenPacket[], linkTypes: readonly number[] = [1]) =>
  packets.map(({ seconds, nanoseconds, data, originalLength = data.length, interface: index = 0 }) => {
    return { seconds, nanoseconds, data: [...data], originalLength, linkType: linkTypes[index] };
  });

const packetsOf = (interfaces: number) =>
  fc.array(
    fc.record({
      seconds: fc.integer({ min: 0, max: 0xffff_ffff }),
      nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
      data: fc.uint8Array({ maxLength: 80 }),
      interface: fc.integer({ min: 0, max: interfaces - 1 }),
    }),
    { maxLength: 8 },
  );
const orders = fc.constantFrom('little' as const, 'big' as const);
const chunkSizes = fc.integer({ min: 1, max: 200 });
const two: WrittenPacket[] = [
  { seconds: 1, nanoseconds: 5000, data: Buffer.alloc(30, 1), originalLength: 1500 },
  { seconds: 2, nanoseconds: 6000, data: Buffer.alloc(31, 2) },
];

describe('a written capture', () => {
  it('reads back as pcap, in both byte orders and any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(packetsOf(1), orders, chunkSizes, async (packets, order, chunkSize) => {
        const back = await read(writePcap(packets, { order, resolution: 'nano' }), chunkSize);
        expect(back).toEqual({
          packets: written(packets),
          truncatedAt: null,
          format: 'pcap',
          byteOrder: order,
        });
      }),
    );
  });

  it('reads back as pcapng, with several interfaces and unknown blocks', async () => {
    const interfaces = [
      { linkType: 1, resolution: 9 },
      { linkType: 101, resolution: 9, offset: -7 },
    ];
    await fc.assert(
      fc.asyncProperty(
        packetsOf(2),
        orders,
        chunkSizes,
        fc.boolean(),
        async (packets, order, chunkSize, unknownBlocks) => {
          const back = await read(writePcapng(packets, { order, interfaces, unknownBlocks }), chunkSize);
          expect(back).toEqual({
            packets: written(packets, [1, 101]),
            truncatedAt: null,
            format: 'pcapng',
            byteOrder: order,
          });
        },
      ),
    );
  });

  it.each([
    [3, 0, 7_000_000],
    [0x80 | 10, 0, 7_812_500],
    [6, 1_000_000, 7_812_000],
  ])('with resolution %d and offset %d has its times', async (resolution, offset, nanoseconds) => {
    const packet = { seconds: 1_720_775_400, nanoseconds: 7_812_500, data: Buffer.alloc(4), interface: 1 };
    const interfaces = [{ linkType: 1 }, { linkType: 101, resolution, offset }];
    const { packets } = await read(writePcapng([packet], { interfaces }));
    expect(packets).toMatchObject([{ seconds: 1_720_775_400, nanoseconds, linkType: 101 }]);
  });
});

describe('a capture cut in its last record', () => {
  it.each([writePcap(two), writePcapng(two), writePcapng(two, { unknownBlocks: true })])(
    'gives the whole records before it, and where it is cut, wherever that is',
    async (file) => {
      const whole = await read(file);
      const secondAt = (await read(file.subarray(0, file.length - 1))).truncatedAt!;
      expect(whole.truncatedAt).toBeNull();
      for (let length = secondAt + 1; length < file.length; length++) {
        const { packets, truncatedAt } = await read(file.subarray(0, length), 7);
        expect({ packets, truncatedAt }).toEqual({
          packets: whole.packets.slice(0, 1),
          truncatedAt: secondAt,
        });
      }
      expect((await read(file.subarray(0, secondAt))).truncatedAt).toBeNull();
    },
  );
});

describe('a broken capture', () => {
  const broken = async (file: Uint8Array) =>
    read(file).then(
      () => null,
      (error: unknown) => error,
    );
  const section = sectionHeader('little');
  const ethernet = interfaceDescription('little', { linkType: 1 });
  const packetBlock = (index: number, captured: number) =>
    block('little', 6, fields('little', [4, index], [8, 0], [4, captured], [4, 0]));

  it.each([
    ['nothing', Buffer.alloc(0), 0, 'too short'],
    ['text', Buffer.from('hello, world'), 0, 'neither pcap nor pcapng'],
    ['a cut file header', writePcap([]).subarray(0, 20), 0, 'header is cut'],
    [
      'another version',
      Buffer.concat([writePcap([]).subarray(0, 4), fields('little', [2, 9]), Buffer.alloc(18)]),
      4,
      'version 9',
    ],
    [
      'a hostile packet length',
      Buffer.concat([writePcap([]), fields('little', [8, 0], [4, 0xffff_fff0], [4, 0])]),
      24,
      'larger',
    ],
    [
      'a hostile block length',
      Buffer.concat([section, fields('little', [4, 6], [4, 0xffff_fff0], [4, 0])]),
      28,
      'bytes long',
    ],
    ['an undescribed interface', Buffer.concat([section, packetBlock(0, 0)]), 28, 'not described'],
    [
      'a packet longer than its block',
      Buffer.concat([section, ethernet, packetBlock(0, 4)]),
      28 + ethernet.length,
      'longer than its block',
    ],
    [
      'two lengths that differ',
      Buffer.concat([section, block('little', 77, Buffer.alloc(4)).fill(9, 12, 16)]),
      28,
      'differ',
    ],
  ])('of %s says where and why', async (_, file, offset, reason) => {
    const error = await broken(file);
    expect(error).toBeInstanceOf(BrokenCapture);
    expect(error).toMatchObject({
      offset,
      reason: expect.stringContaining(reason) as string,
      packetsRead: 0,
    });
  });

  it('tells how many packets were read before', async () => {
    const file = Buffer.concat([writePcap(two), fields('little', [8, 0], [4, 1_000_000], [4, 0])]);
    expect(await broken(file)).toMatchObject({ offset: writePcap(two).length, packetsRead: 2 });
  });
});

describe('a refused capture', () => {
  it.each([
    ['text', Buffer.from('hello, world')],
    ['another link type', writePcap(two, { linkType: 160 })],
  ])('of %s ends the stream it came from', async (_, file) => {
    let ended = false;
    function* chunks() {
      try {
        yield file;
      } finally {
        ended = true;
      }
    }
    await expect(readCapture(chunks(), () => undefined)).rejects.toThrow();
    expect(ended).toBe(true);
  });
});

describe('a damaged capture', () => {
  it('gives packets or a typed error, never anything else', async () => {
    const files = [
      writePcap(two),
      writePcap(two, { order: 'big' }),
      writePcapng(two, { unknownBlocks: true }),
    ];
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), damage, chunkSizes, async (file, changes, chunkSize) => {
        const damaged = Buffer.from(file);
        for (const [at, value] of changes) damaged[at % damaged.length] = value;
        try {
          await readCapture([damaged.subarray(0, chunkSize), damaged.subarray(chunkSize)], () => undefined);
        } catch (error) {
          expect(error instanceof BrokenCapture || error instanceof UnsupportedLinkType).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
