// What went wrong when Cloud Control listed a type: its own words, and those of the handler that it passes on.
import { describe, expect, it } from 'vitest';
import type { AwsErrorKind } from '../../../../clients/aws/errors.ts';
import { describeListError, isHandlerFailure } from '../../../../clients/aws/inventory/cloud-control.ts';

const thrown = (name: string, message: string, httpStatusCode = 400) => ({
  name,
  message,
  $metadata: { httpStatusCode },
});

const handler = (text: string): string =>
  `AWS::X::Y Handler returned status FAILED: ${text} (HandlerErrorCode: GeneralServiceException, RequestToken: 1)`;
const notAuthorized = 'User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: kafka:ListClusters';

describe('an error of a listing', () => {
  it.each<[string, string, AwsErrorKind]>([
    ['AccessDeniedException', notAuthorized, 'denied'],
    ['GeneralServiceException', handler(notAuthorized), 'denied'],
    ['GeneralServiceException', handler('Access Denied (Service: S3, Status Code: 403)'), 'denied'],
    ['GeneralServiceException', handler('You are not authorized. UnauthorizedOperation'), 'denied'],
    ['InvalidRequestException', handler('AccessDeniedException: no'), 'denied'],
    [
      'InvalidCredentialsException',
      handler('The security token included in the request is expired'),
      'credentials-expired',
    ],
    ['HandlerFailureException', handler('ExpiredTokenException'), 'credentials-expired'],
    ['ExpiredTokenException', 'The security token included in the request is expired', 'credentials-expired'],
    ['ThrottlingException', 'Rate exceeded', 'throttled'],
    ['GeneralServiceException', handler('Rate exceeded'), 'throttled'],
    ['GeneralServiceException', handler('Too Many Requests'), 'throttled'],
    ['HandlerInternalFailureException', handler('ThrottledException'), 'throttled'],
    ['InvalidRequestException', handler('Account 1 is not subscribed to AWS Security Hub'), 'not-enabled'],
    ['InvalidRequestException', handler('The request is rejected because Macie is not enabled'), 'not-enabled'],
    ['GeneralServiceException', handler('This account must be enabled first'), 'not-enabled'],
    ['GeneralServiceException', handler('Only the management account can call this'), 'not-enabled'],
    ['GeneralServiceException', handler('Caller is not a delegated administrator'), 'not-enabled'],
    ['GeneralServiceException', handler('Your account is not a member of an organization'), 'not-enabled'],
    ['GeneralServiceException', handler('Amazon Lookout is no longer available to new customers'), 'not-enabled'],
    ['TypeNotFoundException', 'The type AWS::X::Y cannot be found.', 'not-in-region'],
    ['GeneralServiceException', handler('This feature is not supported in this region'), 'not-in-region'],
    ['GeneralServiceException', handler('It is not available in the AWS Region'), 'not-in-region'],
    [
      'HandlerInternalFailureException',
      handler('java.net.UnknownHostException: x.eu-west-1.amazonaws.com'),
      'not-in-region',
    ],
    ['UnsupportedActionException', 'Resource type AWS::X::Y does not support LIST action', 'unsupported'],
    ['PrivateTypeException', 'It is private', 'unsupported'],
    ['InvalidRequestException', 'Missing or invalid ResourceModel property in AWS::X::Y list handler', 'unsupported'],
    ['InvalidRequestException', handler('#: required key [Scope] not found'), 'unsupported'],
    ['UnknownOperationException', 'what?', 'unsupported'],
    ['ResourceNotFoundException', handler('gone'), 'not-found'],
    ['HandlerInternalFailureException', handler('Internal Failure'), 'other'],
    ['GeneralServiceException', handler('Something else'), 'other'],
    ['InvalidRequestException', 'Invalid NextToken', 'other'],
    ['NetworkFailureException', handler('reset'), 'other'],
    ['ServiceInternalErrorException', handler('oops'), 'other'],
    ['EndlessListing', 'the next page of AWS::X::Y is the same page again', 'other'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND cloudcontrolapi.eu-west-9.amazonaws.com', 'not-in-region'],
  ])('%s: %s is %s', (name, message, kind) => {
    expect(describeListError(thrown(name, message)).kind).toBe(kind);
  });

  it.each(['AWS::CE::AnomalySubscription', 'AWS::SecurityHub::DelegatedAdmin', 'AWS::X::Throttle'])(
    'is not taken for what the name of %s says',
    type => {
      const message = `${type} Handler returned status FAILED: Internal Failure (HandlerErrorCode: InternalFailure)`;
      expect(describeListError(thrown('HandlerInternalFailureException', message)).kind).toBe('other');
    },
  );

  it('names the refused action, and the policy above the account', () => {
    const message = handler(`${notAuthorized} with an explicit deny in a service control policy`);
    expect(describeListError(thrown('GeneralServiceException', message))).toMatchObject({
      kind: 'denied',
      action: 'kafka:ListClusters',
      byServiceControlPolicy: true,
    });
  });

  it('of an organization’s other account is no missing right, unless a right is named', () => {
    const words = 'You must use the management account or a delegated administrator for this operation';
    expect(describeListError(thrown('AccessDeniedException', words)).kind).toBe('not-enabled');
    expect(describeListError(thrown('AccessDeniedException', `${notAuthorized}. ${words}`)).kind).toBe('denied');
    expect(describeListError(thrown('GeneralServiceException', handler(`${notAuthorized}. ${words}`))).kind).toBe(
      'denied',
    );
  });
});

describe('a handler', () => {
  it.each<[string, string, boolean]>([
    ['HandlerInternalFailureException', 'Internal Failure', true],
    ['GeneralServiceException', 'Something else', true],
    ['GeneralServiceException', notAuthorized, false],
    ['GeneralServiceException', 'Rate exceeded', false],
    ['GeneralServiceException', 'not subscribed', false],
    ['InvalidRequestException', 'Invalid NextToken', false],
    ['ThrottlingException', 'Rate exceeded', false],
  ])('that says %s: %s fails by itself: %s', (name, message, fails) => {
    expect(isHandlerFailure(describeListError(thrown(name, message)))).toBe(fails);
  });
});
