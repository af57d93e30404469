// How one service answers what drift asks of single resources: a call for each question, its client's type closed over.
import type { ClientConfiguration } from '../inventory/listing.ts';
import type { CallOptions } from '../inventory/page-walks.ts';
import type { ObservedClient } from '../request-rates.ts';

export type Values = Readonly<Record<string, unknown>>;

/** A resource that is asked about, as far as a call needs it. */
export interface DetailSubject {
  readonly id: string;
  readonly arn: string;
  /** What its service listed, with aws-recon's names; empty when no more than the name is known. */
  readonly description: Values;
  readonly tags: Readonly<Record<string, string>>;
}

export interface AnsweredQuestion<Client> {
  /** What the listing has told already: then nobody is asked. */
  readonly known?: (subject: DetailSubject) => Values | undefined;
  /** By names of values; null where there is none. */
  readonly ask: (client: Client, subject: DetailSubject, options: CallOptions) => Promise<Values>;
  /** The service's codes for a setting that is not there: all values are null then. */
  readonly none?: readonly string[];
}

interface OpenClient extends ObservedClient {
  readonly destroy: () => void;
}

export interface OpenDetails {
  readonly client: ObservedClient;
  readonly ask: (question: string, subject: DetailSubject, options: CallOptions) => Promise<Values>;
  readonly close: () => void;
}

export interface DetailService {
  /** By the questions' names without their service. */
  readonly questions: Readonly<Record<string, Pick<AnsweredQuestion<never>, 'known' | 'none'>>>;
  /** The region to ask in, where it is not the resource's. */
  readonly regionOf?: (subject: DetailSubject) => string | undefined;
  readonly open: (configuration: ClientConfiguration) => OpenDetails;
}

export const defineDetails = <Client extends OpenClient>(
  create: (configuration: ClientConfiguration) => Client,
  questions: Readonly<Record<string, AnsweredQuestion<Client>>>,
  more: Pick<DetailService, 'regionOf'> = {},
): DetailService => ({
  ...more,
  questions,
  open: configuration => {
    const client = create(configuration);
    return {
      client,
      ask: (name, subject, options) => {
        const question = questions[name];
        if (question === undefined) throw new RangeError(`no call answers ${name}`);
        return question.ask(client, subject, options);
      },
      close: () => client.destroy(),
    };
  },
});

/** A text of the description, or else the last part of the ARN, or the id. */
export const textOf = ({ description, arn, id }: DetailSubject, member: string): string => {
  const told = description[member];
  return typeof told === 'string' && told !== '' ? told : (arn.split(/[:/]/).at(-1) ?? '') || id;
};

/** Tags are not asked for where any are known: the Tagging API shows all of a resource's. */
export const knownTags = ({ tags }: DetailSubject): Values | undefined =>
  Object.keys(tags).length > 0 ? { Tags: tags } : undefined;
