// What kustomize makes of the component tag-exporter: by itself, as `kubectl apply -k` has it, and beside the fleet.
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { type ManifestFolder, makeManifestFolder, readManifests } from './manifest-folders.ts';

const folders: ManifestFolder[] = [];
afterAll(() => Promise.all(folders.map(folder => folder.remove())));

const expected = [
  ['ConfigMap', 'aws-tag-exporter-config'],
  ['Deployment', 'aws-tag-exporter'],
  ['Service', 'aws-tag-exporter'],
  ['ServiceAccount', 'aws-tag-exporter'],
];

const inMonitoring = (text: string) =>
  readManifests(text)
    .filter(({ metadata }) => metadata?.namespace === 'monitoring')
    .map(({ kind, metadata }) => [kind, metadata?.name])
    .sort();

describe('the component tag-exporter', () => {
  it('is whole by itself', async () => {
    const { stdout, stderr } = await execa('kubectl', ['kustomize', 'k8s/components/tag-exporter']);
    expect(stderr).toBe('');
    expect(readManifests(stdout)).toHaveLength(expected.length);
    expect(inMonitoring(stdout)).toEqual(expected);
  });

  it('stands beside the fleet, which stays as it is', async () => {
    const [alone, both] = await Promise.all([makeManifestFolder(), makeManifestFolder(['tag-exporter'])]);
    folders.push(alone, both);
    const [before, after] = await Promise.all([alone.build(), both.build()]);
    expect(inMonitoring(after.text)).toEqual(expected);
    const fleet = readManifests(after.text).filter(({ metadata }) => metadata?.namespace !== 'monitoring');
    expect(fleet).toEqual(readManifests(before.text));
    const byKustomize = await both.buildByKustomize();
    expect(inMonitoring(byKustomize.text)).toEqual(expected);
  });
});
