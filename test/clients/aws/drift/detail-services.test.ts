// The questions of the contract and the calls that answer them are the same, both ways.
import { describe, expect, it } from 'vitest';
import { detailService, detailServiceKeys } from '../../../../clients/aws/drift/detail-services.ts';
import { nativeServices } from '../../../../contract/catalogue/native-services.ts';
import { registryTypes } from '../../../../contract/catalogue/registry.ts';
import {
  detailActions,
  detailedTypes,
  detailQuestions,
  serviceOfQuestion,
} from '../../../../contract/drift/detail-questions.ts';

const known = new Set([
  ...Object.keys(registryTypes),
  ...nativeServices.flatMap(({ types }) => types.map(({ cloudFormationType }) => cloudFormationType)),
]);

describe('what drift asks beyond the inventory', () => {
  it('is answered by a call for each question, and no call answers anything else', async () => {
    const answered: string[] = [];
    for (const key of detailServiceKeys) {
      const { questions } = await detailService(key);
      answered.push(...Object.keys(questions).map(name => `${key}.${name}`));
    }
    expect(answered.sort()).toEqual(detailQuestions.map(({ key }) => key).sort());
    expect([...new Set(detailQuestions.map(serviceOfQuestion))].sort()).toEqual([...detailServiceKeys].sort());
  });

  it('is asked of types that the inventory knows, with actions that only read', () => {
    expect([...detailedTypes].filter(type => !known.has(type))).toEqual([]);
    for (const action of detailActions) expect(action).toMatch(/^[a-z0-9-]+:(Get|List|Describe)[A-Z][A-Za-z]+$/);
  });

  it('has no service by another key', () => {
    expect(() => detailService('nothing')).toThrow(TypeError);
  });
});
