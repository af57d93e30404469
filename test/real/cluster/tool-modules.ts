// What the tests' cluster is built from: a committed go.mod and go.sum per folder of tools/, so that every machine builds the same.

export type ToolName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubelet'
  | 'kube-proxy'
  | 'kustomize'
  | 'skaffold';

export interface ToolModule {
  /** A folder of tools/ with go.mod and go.sum. */
  readonly folder: string;
  /** Names its directory in the cache; the folder's name when left out. */
  readonly name?: string;
  /** The Go module in that go.mod whose version is the tools' own. */
  readonly versionOf: string;
  readonly packages: Readonly<Partial<Record<ToolName, string>>>;
  /** Variables that the linker sets, so that the tools tell their version. */
  readonly linkedVersion: (version: string) => Readonly<Record<string, string>>;
  /** On two cores with an empty build cache. */
  readonly takes: string;
  /** Built when a test asks for it, and not ahead with the others. */
  readonly onDemand?: boolean;
}

export const toolModules: readonly ToolModule[] = [
  {
    folder: 'kubernetes',
    versionOf: 'k8s.io/kubernetes',
    packages: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
    },
    linkedVersion: version => ({ 'k8s.io/component-base/version.gitVersion': version }),
    takes: 'four minutes',
  },
  {
    // What a real node needs besides; of the same module, so that there is one version of it.
    folder: 'kubernetes',
    name: 'kubernetes-node',
    versionOf: 'k8s.io/kubernetes',
    packages: {
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
      kubelet: 'k8s.io/kubernetes/cmd/kubelet',
      'kube-proxy': 'k8s.io/kubernetes/cmd/kube-proxy',
    },
    linkedVersion: version => ({ 'k8s.io/component-base/version.gitVersion': version }),
    takes: 'two minutes',
    onDemand: true,
  },
  {
    folder: 'etcd',
    versionOf: 'go.etcd.io/etcd/server/v3',
    packages: { etcd: 'go.etcd.io/etcd/server/v3' },
    linkedVersion: () => ({}),
    takes: 'half a minute',
  },
  {
    folder: 'kustomize',
    versionOf: 'sigs.k8s.io/kustomize/kustomize/v5',
    packages: { kustomize: 'sigs.k8s.io/kustomize/kustomize/v5' },
    linkedVersion: version => ({ 'sigs.k8s.io/kustomize/api/provenance.version': version }),
    takes: 'half a minute',
  },
  {
    folder: 'skaffold',
    versionOf: 'github.com/GoogleContainerTools/skaffold/v2',
    packages: { skaffold: 'github.com/GoogleContainerTools/skaffold/v2/cmd/skaffold' },
    linkedVersion: version => ({ 'github.com/GoogleContainerTools/skaffold/v2/pkg/skaffold/version.version': version }),
    takes: 'six minutes',
    onDemand: true,
  },
];
