// Every way a run can go wrong, as data: programs throw these codes, outcomes carry them, docs/errors.md explains them.

export type Fixer =
  | 'you'
  | 'organization administrator'
  | 'account owner'
  | 'bucket owner'
  | 'cluster administrator'
  | 'nobody';

export interface ErrorEntry {
  /** Exit code of a program that ends with this error (docs/errors.md has the table). */
  readonly exit: 0 | 1 | 2 | 3 | 40 | 41 | 42 | 43 | 44 | 45 | 143;
  /** Who can make it go away. */
  readonly fixer: Fixer;
  /** Whether the same call may succeed later with nothing changed. */
  readonly retryable: boolean;
  /** What to do, as one imperative sentence; an error may carry a more exact one. */
  readonly remedy: string;
}

const entry = (exit: ErrorEntry['exit'], fixer: Fixer, retryable: boolean, remedy: string): ErrorEntry => ({
  exit,
  fixer,
  retryable,
  remedy,
});

export const errorCatalogue = {
  // The command and its settings: nothing has been started.
  usage: entry(2, 'you', false, 'Read the --help of the command and correct the arguments.'),
  'settings-invalid': entry(2, 'you', false, 'Correct every listed key of the settings and start again.'),
  'unknown-account': entry(2, 'you', false, 'Remove the id, or check that the account belongs to this Organization.'),
  'run-not-found': entry(2, 'you', false, 'Check the run id against the manifests in the bucket.'),
  'template-unusable': entry(2, 'you', false, 'Correct the runner template so that the backend can run it.'),
  'cluster-denied': entry(
    2,
    'cluster administrator',
    false,
    'Apply the Role and RoleBinding inventory-orchestrator of k8s/base, then start the run again.',
  ),
  'cluster-unauthorized': entry(
    2,
    'you',
    false,
    'Sign in to the cluster again, or check the kubeconfig; in a pod, the token of its service account.',
  ),
  'cluster-unavailable': entry(1, 'nobody', true, 'Start the same run again when the API server answers.'),
  'no-credentials': entry(2, 'you', false, 'Sign in to AWS, for example with AWS_PROFILE and `aws sso login`.'),
  'duckdb-unavailable': entry(
    2,
    'you',
    false,
    'Install the package beside this one: npm install @duckdb/node-api (the container image comes without it).',
  ),
  'port-unavailable': entry(2, 'you', false, 'Choose another --port or --host.'),
  'simulator-unavailable': entry(2, 'you', false, 'Install Python 3 with its venv module, or set PYTHON to one.'),

  // Before the fan-out: no Job exists.
  'organization-denied': entry(
    40,
    'organization administrator',
    false,
    'Allow organizations:ListAccounts, from the management account or a delegated administrator.',
  ),
  'organization-throttled': entry(1, 'nobody', true, 'Wait some minutes and start the same run again.'),
  'organization-incomplete': entry(1, 'nobody', true, 'Start the run again; if it stays, report the listing to AWS.'),

  // One account: the others go on.
  'role-refused': entry(
    41,
    'account owner',
    false,
    'Create the role in the account, let its trust name the runner role, and check the ExternalId.',
  ),
  'sts-unavailable': entry(1, 'nobody', true, 'Retry the account; STS was throttled or out of reach.'),
  'wrong-account': entry(
    42,
    'you',
    false,
    'Correct the role ARN of this account: the role that was assumed lives in another one.',
  ),
  'upload-refused': entry(
    43,
    'bucket owner',
    false,
    'Allow the runner role s3:PutObject on the prefix, and its KMS key if the bucket has one.',
  ),
  'upload-unavailable': entry(1, 'nobody', true, 'Retry the account; the bucket was throttled or out of reach.'),
  'report-missing': entry(44, 'you', false, 'Read the log of the scan container; it left no usable report.'),
  'scan-denied': entry(
    44,
    'account owner',
    false,
    'Grant the role the read permissions of the inventory; every listing was denied.',
  ),
  'credentials-expired': entry(
    45,
    'you',
    true,
    'Add the component long-scans, which renews them, or scan fewer regions or services in this account: a chained role gives an hour.',
  ),
  'scan-deadline': entry(3, 'you', true, 'Raise run.accountDeadline, or scan fewer regions or services.'),
  'services-denied': entry(3, 'account owner', false, 'Grant the role the listed read permissions.'),
  'services-failed': entry(3, 'nobody', true, 'Retry the account; if it stays, read the log of the scan container.'),
  'services-throttled': entry(3, 'nobody', true, 'Retry the account when less else is calling its APIs.'),
  'resources-truncated': entry(3, 'you', false, 'Raise inventory.maxPerType to see the rest.'),
  'state-role-refused': entry(
    3,
    'account owner',
    false,
    'Let the role of drift.state.role trust the runner role, with the ExternalId of the settings; the inventory is whole.',
  ),
  'states-unreadable': entry(
    3,
    'you',
    false,
    'Read why in drift.json, under sources; correct drift.from, or let the role read the states.',
  ),
  'drift-incomplete': entry(
    3,
    'account owner',
    false,
    'Grant the rights that the alerts of drift.json name: what they are about was not compared.',
  ),
  'drift-failed': entry(
    3,
    'you',
    true,
    'Read the log of the scan container, then retry the account; the inventory is whole.',
  ),
  'tags-failed': entry(
    3,
    'you',
    true,
    'Read the log of the scan container, then retry the account; the inventory is whole.',
  ),
  'tags-incomplete': entry(
    3,
    'account owner',
    true,
    'Mend what is named for each account; the output has the others, and none of these.',
  ),
  'push-failed': entry(1, 'you', true, 'Check the URL of the Pushgateway, and whether it answers.'),
  'driftctl-absent': entry(
    2,
    'you',
    false,
    'Put driftctl 0.40 and its AWS provider on this machine, use the image that has them, or choose the engine ours.',
  ),
  'driftctl-failed': entry(
    3,
    'you',
    true,
    'Read what driftctl said of the region; the engine ours compares without it.',
  ),
  'report-rejected': entry(
    3,
    'you',
    false,
    'Let the scanner write whole JSON about this account under an allowed file name.',
  ),
  'foreign-identity': entry(42, 'you', false, 'Let the scan container see the credentials of its account alone.'),
  'container-killed': entry(1, 'cluster administrator', true, 'Look for memory limits and evictions, then retry.'),
  'container-failed': entry(1, 'you', true, 'Read the log of the named container.'),
  'pod-not-run': entry(
    1,
    'cluster administrator',
    true,
    'Read the reason: image, quota, room on the nodes, eviction; then retry the account.',
  ),
  'job-deadline': entry(3, 'you', true, 'Raise run.accountDeadline; the Job ran into its activeDeadlineSeconds.'),
  'job-refused': entry(3, 'cluster administrator', false, 'Read the reason; the backend did not accept the Job.'),
  'job-vanished': entry(3, 'cluster administrator', true, 'Find out who deletes runner Jobs, then retry the account.'),
  'job-conflict': entry(
    3,
    'you',
    false,
    'Choose another run id; a Job of this name exists for another account or with other facts.',
  ),
  'run-deadline': entry(3, 'you', true, 'Raise run.deadline or run.maxRunning, then retry the run.'),

  // The end of the run.
  'manifest-refused': entry(
    3,
    'bucket owner',
    false,
    'Allow the orchestrator s3:PutObject and s3:GetObject on its manifests under the prefix.',
  ),
  'latest-not-updated': entry(
    3,
    'bucket owner',
    true,
    'Start the same run id again: it only closes the run. If latest.json is damaged, restore an older version of it.',
  ),

  // Reading results: nothing is changed.
  'results-denied': entry(
    2,
    'bucket owner',
    false,
    'Allow this identity s3:GetObject and s3:GetObjectVersion on the prefix, and s3:ListBucket on the bucket for --date.',
  ),
  'results-unavailable': entry(1, 'nobody', true, 'Ask again; the bucket was throttled or out of reach.'),
  'results-not-found': entry(2, 'you', false, 'Check the bucket, the prefix and the date, or run an inventory first.'),
  'report-unreadable': entry(
    3,
    'bucket owner',
    false,
    'Restore the object version that the manifest names, or leave the account out with --exclude.',
  ),

  // What `infrastructure` makes: each thing by itself, and the same command goes on where it stopped.
  'bucket-taken': entry(
    2,
    'you',
    false,
    'Choose another name with reports.bucket, or the profile of the account that owns this one.',
  ),
  'infrastructure-refused': entry(3, 'account owner', false, 'Let this identity make the call that AWS refused.'),
  'infrastructure-incomplete': entry(
    3,
    'you',
    true,
    'Mend what is named, then start the same command again: it goes on where it stopped.',
  ),

  interrupted: entry(143, 'nobody', true, 'Start the same run id again; it goes on where it stopped.'),
  unexpected: entry(1, 'nobody', true, 'Retry; if it stays, report it with the log.'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorCatalogue, value);
