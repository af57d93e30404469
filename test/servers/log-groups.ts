// The pages of the million server: log groups, and the tags of some of them, rendered from their number alone, so that
// nothing is kept and a page costs no more than joining texts.

export interface LogGroupsOptions {
  readonly resources: number;
  readonly region: string;
  readonly account: string;
  /** Between 0 and 1. */
  readonly taggedShare: number;
}

export interface LogGroupPages {
  /** The body of DescribeLogGroups. */
  readonly describe: (start: number, size: number) => string;
  /** The body of GetResources; start counts tagged log groups. */
  readonly tagged: (start: number, size: number) => string;
}

const sources = ['/aws/lambda/', '/ecs/', '/aws/codebuild/', '/aws/rds/instance/', '/aws/apigateway/', '/eks/'];
const teams = ['payments', 'orders', 'search', 'identity', 'ledger', 'shipping', 'pricing'];
const stages = ['prod', 'test', 'dev'];

const nameOf = (number: number): string =>
  `${sources[number % sources.length]}${teams[number % teams.length]}-${stages[number % stages.length]}-service-${String(number).padStart(7, '0')}`;

const renderGroup = (number: number, arns: string): string => {
  const name = nameOf(number);
  const retention = number % 3 === 0 ? '' : `"retentionInDays":${number % 3 === 1 ? 30 : 365},`;
  const logClass = number % 10 === 0 ? 'INFREQUENT_ACCESS' : 'STANDARD';
  return `{"logGroupName":"${name}","creationTime":${1_600_000_000_000 + number * 1000},${retention}"metricFilterCount":${number % 4},"arn":"${arns}${name}:*","storedBytes":${(number * 7919) % 1_000_000_000},"logGroupClass":"${logClass}","logGroupArn":"${arns}${name}","deletionProtectionEnabled":false}`;
};

const renderTags = (number: number): string => {
  const tags = {
    Name: nameOf(number),
    team: teams[number % teams.length],
    stage: stages[number % stages.length],
    'cost-center': `cc-${4000 + (number % 50)}`,
    owner: `${teams[number % teams.length]}@example.com`,
    'managed-by': 'terraform',
    repository: `github.com/example/${teams[number % teams.length]}`,
    'data-classification': 'internal',
  };
  return JSON.stringify(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
};

const renderAll = (start: number, end: number, render: (number: number) => string): string =>
  Array.from({ length: Math.max(0, end - start) }, (_, at) => render(start + at)).join(',');

export const renderLogGroups = ({ resources, region, account, taggedShare }: LogGroupsOptions): LogGroupPages => {
  const arns = `arn:aws:logs:${region}:${account}:log-group:`;
  const tagged = Math.floor(resources * taggedShare);
  // Tagged and untagged ones lie among each other, as a join of the two answers has to stand.
  const numberOfTagged = (at: number): number => Math.floor((at * resources) / tagged);
  return {
    describe: (start, size) => {
      const end = Math.min(resources, start + size);
      const next = end < resources ? `,"nextToken":"${end}"` : '';
      return `{"logGroups":[${renderAll(start, end, number => renderGroup(number, arns))}]${next}}`;
    },
    tagged: (start, size) => {
      const end = Math.min(tagged, start + size);
      const entry = (at: number): string => {
        const number = numberOfTagged(at);
        return `{"ResourceARN":"${arns}${nameOf(number)}","Tags":${renderTags(number)}}`;
      };
      const next = end < tagged ? String(end) : '';
      return `{"PaginationToken":"${next}","ResourceTagMappingList":[${renderAll(start, end, entry)}]}`;
    },
  };
};
