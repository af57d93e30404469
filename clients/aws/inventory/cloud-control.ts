// Cloud Control: one call lists almost any type, through the handler that CloudFormation has for it.
import { CloudControlClient, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import { type AwsConnection, clientConfiguration } from '../connection.ts';
import { type AwsErrorFacts, type AwsErrorKind, describeAwsError } from '../errors.ts';
import type { RequestRates } from '../request-rates.ts';

export interface CloudControlResource {
  /** The parts of its primary identifier, joined by `|`. */
  readonly identifier: string;
  /** What the handler tells of it: often the identifier alone; undefined when it is no JSON object. */
  readonly properties: Readonly<Record<string, unknown>> | undefined;
}

export interface CloudControlQuestion {
  /** CloudFormation's name of the type. */
  readonly type: string;
  /** Inputs that the type's handler needs; undefined when it needs none. */
  readonly model: Readonly<Record<string, string>> | undefined;
  readonly abortSignal: AbortSignal;
}

export interface OpenCloudControl {
  /** Pages of a type's resources. Throws what the SDK throws (describeListError). */
  readonly list: (question: CloudControlQuestion) => AsyncGenerator<CloudControlResource[]>;
  readonly close: () => void;
}

/** Its rates are unpublished and low: a thousand types wait for their turn rather than fail. */
const tuning = { maxAttempts: 10, maxSockets: 16, idleTimeout: 60_000, callTimeout: 120_000 } as const;

const parseProperties = (text: string | undefined): CloudControlResource['properties'] => {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};

const listPages = async function* (
  client: CloudControlClient,
  { type, model, abortSignal }: CloudControlQuestion,
): AsyncGenerator<CloudControlResource[]> {
  let token: string | undefined;
  do {
    const command = new ListResourcesCommand({
      TypeName: type,
      ...(model === undefined ? {} : { ResourceModel: JSON.stringify(model) }),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const page = await client.send(command, { abortSignal });
    yield (page.ResourceDescriptions ?? []).flatMap(({ Identifier: identifier, Properties }) =>
      identifier === undefined ? [] : [{ identifier, properties: parseProperties(Properties) }],
    );
    if (page.NextToken !== undefined && page.NextToken === token) {
      throw Object.assign(new Error(`the next page of ${type} is the same page again`), { name: 'EndlessListing' });
    }
    token = page.NextToken;
  } while (token !== undefined && token !== '');
};

export const openCloudControl = (connection: AwsConnection, rates: RequestRates): OpenCloudControl => {
  const client = new CloudControlClient(clientConfiguration(connection, tuning));
  rates.govern(client, { service: 'cloudcontrol', region: connection.region });
  return { list: question => listPages(client, question), close: () => client.destroy() };
};

const namedRight = /not authorized to perform/i;
const othersOnly = /delegated admin|management account|master account|not (in|part of|a member of) an organization/i;

/** What a handler's own text says about the refusal below it: Cloud Control wraps each in a code of its own. */
const kindsByText: readonly [AwsErrorKind, RegExp][] = [
  ['credentials-expired', /ExpiredToken|security token included in the request is expired/i],
  // An organization's other accounts cannot list some things; that is how they are, unless a right is named.
  ['denied', namedRight],
  ['not-enabled', othersOnly],
  ['throttled', /rate exceeded|throttl|too many requests|TooManyRequests|SlowDown/i],
  ['denied', /not authorized to perform|AccessDenied|access denied|UnauthorizedOperation|explicit deny|Forbidden/i],
  [
    'not-enabled',
    /not subscribed|subscription|not enabled|not been (enabled|activated|onboarded|set up)|must (first )?(enable|be enabled|opt)|opt(ed)?[- ]?in|not (registered|onboarded|activated)|is disabled|no longer available to new customers|not allow-?listed/i,
  ],
  [
    'not-in-region',
    /(not (supported|available)|isn't (supported|available)|unavailable) in (this|the) (aws )?region|Could not resolve endpoint|UnknownHost/i,
  ],
  ['unsupported', /missing or invalid ResourceModel|required key|required property|does not support LIST/i],
];

const kindsByCode: Readonly<Record<string, AwsErrorKind>> = {
  UnsupportedActionException: 'unsupported',
  TypeNotFoundException: 'not-in-region',
  PrivateTypeException: 'unsupported',
};

/** Codes under which Cloud Control passes on what a handler said. */
const wrappers = new Set([
  'GeneralServiceException',
  'HandlerFailureException',
  'HandlerInternalFailureException',
  'InvalidCredentialsException',
  'InvalidRequestException',
  'NetworkFailureException',
  'NotStabilizedException',
  'ServiceInternalErrorException',
]);

/** Of a handler that fails by itself: everywhere, it is broken; in one place, something was not seen. */
export const isHandlerFailure = ({ code, kind }: AwsErrorFacts): boolean =>
  kind === 'other' && (code === 'HandlerInternalFailureException' || code === 'GeneralServiceException');

/** Facts of anything that listing a type can throw. */
export const describeListError = (thrown: unknown): AwsErrorFacts => {
  const facts = describeAwsError(thrown);
  const byCode = kindsByCode[facts.code];
  if (byCode !== undefined) return { ...facts, kind: byCode };
  // Names of types are no words of the handler: AWS::RDS::EventSubscription says nothing of a subscription.
  const message = facts.message.replaceAll(/\w+::\w+::\w+/g, '');
  if (facts.kind === 'denied' && othersOnly.test(message) && !namedRight.test(message)) {
    return { ...facts, kind: 'not-enabled' };
  }
  if (!wrappers.has(facts.code)) return facts;
  const byText = kindsByText.find(([, form]) => form.test(message))?.[0];
  return { ...facts, kind: byText ?? 'other' };
};
