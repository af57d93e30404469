// AWS Config's GetDiscoveredResourceCounts of the account server (JSON 1.1): how many of each type the recorder knows.
import { cutPage, type RecorderModel, typesOf } from './account-model.ts';
import { jsonAnswer, jsonError, type OwnRequest, textOf, type WireAnswer } from './wire.ts';

const form = 'application/x-amz-json-1.1';
const most = 100;

const countsOf = (request: OwnRequest, recorder: RecorderModel): readonly (readonly [string, number])[] => {
  const types = Object.entries(typesOf(request.model, request.region));
  const own = types.map(([typeName, { resources = [] }]) => [typeName, resources.length] as const);
  const counts = recorder.counts === undefined ? own : Object.entries(recorder.counts);
  // The most frequent first, as AWS documents; a type without resources is not in the answer.
  return counts.filter(([, count]) => count > 0).toSorted(([, one], [, other]) => other - one);
};

const deny = ({ principal, region, accountId }: OwnRequest): WireAnswer => {
  const permission = 'config:GetDiscoveredResourceCounts';
  const message = `User: ${principal} is not authorized to perform: ${permission} on resource: arn:aws:config:${region}:${accountId}:* because no identity-based policy allows the ${permission} action`;
  return jsonError(form, { status: 400, code: 'AccessDeniedException', message });
};

export const answerConfigCounts = (request: OwnRequest): WireAnswer => {
  const { model, region, accountId, input } = request;
  const recorder = model.regions?.[region]?.recorder;
  if (recorder?.denied) return deny(request);
  if (!recorder?.on) return jsonAnswer(form, { totalDiscoveredResources: 0, resourceCounts: [] });
  const asked = Array.isArray(input['resourceTypes']) ? input['resourceTypes'] : [];
  const limit = Number(input['limit'] ?? 0);
  if (!(limit >= 0 && limit <= most))
    return jsonError(form, { status: 400, code: 'InvalidLimitException', message: 'The limit is out of range' });
  const counts = countsOf(request, recorder).filter(([type]) => asked.length === 0 || asked.includes(type));
  const page = cutPage(counts, {
    size: Math.min(limit || most, recorder.pageSize ?? most),
    question: `${accountId} ${region} counts ${asked.join(',')}`,
    token: textOf(input['nextToken']),
  });
  if (page === null)
    return jsonError(form, { status: 400, code: 'InvalidNextTokenException', message: 'The nextToken is not valid' });
  return jsonAnswer(form, {
    totalDiscoveredResources: counts.reduce((sum, [, count]) => sum + count, 0),
    resourceCounts: page.items.map(([resourceType, count]) => ({ resourceType, count })),
    nextToken: page.nextToken,
  });
};
