// The person who follows the README: its commands as they stand there, two profiles of AWS, and kubectl.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Machine } from './installation.ts';

/** The blocks of commands in the README's section on clusters, in their order, without remarks. */
export const readmeBlocks = (): string[][] => {
  const section = readFileSync('README.md', 'utf8').split('\n## In a cluster\n')[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/```bash\n(.*?)```/gs)].map(([, block = '']) =>
    block
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map(line => line.replace(/\s+#.*$/, ''))
      .filter(line => line !== ''),
  );
};

export interface User {
  /** kubectl and the like, in a folder with a copy of k8s/. */
  readonly type: (command: string) => Promise<string>;
  readonly json: <Kind>(command: string) => Promise<Kind>;
  /** The command of the project, written as `npm run -s aws-inventory -- …`. */
  readonly typeAws: (command: string) => Promise<{ readonly exitCode: number | undefined; readonly all: string }>;
}

/** One signs in, the other is a role that it may assume. */
const profiles = (security: string): string => `[profile billing-admin]
region = eu-west-1
aws_access_key_id = AKIASANDBOXSANDBOX00
aws_secret_access_key = sandbox
[profile security-admin]
region = eu-west-1
role_arn = arn:aws:iam::${security}:role/OrganizationAccountAccessRole
source_profile = billing-admin
`;

const bundle = join(process.cwd(), 'dist/aws-inventory.mjs');
const bash = ['--norc', '-euo', 'pipefail', '-c'] as const;

export const becomeUser = async ({ cluster, directory, aws }: Machine, security: string): Promise<User> => {
  const configuration = join(directory, 'aws-configuration');
  await writeFile(configuration, profiles(security));
  const { PATH = '', HOME = directory } = process.env;
  const kubernetes = { KUBECONFIG: cluster.adminKubeconfig, KUBECACHEDIR: cluster.directory };
  const { url: AWS_ENDPOINT_URL } = aws.proxy;
  const env = { PATH, HOME, AWS_ENDPOINT_URL, AWS_CONFIG_FILE: configuration, ...kubernetes };
  const type: User['type'] = async command =>
    (await execa('bash', [...bash, command], { cwd: directory, env: kubernetes })).stdout;
  return {
    type,
    json: async command => JSON.parse(await type(`${command} -o json`)),
    typeAws: async command => {
      // npm would look whether the bundles are current: the set-up of the tests did.
      const direct = command.replace('npm run -s aws-inventory --', `'${process.execPath}' '${bundle}'`);
      const options = { cwd: directory, env, extendEnv: false, reject: false, all: true } as const;
      const { exitCode, all } = await execa('bash', [...bash, direct], options);
      return { exitCode, all };
    },
  };
};
