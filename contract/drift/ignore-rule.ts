// Drift that people accept: rules of the settings (drift.ignore), each with an owner, a reason and, if wanted, an end.
import * as z from 'zod';

/** `aws_iam_*`, `AWS::EC2::*`, `*`. */
const typeForm = /^[\w*?]+(::[\w*?]+){0,2}$/;

const glob = z.string().trim().min(1);

/** Nothing but stars and question marks: it says nothing of what it matches. */
const matchesAll = (pattern: string | undefined): boolean => pattern === undefined || /^[*?]*\*[*?]*$/.test(pattern);

/**
 * In every pattern `*` stands for any characters, dots and slashes too, and `?` for one. All that a rule names must match.
 * With an attribute it hides that attribute's changes alone, without one the whole resource.
 */
export const ignoreRuleSchema = z
  .strictObject({
    type: z
      .string()
      .regex(typeForm, 'not a type such as aws_iam_role, aws_iam_* or AWS::EC2::*')
      .describe('Terraform’s type, or CloudFormation’s; * stands for any characters.'),
    id: glob.optional().describe('Terraform’s id, the ARN, or CloudFormation’s identifier.'),
    address: glob.optional().describe('Where a state declares it: module.network.aws_subnet.private*.'),
    attribute: glob
      .optional()
      .describe('The attribute whose changes are hidden, with all below it: tags, tags.Owner, ingress.*.description.'),
    region: glob.optional().describe('An AWS region, or global.'),
    owner: glob.describe('Who answers for the rule: shown wherever it is counted.'),
    reason: glob.describe('Shown wherever the rule is counted.'),
    until: z.iso
      .date('not a date such as 2027-01-31')
      .optional()
      .describe('The last day on which the rule holds, in UTC; without it the rule has no end.'),
  })
  .superRefine((rule, context) => {
    if (![rule.type, rule.id, rule.address, rule.attribute, rule.region].every(matchesAll)) return;
    context.addIssue({ code: 'custom', path: ['type'], message: 'this rule would hide everything', input: rule.type });
  });
export type IgnoreRule = z.infer<typeof ignoreRuleSchema>;

const patterns = ['type', 'id', 'address', 'attribute', 'region'] as const;

/** The rule in one line, without its owner and reason: `aws_iam_role id=AWSReserved* region=global`. */
export const describeIgnoreRule = (rule: IgnoreRule): string =>
  patterns
    .flatMap(name => {
      const pattern = rule[name];
      if (pattern === undefined) return [];
      return name === 'type' ? pattern : `${name}=${pattern}`;
    })
    .join(' ');

/** Whether the rule's last day has gone by. `today` is a date in UTC: `2027-01-31`. */
export const isExpired = (rule: IgnoreRule, today: string): boolean => rule.until !== undefined && rule.until < today;
