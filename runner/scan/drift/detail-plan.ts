// Which resources are asked about what, where and by whose client; what the listing has told already is not asked again.
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import type { DetailService, DetailSubject, Values } from '../../../clients/aws/drift/detail-service.ts';
import { detailService } from '../../../clients/aws/drift/detail-services.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
import { type DetailQuestion, detailQuestions, serviceOfQuestion } from '../../../contract/drift/detail-questions.ts';
import { detailKey } from './details.ts';
import type { FoundResource } from './resources.ts';

export interface DetailOrder {
  /** Wholes, as the inventory has them, with the descriptions of `detailedTypes`. */
  readonly found: readonly FoundResource[];
  /** Terraform types that the states declare: what only serves a comparison is asked for these alone. */
  readonly declaredTypes: ReadonlySet<string>;
  readonly connection: AwsConnection;
  readonly signal: AbortSignal;
}

export interface Subject extends DetailSubject {
  readonly key: string;
}

/** Questions of one service in one region. */
export interface Unit {
  readonly serviceKey: string;
  readonly service: DetailService;
  readonly region: string;
  readonly questions: ReadonlyMap<DetailQuestion, readonly Subject[]>;
}

interface OpenUnit extends Unit {
  readonly questions: Map<DetailQuestion, Subject[]>;
}

/** The name by which its service knows it. */
export const nameOfQuestion = ({ key }: DetailQuestion): string => key.slice(key.indexOf('.') + 1);

interface Candidate {
  readonly subject: Subject;
  readonly region: string;
}

const candidateOf = (found: FoundResource): Candidate => ({
  subject: {
    key: detailKey(found),
    id: found.id,
    arn: found.arn,
    description: found.description ?? {},
    tags: found.tags,
  },
  region: found.region,
});

interface ServicePlan {
  readonly serviceKey: string;
  readonly questions: readonly DetailQuestion[];
  readonly candidates: ReadonlyMap<string, readonly Candidate[]>;
}

interface Planning {
  /** Where a global service is asked. */
  readonly home: string;
  readonly told: (key: string, values: Values) => void;
}

const planService = async (plan: ServicePlan, { home, told }: Planning): Promise<Unit[]> => {
  const { serviceKey } = plan;
  const service = await detailService(serviceKey);
  const units = new Map<string, OpenUnit>();
  const unitOf = (region: string): OpenUnit => {
    const unit = units.get(region) ?? { serviceKey, service, region, questions: new Map() };
    units.set(region, unit);
    return unit;
  };
  for (const question of plan.questions) {
    const known = service.questions[nameOfQuestion(question)]?.known;
    for (const { subject, region } of question.resourceTypes.flatMap(type => plan.candidates.get(type) ?? [])) {
      const values = known?.(subject);
      if (values !== undefined) told(subject.key, values);
      else {
        const { questions } = unitOf(service.regionOf?.(subject) ?? (region === globalRegion ? home : region));
        const subjects = questions.get(question);
        if (subjects === undefined) questions.set(question, [subject]);
        else subjects.push(subject);
      }
    }
  }
  return [...units.values()];
};

/** Parts have no details of their own. `told` hears of what needs no call. */
export const planDetails = async (
  { found, declaredTypes, connection }: DetailOrder,
  told: Planning['told'],
): Promise<readonly Unit[]> => {
  const wholes = found.filter(({ partOf }) => partOf === undefined);
  const byType = Map.groupBy(wholes, ({ resourceType }) => resourceType);
  const isAsked = ({ compares, resourceTypes }: DetailQuestion): boolean =>
    (compares === undefined || compares.some(type => declaredTypes.has(type))) &&
    resourceTypes.some(type => byType.has(type));
  const asked = detailQuestions.filter(isAsked);
  const types = new Set(asked.flatMap(({ resourceTypes }) => resourceTypes));
  const candidates = new Map([...types].map(type => [type, (byType.get(type) ?? []).map(candidateOf)]));
  const units = [...Map.groupBy(asked, serviceOfQuestion)].map(([serviceKey, questions]) =>
    planService({ serviceKey, questions, candidates }, { home: connection.region, told }),
  );
  return (await Promise.all(units)).flat();
};
