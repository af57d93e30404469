// k8s/components/tag-exporter as far as it can be read without a cluster: names that others rely on, and a config that is one.
import { readFileSync } from 'node:fs';
import type { V1ConfigMap, V1Deployment, V1Service, V1ServiceAccount } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readMatrixConfig } from '../contract/tags/matrix-config.ts';

const folder = 'k8s/components/tag-exporter';
const text = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');
const read = <Kind>(name: string): Kind => parse(text(name)) as Kind;

const deployment = read<V1Deployment>('deployment.yaml');
const service = read<V1Service>('service.yaml');
const pod = deployment.spec?.template.spec;
const [container] = pod?.containers ?? [];

describe('the component tag-exporter', () => {
  it('has the names that people and dashboards look for', () => {
    const names = [deployment, service, read<V1ServiceAccount>('service-account.yaml')].map(({ metadata }) => [
      metadata?.namespace,
      metadata?.name,
    ]);
    expect(new Set(names.map(String))).toEqual(new Set(['monitoring,aws-tag-exporter']));
    const { configMapGenerator } = read<{ configMapGenerator: (V1ConfigMap & { name: string })[] }>(
      'kustomization.yaml',
    );
    expect(configMapGenerator).toMatchObject([
      { name: 'aws-tag-exporter-config', options: { disableNameSuffixHash: true } },
    ]);
    expect(pod?.volumes?.[0]?.configMap?.name).toBe('aws-tag-exporter-config');
    expect(pod?.serviceAccountName).toBe('aws-tag-exporter');
  });

  it('is scraped through the Service on 8080', () => {
    expect(service.metadata?.annotations).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '8080',
      'prometheus.io/path': '/metrics',
    });
    expect(service.spec?.ports).toEqual([{ name: 'metrics', port: 8080, targetPort: 'metrics' }]);
    expect(container?.ports).toEqual([{ name: 'metrics', containerPort: 8080 }]);
    const labels = deployment.spec?.template.metadata?.labels;
    expect(labels).toEqual({ app: 'aws-tag-exporter', component: 'metrics-exporter' });
    expect([service.spec?.selector, deployment.spec?.selector.matchLabels]).toEqual([labels, labels]);
    expect(read<{ spec: object }>('service-monitor.yaml').spec).toMatchObject({
      selector: { matchLabels: labels },
      endpoints: [{ port: 'metrics', path: '/metrics', interval: '60s', scrapeTimeout: '30s' }],
    });
  });

  it('is one pod, which is restarted for no outage of AWS, and is given the time that a scan has at the end', () => {
    expect(deployment.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    const probe = (path: string, delay: number) => ({
      httpGet: { path, port: 'metrics' },
      ...{ initialDelaySeconds: delay, periodSeconds: delay, timeoutSeconds: 5, failureThreshold: 3 },
    });
    expect(container?.livenessProbe).toEqual(probe('/live', 30));
    expect(container?.readinessProbe).toEqual(probe('/ready', 10));
    expect(pod?.terminationGracePeriodSeconds).toBe(30);
    expect(container?.args?.slice(1, 3)).toEqual(['tags', '--web']);
  });

  it('is restricted in the sense of Pod Security, and has no token of the cluster', () => {
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container?.securityContext).toEqual({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ['ALL'] },
    });
    expect(pod?.automountServiceAccountToken).toBe(false);
  });

  it('comes with a config that the program takes, with what is commented out in it too', () => {
    expect(readMatrixConfig({ name: 'config.yaml', text: text('config.yaml') })?.required).toHaveLength(4);
    const lines = text('config.yaml').replaceAll(/^# (?=[a-z_]+:| {2}")/gm, '');
    expect(readMatrixConfig({ name: 'config.yaml', text: lines })).toMatchObject({
      accounts: [{ roleArn: 'arn:aws:iam::123456789012:role/CustomAuditRole' }],
      ...{ excluded: ['pod', 'ecs:task', 'eks:*'], refreshInterval: 300, source: 'tagging' },
    });
  });
});
