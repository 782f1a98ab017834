import { dependencyViolations } from '../architecture/dependency-rules';
import { parseSource } from '../architecture/parsed-source';
import { chaosCase, notApplicable } from './frame/chaos-case';
import { productSources } from './support/sources';

const rule = 'events and sagas go through the log';
const theSources = notApplicable('shown on the sources, which are the same for every adapter');
const planted = `import { Saga } from '@nestjs/cqrs';`;

chaosCase(
  'R33',
  'no saga, event bus or aggregate root of @nestjs/cqrs: nothing that an exception ends and a crash forgets',
  {
    embedded: productSources,
    'EventStoreDB fake': theSources,
    'real EventStoreDB': theSources,
    'MongoDB fake': theSources,
  },
  (sources) => {
    const broken = (path: string, text: string) =>
      dependencyViolations(parseSource(path, text)).filter((violation) => violation.rule === rule);

    it('in no source', () => {
      const all = sources();
      expect(all.length).toBeGreaterThan(100);
      expect(all.flatMap(({ path, text }) => broken(path, text))).toEqual([]);
    });

    it('would be noticed', () =>
      expect(broken('libs/delivery/src/delivery.module.ts', planted)).toHaveLength(1));
  },
);
