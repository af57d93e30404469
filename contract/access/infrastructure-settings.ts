// The section `infrastructure` of the settings: names of what `infrastructure apply` makes. The rest of it stands in other sections:
// the bucket in `reports`, the role of every account in `role`, what it may read in `inventory`, `drift` and `tags`.
import * as z from 'zod';
import { quotedAccountId } from '../setting-forms.ts';

const roleName = z.string().regex(/^[\w+=,.@-]{1,59}$/, 'not the name of an IAM role of at most 59 characters');

/** People copy the issuer as they see it: with `https://`, or as the ARN of its provider. */
export const issuerSchema = z
  .string()
  .transform(text =>
    text
      .trim()
      .replace(/^arn:[a-z-]+:iam::\d{12}:oidc-provider\//, '')
      .replace(/^https:\/\//, '')
      .replace(/\/+$/, ''),
  )
  .refine(
    text => /^[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(\/[\w./-]+)?$/i.test(text),
    'not the issuer of a cluster, such as oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF',
  );

const days = z.number().int().min(1).max(36_500);

const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'not the name of an S3 bucket');

export const infrastructureSettingsSchema = z.strictObject({
  profiles: z
    .strictObject({ billing: z.string().min(1).optional(), security: z.string().min(1).optional() })
    .prefault({})
    .describe(
      'Profiles of the AWS configuration: the Organization’s management account, and the account of the bucket.',
    ),
  roles: z
    .strictObject({
      orchestrator: roleName.default('Inventory-Orchestrator'),
      runner: roleName.default('Inventory-Runner'),
      exporter: roleName.default('Inventory-Exporter'),
    })
    .prefault({})
    .describe('Each has a twin whose name ends in -Test, for the service accounts of test clusters.'),
  issuers: z
    .strictObject({ prod: z.array(issuerSchema).default([]), test: z.array(issuerSchema).default([]) })
    .prefault({})
    .describe('OIDC issuers of the clusters.'),
  audience: z.string().min(1).default('sts.amazonaws.com').describe('Of the token, and of the OIDC provider.'),
  namespace: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'not the name of a namespace')
    .default('inventory'),
  organizationId: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, 'not the id of an Organization, such as o-a1b2c3d4e5')
    .optional()
    .describe('Asked of Organizations when it is left out.'),
  cliBucket: bucketName
    .optional()
    .describe(
      'Where policy, trust and properties of the role in every account are put as files; nowhere when left out.',
    ),
  bucket: z
    .strictObject({
      expireAfterDays: days.nullable().default(null).describe('Reports are deleted then; null keeps them for ever.'),
      noncurrentDays: days.nullable().default(365).describe('Overwritten versions are deleted then.'),
      objectLock: z
        .strictObject({ mode: z.enum(['GOVERNANCE', 'COMPLIANCE']).default('GOVERNANCE'), days: days.default(30) })
        .nullable()
        .default(null)
        .describe('Of every new object; once on, a bucket keeps the feature for ever.'),
    })
    .prefault({}),
  rollOut: z
    .strictObject({
      organizationalUnits: z
        .array(
          z.string().regex(/^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/, 'not the id of a unit or root'),
        )
        .default([])
        .describe('Ids; empty for the whole Organization.'),
      autoDeployment: z.boolean().default(true).describe('New accounts get the role by themselves.'),
      delegatedAdministrator: quotedAccountId.nullable().default(null),
      name: z
        .string()
        .regex(/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/, 'not the name of a StackSet')
        .default('aws-inventory-role'),
    })
    .nullable()
    .prefault({})
    .describe('The role in every account, by a StackSet; null when something else brings it there.'),
  policies: z
    .string()
    .min(1)
    .default('infrastructure/policies')
    .describe('Folder of inventory_policy.json, inventory_trust.json and inventory_properties.json of your own.'),
  inventoryPolicy: z
    .enum(['generated', 'seed'])
    .default('generated')
    .describe('What the role may: what the enabled types need, or the wide policy that aws-recon was given.'),
});
