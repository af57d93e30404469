// Asks AWS for the details of found resources: service by service and region by region, some at a time; a refusal is noted.
import pLimit from 'p-limit';
import { type AwsConnection, type ClientTuning, clientConfiguration } from '../../../clients/aws/connection.ts';
import type { OpenDetails } from '../../../clients/aws/drift/detail-service.ts';
import { type AwsErrorFacts, describeAwsError } from '../../../clients/aws/errors.ts';
import { createRequestRates, type RequestRates } from '../../../clients/aws/request-rates.ts';
import type { DetailQuestion } from '../../../contract/drift/detail-questions.ts';
import type { DriftAlerts } from '../../../contract/drift/drift-report.ts';
import { type DetailBook, openDetailBook, refusalText } from './detail-book.ts';
import { type DetailOrder, nameOfQuestion, planDetails, type Subject, type Unit } from './detail-plan.ts';
import type { Details } from './details.ts';

const inFlight = 32;
const perService = 8;
/** As of the inventory's own calls: what fails is told, and hundreds of calls share the account's rates. */
const tuning: ClientTuning = { maxAttempts: 5, maxSockets: perService, idleTimeout: 30_000, callTimeout: 90_000 };

/** A resource may have a policy of its own that refuses; so many in a row say that all of them do. */
const refusalsInRow = 10;
const endsQuestion: readonly AwsErrorFacts['kind'][] = ['throttled', 'not-enabled', 'not-in-region', 'unsupported'];
const endsAll: readonly AwsErrorFacts['kind'][] = ['credentials-expired', 'no-credentials'];

interface Reading {
  readonly connection: AwsConnection;
  readonly signal: AbortSignal;
  readonly rates: RequestRates;
  readonly book: DetailBook;
  /** Why nobody is asked anything any more. */
  ended: string | undefined;
}

/** How one question goes in one region. */
interface Course {
  inRow: number;
  ended: string | undefined;
}

const noteFailure = (facts: AwsErrorFacts, course: Course, reading: Reading): string => {
  const text = refusalText(facts);
  course.inRow += 1;
  if (endsQuestion.includes(facts.kind) || course.inRow >= refusalsInRow) course.ended ??= text;
  if (endsAll.includes(facts.kind)) reading.ended ??= text;
  return text;
};

const askOne = async (
  reading: Reading,
  { unit, open, question, course }: { unit: Unit; open: OpenDetails; question: DetailQuestion; course: Course },
  subject: Subject,
): Promise<void> => {
  const { book, signal } = reading;
  const stopped = signal.aborted ? 'not asked: the scan was ended before' : (reading.ended ?? course.ended);
  if (stopped !== undefined) return book.refused(subject.key, question, { text: stopped, region: unit.region });
  const name = nameOfQuestion(question);
  try {
    book.answered(subject.key, await open.ask(name, subject, { abortSignal: signal }));
    course.inRow = 0;
  } catch (thrown) {
    const facts = describeAwsError(thrown);
    if (unit.service.questions[name]?.none?.includes(facts.code)) {
      course.inRow = 0;
      return book.answered(subject.key, Object.fromEntries(question.values.map(value => [value, null])));
    }
    const text = signal.aborted ? 'not asked: the scan was ended before' : noteFailure(facts, course, reading);
    book.refused(subject.key, question, { text, region: unit.region });
  }
};

const readUnit = async (reading: Reading, unit: Unit): Promise<void> => {
  const open = unit.service.open(clientConfiguration({ ...reading.connection, region: unit.region }, tuning));
  reading.rates.govern(open.client, { service: unit.serviceKey, region: unit.region });
  const limit = pLimit(perService);
  try {
    const questions = [...unit.questions].map(([question, subjects]) => {
      const course: Course = { inRow: 0, ended: undefined };
      return limit.map(subjects, subject => askOne(reading, { unit, open, question, course }, subject));
    });
    await Promise.all(questions);
  } finally {
    open.close();
  }
};

/** Units that are open at once, each with its client. */
const unitsAtOnce = 8;

/**
 * Values and failures of each resource that was asked about, and an alert for each question that was refused, under the
 * Terraform type that it is about. Never throws for what AWS answers.
 */
export const readDetails = async (
  order: DetailOrder,
): Promise<{ readonly details: Details; readonly alerts: DriftAlerts }> => {
  const book = openDetailBook();
  const units = await planDetails(order, book.answered);
  const { connection, signal } = order;
  const rates = createRequestRates({ inFlight, perService }, signal);
  const reading: Reading = { connection, signal, rates, book, ended: undefined };
  await pLimit(unitsAtOnce).map(units, unit => readUnit(reading, unit));
  return { details: book.details(), alerts: book.alerts() };
};
