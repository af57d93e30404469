// Cloud Control of the account server: ListResources and GetResource over the model (JSON 1.0). It stands in for what moto
// lacks. Words are those of AWS where somebody quoted them (aws/aws-sdk#140, awslabs/mcp#403); the rest is from memory.
import { randomUUID } from 'node:crypto';
import type { Refusal } from '../../clients/simulator/refusals.ts';
import { cutPage, findType, listedUnder, type ModelResource, type TypeModel } from './account-model.ts';
import { jsonAnswer, jsonError, type OwnRequest, readObject, textOf, type WireAnswer } from './wire.ts';

const form = 'application/x-amz-json-1.0';

/** Cloud Control's own page size: MaxResults is "reserved", and not honoured (aws/aws-sdk#764). */
const usualPageSize = 20;

const refusal = (code: string, message: string): Refusal => ({ status: 400, code, message });

const invalidInput = (typeName: string, why: string): Refusal =>
  refusal(
    'InvalidRequestException',
    `Missing or invalid ResourceModel property in ${typeName} list handler request input. Required property:  (${why})`,
  );

/** How Cloud Control passes on what a handler said. */
const handlerFailed = (code: string, handlerCode: string, what: { typeName: string; message: string }): Refusal => ({
  // Server faults are 500 in this protocol, and so retried by clients; the handler's own refusals are not.
  status: code.endsWith('FailureException') || code === 'ServiceInternalErrorException' ? 500 : 400,
  code,
  message: `${what.typeName} Handler returned status FAILED: ${what.message} (HandlerErrorCode: ${handlerCode}, RequestToken: ${randomUUID()})`,
});

const deniedByPolicy = (type: TypeModel, request: OwnRequest): Refusal | null => {
  if (type.denied !== 'no-policy' && type.denied !== 'service-control-policy') return null;
  const action = `cloudformation:${request.action}`;
  const resource = `arn:aws:cloudformation:${request.region}:${request.accountId}:resource/*`;
  const why =
    type.denied === 'no-policy'
      ? `because no identity-based policy allows the ${action} action`
      : 'with an explicit deny in a service control policy';
  const message = `User: ${request.principal} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
  return refusal('AccessDeniedException', message);
};

const deniedByHandler = (type: TypeModel, typeName: string, principal: string): Refusal | null => {
  if (typeof type.denied !== 'object') return null;
  const { permission, as = 'AccessDeniedException' } = type.denied;
  const prefix = permission.split(':')[0] ?? '';
  const service = prefix.charAt(0).toUpperCase() + prefix.slice(1);
  const detail = `(Service: ${service}, Status Code: 403, Request ID: ${randomUUID()})`;
  const message = `User: ${principal} is not authorized to perform: ${permission} because no identity-based policy allows the ${permission} action ${detail}`;
  return handlerFailed(as, as === 'AccessDeniedException' ? 'AccessDenied' : 'GeneralServiceException', {
    typeName,
    message,
  });
};

/** What is refused before the input is looked at. */
const refuseType = (type: TypeModel, typeName: string, request: OwnRequest): Refusal | null => {
  const denied = deniedByPolicy(type, request);
  if (denied !== null) return denied;
  if (type.absent) return refusal('TypeNotFoundException', `The type '${typeName}' cannot be found.`);
  if (type.unsupported && request.action === 'ListResources')
    return refusal('UnsupportedActionException', `Resource type ${typeName} does not support LIST action`);
  return null;
};

const refuseInput = (
  type: TypeModel,
  typeName: string,
  input: Readonly<Record<string, unknown>> | null,
): Refusal | null => {
  if (input === null) return refusal('InvalidRequestException', 'ResourceModel is not a valid JSON object');
  const missing = (type.required ?? []).filter(key => input[key] === undefined);
  if (missing.length > 0)
    return invalidInput(typeName, missing.map(key => `#: required key [${key}] not found`).join(', '));
  const wrong = Object.entries(type.enums ?? {}).find(
    ([key, values]) => input[key] !== undefined && !values.some(value => value === input[key]),
  );
  return wrong === undefined
    ? null
    : invalidInput(typeName, `#/${wrong[0]}: ${input[wrong[0]]} is not a valid enum value`);
};

/** What the handler says once it runs. */
const refuseHandling = (type: TypeModel, typeName: string, request: OwnRequest): Refusal | null => {
  if (type.notEnabled !== undefined)
    return handlerFailed('InvalidRequestException', 'InvalidRequest', { typeName, message: type.notEnabled });
  return deniedByHandler(type, typeName, request.principal);
};

const describe = (resource: ModelResource, withProperties: boolean) => {
  const { properties } = resource;
  const text = typeof properties === 'object' ? JSON.stringify(properties) : properties;
  return { Identifier: resource.identifier, Properties: withProperties ? text : undefined };
};

const breakDown = ({ broken }: TypeModel, typeName: string, pages: number): Refusal | null => {
  if (broken === undefined || pages < (broken.afterPages ?? 0)) return null;
  const { code = 'HandlerInternalFailureException', message } = broken;
  const handlerCode = {
    HandlerInternalFailureException: 'InternalFailure',
    ServiceInternalErrorException: 'ServiceInternalError',
  };
  const named = code === 'GeneralServiceException' ? code : handlerCode[code];
  return handlerFailed(code, named, { typeName, message });
};

const listResources = (type: TypeModel, typeName: string, request: OwnRequest): WireAnswer => {
  const asked = textOf(request.input['ResourceModel']);
  const input = asked === undefined ? {} : readObject(asked);
  const refused = refuseInput(type, typeName, input) ?? refuseHandling(type, typeName, request);
  if (refused !== null) return jsonError(form, refused);
  const page = cutPage(listedUnder(type, input ?? {}), {
    size: type.pageSize ?? request.model.pageSize ?? usualPageSize,
    question: `${request.accountId} ${request.region} ${typeName} ${asked ?? ''}`,
    token: textOf(request.input['NextToken']),
    emptyPages: type.emptyPages ?? 0,
  });
  if (page === null) return jsonError(form, refusal('InvalidRequestException', 'Invalid NextToken'));
  const broken = breakDown(type, typeName, page.before);
  if (broken !== null) return jsonError(form, broken);
  const descriptions = page.items.map(resource => describe(resource, type.identifiersOnly !== true));
  return jsonAnswer(form, {
    TypeName: typeName,
    ResourceDescriptions: type.withoutDescriptions ? undefined : descriptions,
    NextToken: page.nextToken,
  });
};

const getResource = (type: TypeModel, typeName: string, request: OwnRequest): WireAnswer => {
  const identifier = textOf(request.input['Identifier']);
  const refused = refuseHandling(type, typeName, request);
  if (refused !== null) return jsonError(form, refused);
  const found = type.resources?.find(resource => resource.identifier === identifier);
  if (found !== undefined) return jsonAnswer(form, { TypeName: typeName, ResourceDescription: describe(found, true) });
  const message = `Resource of type '${typeName}' with identifier '${identifier}' was not found.`;
  return jsonError(form, handlerFailed('ResourceNotFoundException', 'NotFound', { typeName, message }));
};

/** Counts how often a listing was asked for: that alone decides when a throttled type stops being throttled. */
export const playCloudControl = (): ((request: OwnRequest) => WireAnswer) => {
  const listings = new Map<string, number>();

  const isThrottled = (type: TypeModel, typeName: string, request: OwnRequest): boolean => {
    if (type.throttled === undefined || request.action !== 'ListResources') return false;
    const key = `${request.accountId} ${request.region} ${typeName}`;
    const before = listings.get(key) ?? 0;
    listings.set(key, before + 1);
    return before < type.throttled;
  };

  return request => {
    const typeName = textOf(request.input['TypeName']);
    if (typeName === undefined) return jsonError(form, refusal('ValidationException', 'typeName must not be null'));
    const type = findType(request.model, request.region, typeName);
    if (isThrottled(type, typeName, request)) return jsonError(form, refusal('ThrottlingException', 'Rate exceeded'));
    const refused = refuseType(type, typeName, request);
    if (refused !== null) return jsonError(form, refused);
    if (request.action === 'ListResources') return listResources(type, typeName, request);
    if (request.action === 'GetResource') return getResource(type, typeName, request);
    return jsonError(form, refusal('UnknownOperationException', `${request.action} is not played here`));
  };
};
