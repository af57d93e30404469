// Second step of the tests' cluster: which arguments its servers get. Pure.

export interface ControlPlanePlaces {
  readonly etcdData: string;
  readonly etcdUrl: string;
  /** Of the API server. */
  readonly address: string;
  readonly port: number;
  readonly certificates: string;
  readonly serviceAccountKey: string;
  readonly tokens: string;
  readonly auditPolicy: string;
  readonly auditLog: string;
}

export const etcdArguments = (places: ControlPlanePlaces): string[] => [
  `--data-dir=${places.etcdData}`,
  `--listen-client-urls=${places.etcdUrl}`,
  `--advertise-client-urls=${places.etcdUrl}`,
  // There is no peer: any port will do.
  '--listen-peer-urls=http://127.0.0.1:0',
  // What a kill -9 of the process leaves is in the page cache; only a power cut would lose it.
  '--unsafe-no-fsync',
  '--log-level=warn',
];

export const loopback = '127.0.0.1';

export const apiServerArguments = (places: ControlPlanePlaces): string[] => [
  `--etcd-servers=${places.etcdUrl}`,
  `--bind-address=${places.address}`,
  `--advertise-address=${places.address}`,
  `--secure-port=${places.port}`,
  // It makes its own CA and serving certificate there, and finds them again.
  `--cert-dir=${places.certificates}`,
  `--token-auth-file=${places.tokens}`,
  `--service-account-key-file=${places.serviceAccountKey}`,
  `--service-account-signing-key-file=${places.serviceAccountKey}`,
  '--service-account-issuer=https://kubernetes.default.svc',
  '--service-cluster-ip-range=10.96.0.0/24',
  '--authorization-mode=Node,RBAC',
  // As on most clusters: what refuses a privileged pod is Pod Security.
  '--allow-privileged=true',
  '--enable-admission-plugins=NodeRestriction',
  `--audit-policy-file=${places.auditPolicy}`,
  `--audit-log-path=${places.auditLog}`,
  // One file, whatever its size: the default begins a new one at 100 MB, in the middle of a count.
  '--audit-log-maxsize=4096',
  // A loopback address is no endpoint of a Service, and trying to make it one fills the log.
  ...(places.address === loopback ? ['--endpoint-reconciler-type=none'] : []),
  '--kubelet-preferred-address-types=InternalIP',
  '--profiling=false',
];

export const controllers = [
  'job-controller',
  'cronjob-controller',
  'ttl-after-finished-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
  'root-ca-certificate-publisher-controller',
  'node-lifecycle-controller',
  'pod-garbage-collector-controller',
  'resourcequota-controller',
] as const;

export interface ControllerManagerPlaces {
  readonly kubeconfig: string;
  readonly serviceAccountKey: string;
  readonly caFile: string;
}

export const controllerManagerArguments = (places: ControllerManagerPlaces): string[] => [
  `--kubeconfig=${places.kubeconfig}`,
  `--service-account-private-key-file=${places.serviceAccountKey}`,
  `--root-ca-file=${places.caFile}`,
  `--controllers=${controllers.join(',')}`,
  '--leader-elect=false',
  // Nobody asks it for anything.
  '--secure-port=0',
  // Its own limits let nine Jobs a second begin: they would set the pace of every test.
  '--kube-api-qps=1000',
  '--kube-api-burst=2000',
  '--concurrent-job-syncs=20',
  '--concurrent-cron-job-syncs=5',
  '--concurrent-ttl-after-finished-syncs=20',
  '--concurrent-gc-syncs=20',
  '--concurrent-namespace-syncs=10',
  '--node-monitor-period=1s',
];

/** Who asked for what and how it ended, once per request; nothing of what was sent. */
export const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'None', nonResourceURLs: ['/*'] }, { level: 'Metadata' }],
} as const;
