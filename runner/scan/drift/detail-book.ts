// Collects what was answered and refused, resource by resource, and what a reader is told of the refusals. Pure.
import type { AwsErrorFacts } from '../../../clients/aws/errors.ts';
import type { DetailQuestion } from '../../../contract/drift/detail-questions.ts';
import type { DriftAlerts } from '../../../contract/drift/drift-report.ts';
import { inOrder } from './changes/forms.ts';
import type { Detail, Details } from './details.ts';

type Values = Readonly<Record<string, unknown>>;

interface OpenDetail {
  readonly values: Record<string, unknown>;
  readonly failures: Record<string, string>;
}

interface Refusal {
  readonly question: DetailQuestion;
  readonly text: string;
  readonly regions: Set<string>;
  count: number;
}

export interface DetailBook {
  readonly answered: (key: string, values: Values) => void;
  readonly refused: (key: string, question: DetailQuestion, refusal: { text: string; region: string }) => void;
  readonly details: () => Details;
  readonly alerts: () => DriftAlerts;
}

const longest = 300;

/** One line, as the API said it. */
export const refusalText = ({ code, message }: AwsErrorFacts): string => {
  const text = message === '' ? code : `${code}: ${message}`;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
};

const isOrAre = (count: number): string => (count === 1 ? '1 resource' : `${count} resources`);

const alertText = ({ question, text, regions, count }: Refusal): string => {
  const [type = ''] = question.resourceTypes;
  const where = inOrder([...regions]).join(', ');
  const lost =
    question.compares === undefined ? 'parts of them may be missing here' : 'these attributes of them are not compared';
  return `${question.actions.at(-1)} failed for ${isOrAre(count)} of ${type} in ${where}, so that ${lost}: ${text}`;
};

export const openDetailBook = (): DetailBook => {
  const book = new Map<string, OpenDetail>();
  const refusals = new Map<string, Refusal>();
  const detailOf = (key: string): OpenDetail => {
    const known = book.get(key) ?? { values: {}, failures: {} };
    book.set(key, known);
    return known;
  };
  return {
    answered: (key, values) => {
      Object.assign(detailOf(key).values, values);
    },
    refused: (key, question, { text, region }) => {
      for (const name of question.values) detailOf(key).failures[name] = text;
      // The text names the resource, so that each would be an alert of its own.
      const refusal = refusals.get(question.key) ?? { question, text, regions: new Set<string>(), count: 0 };
      refusal.regions.add(region);
      refusal.count += 1;
      refusals.set(question.key, refusal);
    },
    details: () => book as ReadonlyMap<string, Detail>,
    alerts: () => {
      const byType: Record<string, { message: string }[]> = {};
      for (const refusal of refusals.values()) {
        const { about } = refusal.question;
        byType[about] = [...(byType[about] ?? []), { message: alertText(refusal) }];
      }
      return byType;
    },
  };
};
