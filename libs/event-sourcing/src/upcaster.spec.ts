import fc from 'fast-check';
import { recorded } from '../testing';
import { UnknownEventVersion, UpcastersBroken } from './upcast-errors';
import { Upcasters } from './upcaster';
import type { Upcaster } from './upcaster';

const event = (type: string, data: unknown, schemaVersion?: number) =>
  recorded({ type, data }, 4, { stream: 'door-7', metadata: { schemaVersion } });

const inCentimetres: Upcaster = {
  type: 'DoorMade',
  from: 1,
  up: (data) => ({ width: (data as { inches: number }).inches * 2.54 }),
};
const withOwner: Upcaster = {
  type: 'DoorMade',
  from: 2,
  up: (data, { accountId }) => ({ ...(data as object), owner: accountId }),
};
const renamed: Upcaster = {
  type: 'DoorBuilt',
  from: 1,
  to: { type: 'DoorMade', schemaVersion: 2 },
  up: (data) => ({ width: data }),
};

describe('a chain of upcasters', () => {
  const upcasters = new Upcasters([withOwner, renamed, inCentimetres]);

  it('leads from the first shape to the current one, step by step, whatever order they are given in', () => {
    const { type, data, metadata } = upcasters.upcast(event('DoorMade', { inches: 10 }, 1));
    expect({ type, data }).toEqual({ type: 'DoorMade', data: { width: 25.4, owner: metadata.accountId } });
    expect(metadata.schemaVersion).toBe(3);
  });

  it('changes nothing but type, data and schema version', () => {
    const before = event('DoorMade', { width: 5 }, 2);
    const after = upcasters.upcast(before);
    expect(before.data).toEqual({ width: 5 });
    expect({ ...after, data: before.data, metadata: { ...after.metadata, schemaVersion: 2 } }).toEqual(
      before,
    );
  });

  it('carries a renamed event on through the chain of its new name', () => {
    const { type, data, metadata } = upcasters.upcast(event('DoorBuilt', 80, 1));
    expect([type, metadata.schemaVersion]).toEqual(['DoorMade', 3]);
    expect(data).toEqual({ width: 80, owner: metadata.accountId });
  });

  it('knows the version to write, and that a renamed event is not written any more', () => {
    expect(['DoorMade', 'DoorShut', 'DoorBuilt'].map((type) => upcasters.versionOf(type))).toEqual([
      3,
      1,
      undefined,
    ]);
  });

  it('gives a current event back as the same object', () => {
    for (const current of [event('DoorMade', {}, 3), event('DoorShut', {}, 1), event('DoorShut', {})]) {
      expect(upcasters.upcast(current)).toBe(current);
    }
  });

  it.each([
    ['DoorMade', 4, 3],
    ['DoorShut', 2, 1],
    ['DoorBuilt', 2, 1],
    ['DoorMade', 0, 3],
    ['DoorMade', 1.5, 3],
  ])('refuses %s of version %d: it reads up to %d', (type, version, known) => {
    const upcast = () => upcasters.upcast(event(type, {}, version));
    expect(upcast).toThrow(UnknownEventVersion);
    expect(upcast).toThrow(
      `${type} at revision 4 of door-7 has schema version ${version}, but this release reads versions up to ${known}`,
    );
    expect(upcast).toThrow('Upgrade this process');
  });

  it('reads every version there ever was in as many steps as there are versions after it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(8), (versions, behind) => {
        const counting = Array.from({ length: versions - 1 }, (_, index) => ({
          type: 'Counted',
          from: index + 1,
          up: (data: unknown) => (data as number) + 1,
        }));
        const version = Math.max(1, versions - behind);
        const { data, metadata } = new Upcasters(counting).upcast(event('Counted', 0, version));
        expect([data, metadata.schemaVersion]).toEqual([versions - version, versions]);
      }),
    );
  });
});

describe('a broken chain', () => {
  const back: Upcaster = { ...withOwner, to: { type: 'DoorBuilt', schemaVersion: 1 } };
  it.each([
    ['starts too late', [withOwner], 'the next one reads 1, not 2'],
    ['has two for a version', [inCentimetres, inCentimetres], 'the next one reads 2, not 1'],
    ['leads in a circle', [inCentimetres, renamed, back], 'they lead in a circle'],
  ])('is refused when it %s', (_, broken, reason) => {
    const build = () => new Upcasters(broken);
    expect(build).toThrow(UpcastersBroken);
    expect(build).toThrow(reason);
  });
});
