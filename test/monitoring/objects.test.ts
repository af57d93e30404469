// Rules and dashboards name only what is exposed, and the Deployment only what the program knows.
import { readFileSync } from 'node:fs';
import type { V1Deployment, V1Service } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exposedMetrics } from './exposed-metrics.ts';
import { type Panel, panelQueries, readDashboard, readRules, ruleFiles } from './objects.ts';
import { groupingLabels, namedMetrics } from './promql-names.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const exposed = exposedMetrics();
const dashboards = ['fleet', 'account'] as const;

/** What Prometheus puts on every series. */
const targetLabels = ['job', 'instance'];

/** In words, what an expression names that nothing exposes. */
const unknownNames = (expression: string): string[] => {
  const metrics = namedMetrics(expression);
  const known = [...metrics.flatMap(({ name }) => exposed.get(name) ?? []), ...targetLabels];
  return [
    ...(metrics.length === 0 ? [`no metric in ${expression}`] : []),
    ...metrics.flatMap(({ name, labels }) => {
      const of = exposed.get(name);
      if (of === undefined) return [name];
      return labels.filter(label => !of.includes(label)).map(label => `${name}{${label}}`);
    }),
    ...groupingLabels(expression).filter(label => !known.includes(label)),
  ];
};

describe('a name that nothing exposes', () => {
  it.each([
    ['aws_inventory_accounts{outcome="failed"} > 0', []],
    ['sum by (service) (aws_inventory_organization_service_resources)', []],
    ['topk(3, aws_inventory_acounts)', ['aws_inventory_acounts']],
    ['aws_inventory_accounts{result="failed"}', ['aws_inventory_accounts{result}']],
    ['sum by (tag) (aws_inventory_accounts)', ['tag']],
  ])('is found in %s', (expression, unknown) => {
    expect(unknownNames(expression)).toEqual(unknown);
  });
});

describe('the rules', () => {
  it.each(ruleFiles)('of %s name what is exposed', file => {
    expect(readRules(file).flatMap(({ expr }) => unknownNames(expr))).toEqual([]);
  });

  it.each(ruleFiles)('of %s say how urgent they are, and use labels that they have', file => {
    for (const { alert, expr, labels, annotations } of readRules(file)) {
      expect(['warning', 'critical'], alert).toContain(labels['severity']);
      const used = [
        ...Object.values(annotations)
          .join(' ')
          .matchAll(/\$labels\.(\w+)/g),
      ].map(([, label]) => label ?? '');
      const grouped = groupingLabels(expr);
      const had = grouped.length > 0 ? grouped : namedMetrics(expr).flatMap(({ name }) => exposed.get(name) ?? []);
      expect(
        used.filter(label => ![...had, ...targetLabels].includes(label)),
        alert,
      ).toEqual([]);
    }
  });

  it('of the tag compliance exporter are its three', () => {
    expect(readRules('tag-rules').map(rule => [rule.alert, rule.expr, rule.for, rule.labels['severity']])).toEqual([
      ['TagComplianceViolation', 'tag_non_compliant_total > 0', '1h', 'warning'],
      ['LowTagCompliance', 'tag_compliance_percentage < 90', '30m', 'warning'],
      [
        'EC2TagComplianceIssue',
        'tag_resource_type_compliance_percentage{resource_type="instance"} < 95',
        '1h',
        'critical',
      ],
    ]);
  });
});

describe('the dashboards', () => {
  it.each(dashboards)('of %s ask for what is exposed', name => {
    expect(panelQueries(readDashboard(name)).flatMap(unknownNames)).toEqual([]);
  });

  it.each(dashboards)('of %s have panels that do not lie on each other, each with an id of its own', name => {
    const { panels } = readDashboard(name);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const areOver = ({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean =>
      a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
    const pairs = panels.flatMap((one, index) => panels.slice(index + 1).map(other => [one, other] as const));
    expect(pairs.filter(([one, other]) => areOver(one, other)).map(([one, other]) => [one.title, other.title])).toEqual(
      [],
    );
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  it('lead to each other, and choose the account by what is exposed', () => {
    const [fleet, account] = dashboards.map(readDashboard);
    expect(fleet?.links.map(({ url }) => url)).toEqual([`/d/${account?.uid}`]);
    expect(account?.links.map(({ url }) => url)).toEqual([`/d/${fleet?.uid}`]);
    expect(JSON.stringify(fleet)).toContain(`/d/${account?.uid}?var-account=`);
    const variable = account?.templating.list.find(({ name }) => name === 'account');
    const [, metric = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(variable?.definition ?? '') ?? [];
    expect(exposed.get(metric)).toContain(label);
  });
});

describe('the exporter’s Deployment', () => {
  const deployment = parse(read('k8s/components/exporter/deployment.yaml')) as V1Deployment;
  const service = parse(read('k8s/components/exporter/service.yaml')) as V1Service;
  const [container] = deployment.spec?.template.spec?.containers ?? [];

  it('sets and names only variables that the program reads', () => {
    const names = [...read('k8s/components/exporter/deployment.yaml').matchAll(/INVENTORY_\w+/g)].map(([name]) => name);
    const program = read('exporter/main.ts') + read('clients/container-program.ts');
    expect(names.length).toBeGreaterThan(4);
    expect(names.filter(name => !program.includes(name))).toEqual([]);
  });

  it('is restarted when the process hangs, not when S3 does, and is scraped once it has something to say', () => {
    expect([container?.livenessProbe?.httpGet?.path, container?.readinessProbe?.httpGet?.path]).toEqual([
      '/live',
      '/ready',
    ]);
  });

  it('is found by its Service, whose annotations say where', () => {
    const { labels } = deployment.spec?.template.metadata ?? {};
    expect(labels).toMatchObject(service.spec?.selector ?? { none: 'none' });
    const [port] = service.spec?.ports ?? [];
    const [own] = container?.ports ?? [];
    expect(port?.targetPort).toBe(own?.name);
    expect(service.metadata?.annotations).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': String(own?.containerPort),
      'prometheus.io/path': '/metrics',
    });
    const monitor = parse(read('k8s/components/exporter-monitoring/service-monitor.yaml')) as {
      spec: { selector: object; endpoints: readonly { port: string; honorLabels: boolean }[] };
    };
    expect(monitor.spec.selector).toEqual({ matchLabels: service.spec?.selector });
    // The operator's own label `service` must not take the place of ours.
    expect(monitor.spec.endpoints).toMatchObject([{ port: port?.name, honorLabels: true }]);
  });

  it('may use nothing but its token: restricted, nothing writable, no right in the cluster', () => {
    expect(deployment.spec?.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});
