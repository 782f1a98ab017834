import { dependencyRules, dependencyViolations, environmentRule } from './dependency-rules';
import { libraryCycles } from './library-cycles';
import { parseSource } from './parsed-source';
import { readSources } from './sources';

interface Planted {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
}

const planted: readonly Planted[] = [
  {
    rule: 'a library has a row in the table',
    path: 'libs/weather/src/index.ts',
    text: `export * from './forecast';`,
  },
  {
    rule: 'libraries are imported by their index',
    path: 'libs/delivery/src/commands/report.ts',
    text: `import { flowLogDecider } from '@flowledger/flow-log/src/domain/flow-log.decider';`,
  },
  {
    rule: 'a relative import stays in its library',
    path: 'libs/delivery/src/commands/report.ts',
    text: `import { flowLogDecider } from '../../../flow-log/src';`,
  },
  {
    rule: 'sources import no test support',
    path: 'libs/network/src/queries/get-vpc.ts',
    text: `import { vpc } from '../../testing/network-facts';`,
  },
  {
    rule: 'sources import no test support',
    path: 'apps/api/src/ports.ts',
    text: `import { deciderSpec } from '@flowledger/event-sourcing/testing';`,
  },
  {
    rule: 'only the standalone application imports applications',
    path: 'apps/cli/src/main.ts',
    text: `import { Worker } from '@flowledger/worker';`,
  },
  {
    rule: 'only the standalone application imports applications',
    path: 'libs/delivery/src/delivery.module.ts',
    text: `const collector = await import('@flowledger/collector');`,
  },
  {
    rule: 'a library imports the libraries of its row',
    path: 'libs/event-store-embedded/src/schema.ts',
    text: `import type { FlowLogEvent } from '@flowledger/flow-log';`,
  },
  {
    rule: 'a library imports the libraries of its row',
    path: 'libs/flow-log/src/flow-log.module.ts',
    text: `import { EmbeddedEventStore } from '@flowledger/event-store-embedded';`,
  },
  {
    rule: 'a library imports the libraries of its row',
    path: 'libs/capture/src/read-capture.ts',
    text: `export type Position = import('@flowledger/event-sourcing').LogPosition;`,
  },
  {
    rule: 'a library imports the libraries of its row',
    path: 'libs/aggregation/src/tally.spec.ts',
    text: `import { EmbeddedLogStore } from '@flowledger/log-store';`,
  },
  {
    rule: 'a library imports the npm packages of its row',
    path: 'libs/event-sourcing/src/decider.ts',
    text: `import { Subject } from 'rxjs';`,
  },
  {
    rule: 'a library imports the npm packages of its row',
    path: 'libs/read-model-embedded/src/schema.ts',
    text: `const { MongoClient } = require('mongodb');`,
  },
  {
    rule: 'a library imports the npm packages of its row',
    path: 'libs/aggregation/src/fan-out.ts',
    text: `import { Injectable } from '@nestjs/common';`,
  },
  {
    rule: 'a library imports the npm packages of its row',
    path: 'libs/network/src/queries/get-vpc.ts',
    text: `import fc from 'fast-check';`,
  },
  {
    rule: 'pure files import no framework and no driver',
    path: 'libs/flow-log/src/domain/flow-log.decider.ts',
    text: `import { Injectable } from '@nestjs/common';`,
  },
  {
    rule: 'pure files import no framework and no driver',
    path: 'libs/delivery/src/delivery.process-manager.ts',
    text: `import { CommandBus } from '@nestjs/cqrs';`,
  },
  {
    rule: 'pure files do no input or output',
    path: 'libs/network/src/projections/vpcs.projection.ts',
    text: `import { readFileSync } from 'node:fs';`,
  },
  {
    rule: 'pure files import pure files',
    path: 'libs/flow-log/src/domain/flow-log.rules.ts',
    text: `import { StopFlowLogHandler } from '../commands/stop-flow-log';`,
  },
  {
    rule: 'events and sagas go through the log',
    path: 'libs/delivery/src/delivery.module.ts',
    text: `import { CommandBus, EventBus as Bus } from '@nestjs/cqrs';`,
  },
  {
    rule: 'CommonJS modules of Node carry the node: prefix',
    path: 'apps/cli/src/main.ts',
    text: `import { readFile } from 'fs/promises';`,
  },
  {
    rule: environmentRule,
    path: 'libs/log-store/src/spool.ts',
    text: `export const bound = Number(process.env.FLOWLEDGER_SPOOL_BYTES);`,
  },
];

describe('the dependency rule', () => {
  it('has a planted violation for every sentence of it', () => {
    const sentences = [...Object.keys(dependencyRules), environmentRule];
    expect(new Set(planted.map(({ rule }) => rule))).toEqual(new Set(sentences));
  });

  it.each(planted)('catches in $path: $text', ({ rule, path, text }) => {
    const violations = dependencyViolations(parseSource(path, text));
    expect(violations).toContainEqual(expect.objectContaining({ rule, where: `${path}:1` }));
  });

  it('does not mistake a comment or a text for an import', () => {
    const text = `// import { Saga } from '@nestjs/cqrs'\nexport const example = "require('rxjs')";`;
    expect(dependencyViolations(parseSource('libs/event-sourcing/src/decider.ts', text))).toEqual([]);
  });

  it('catches libraries that import each other in a circle', () => {
    const files = [
      parseSource('libs/network/src/index.ts', `export * from '@flowledger/flow-log';`),
      parseSource('libs/flow-log/src/index.ts', `export * from '@flowledger/delivery';`),
      parseSource('libs/delivery/src/index.ts', `export * from '@flowledger/network';`),
    ];
    expect(libraryCycles(files)).toEqual(['network -> flow-log -> delivery -> network']);
  });
});

describe('the repository', () => {
  const sources = readSources('apps', 'libs');

  it('is read', () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(1_000);
  });

  it('keeps the dependency rule', () => {
    expect(sources.flatMap(dependencyViolations)).toEqual([]);
  });

  it('has no circle of libraries', () => {
    expect(libraryCycles(sources)).toEqual([]);
  });
});
