// IAM's policy documents as data: what roles may, who may assume them, what a bucket refuses. Pure.

export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface Statement {
  /** Statements of one document are told apart by it: merging replaces the one of the same Sid and leaves all others. */
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  /** Absent in identity policies. */
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  /** Absent in trust policies. */
  readonly Resource?: string | readonly string[];
  /** In place of Resource: everything but these. */
  readonly NotResource?: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export const policyDocument = (...statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});
