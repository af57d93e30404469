// What the real node's programs read: containerd's, kubelet's and kube-proxy's configuration, and the pods' network. Pure.

export interface NodePlaces {
  readonly name: string;
  readonly address: string;
  /** In memory. */
  readonly state: string;
  /** Below the root of the control groups, as /NAME. */
  readonly controlGroup: string;
  readonly networks: string;
  readonly plugins: string;
  readonly nameServers: string;
  readonly pauseImage: string;
  readonly kubeletKubeconfig: string;
  readonly proxyKubeconfig: string;
}

export const containerdSocket = ({ state }: NodePlaces): string => `${state}/containerd.sock`;

const podNetwork = '10.214.0.0/24';

/** Version 2 is read by containerd 1 and 2 alike. JSON's strings are TOML's. */
export const containerdConfiguration = (places: NodePlaces): string => {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
root = ${JSON.stringify(`${places.state}/containerd`)}
state = ${JSON.stringify(`${places.state}/containerd-state`)}
[grpc]
  address = ${JSON.stringify(containerdSocket(places))}
[${cri}]
  sandbox_image = ${JSON.stringify(places.pauseImage)}
  # Where the machine lacks CAP_SYS_RESOURCE, no sandbox starts without it.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
[${cri}.cni]
  bin_dir = ${JSON.stringify(places.plugins)}
  conf_dir = ${JSON.stringify(places.networks)}
[${cri}.containerd]
  snapshotter = "overlayfs"
[${cri}.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[${cri}.containerd.runtimes.runc.options]
  SystemdCgroup = false
`;
};

export const podNetworks = ({ state }: NodePlaces) => ({
  cniVersion: '0.4.0',
  name: 'pods',
  plugins: [
    {
      ...{ type: 'bridge', bridge: 'pods', isGateway: true, ipMasq: true, hairpinMode: true },
      ipam: {
        type: 'host-local',
        dataDir: `${state}/addresses`,
        ranges: [[{ subnet: podNetwork }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
});

export const kubeletConfiguration = (places: NodePlaces) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  // Reached by this machine alone, over the cable.
  authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
  authorization: { mode: 'AlwaysAllow' },
  readOnlyPort: 0,
  containerRuntimeEndpoint: `unix://${containerdSocket(places)}`,
  cgroupDriver: 'cgroupfs',
  cgroupRoot: places.controlGroup,
  failSwapOn: false,
  resolvConf: places.nameServers,
  podLogsDir: `${places.state}/pod-logs`,
  // The machine's memory and disk are others' too: how full they are says nothing about the pods.
  evictionHard: { 'memory.available': '1Mi', 'nodefs.available': '0%', 'imagefs.available': '0%' },
  imageGCHighThresholdPercent: 100,
  nodeStatusUpdateFrequency: '5s',
});

export const proxyConfiguration = (places: NodePlaces) => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: 'iptables',
  clientConnection: { kubeconfig: places.proxyKubeconfig },
  clusterCIDR: podNetwork,
  healthzBindAddress: '127.0.0.1:10256',
  // The whole machine's, and not to be changed from here.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
});

export const kubeletArguments = (places: NodePlaces, configuration: string): string[] => [
  `--config=${configuration}`,
  `--kubeconfig=${places.kubeletKubeconfig}`,
  `--root-dir=${places.state}/kubelet`,
  `--cert-dir=${places.state}/kubelet-certificates`,
  `--hostname-override=${places.name}`,
  `--node-ip=${places.address}`,
  '--v=2',
];
