import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { PrometheusMetrics } from './metrics';

const textOf = (path: string) => readFileSync(join(__dirname, '../../..', path), 'utf8');
const documentation = textOf('docs/operations.md');
const dashboard = JSON.parse(textOf('deploy/grafana/flowledger.json')) as {
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    readonly targets: readonly {
      readonly refId: string;
      readonly expr: string;
      readonly legendFormat: string;
    }[];
  }[];
};
const { groups } = load(textOf('deploy/prometheus/alerts.yml')) as {
  groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly for?: string;
      readonly labels: { readonly severity: string };
      readonly annotations: { readonly summary: string };
    }[];
  }[];
};
const rules = groups.flatMap((group) => group.rules);

/** Names alone are asked for: nothing is measured. */
const names = new PrometheusMetrics({
  worker: {},
  dataPlane: { collector: {}, logStore: {} },
  monitor: {},
  commands: () => ({ inFlight: 0, refused: new Map() }),
} as never).names;

const words = new Set([
  ...['sum', 'max', 'by', 'le', 'rate', 'increase', 'histogram_quantile', 'and', 'or'],
  ...['signal', 'of', 'consumer', 'reason', 'kind', 'instance', 'label_values'],
]);
/** What an expression calls that is neither a function, a label nor a string. */
const metricsOf = (expression: string): string[] =>
  [...expression.replace(/"[^"]*"/g, '').matchAll(/(?<![\w$.[])[a-z_]\w*/g)]
    .map(([word]) => word)
    .filter((word) => !words.has(word));
const family = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
const exported = (name: string): boolean => names.includes(name) || names.includes(family(name));
const balanced = (expression: string): boolean =>
  ['()', '{}', '[]'].every(
    ([open, close]) => expression.split(open!).length === expression.split(close!).length,
  );

describe('the metrics', () => {
  it('are each explained in docs/operations.md, and no other', () => {
    const ours = names.filter((name) => name.startsWith('flowledger_')).sort();
    const explained = [...documentation.matchAll(/^\| `(flowledger_\w+)/gm)].map(([, name]) => name!).sort();
    expect(ours.length).toBeGreaterThan(30);
    expect(explained).toEqual(ours);
  });
});

describe('expressions over metrics', () => {
  it('are read so that an unknown name is found', () => {
    expect(metricsOf('max by (consumer) (rate(flowledger_lost_total{reason="x"}[5m])) > 3')).toEqual([
      'flowledger_lost_total',
    ]);
    expect(exported('flowledger_lost_total')).toBe(false);
    expect(balanced('sum(a')).toBe(false);
  });

  it.each(rules.map(({ alert, expr }) => [alert, expr]))(
    'of the alert %s name what is exported',
    (_, expr) => {
      expect(metricsOf(expr).length).toBeGreaterThan(0);
      expect(metricsOf(expr).filter((name) => !exported(name))).toEqual([]);
      expect(balanced(expr)).toBe(true);
    },
  );

  it('of the dashboard name what is exported', () => {
    const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(20);
    expect(expressions.flatMap(metricsOf).filter((name) => !exported(name))).toEqual([]);
    expect(expressions.filter((expression) => !balanced(expression))).toEqual([]);
  });
});

describe('the alert rules', () => {
  it('have a name of their own, a severity, and words for people', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations, for: lasting } of rules) {
      expect(alert).toMatch(/^Flowledger[A-Z]/);
      expect(['warning', 'critical']).toContain(labels.severity);
      expect(annotations.summary).not.toBe('');
      expect(lasting ?? '1m').toMatch(/^\d+[smh]$/);
      expect(documentation).toContain(`\`${alert}\``);
    }
  });
});

describe('the dashboard', () => {
  it('is one that Grafana can take: panels of their own that do not overlap', () => {
    expect(dashboard).toMatchObject({ uid: 'flowledger', schemaVersion: expect.any(Number) as number });
    expect(dashboard.templating.list.map(({ name }) => name)).toEqual(['datasource', 'instance']);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const taken = new Set<string>();
    for (const { title, gridPos, targets } of dashboard.panels) {
      expect(title).not.toBe('');
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        expect(taken).not.toContain(`${x} ${gridPos.y}`);
        taken.add(`${x} ${gridPos.y}`);
      }
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  });
});
