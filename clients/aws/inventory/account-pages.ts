// Paginators of calls that have to be told whose resources they shall list.
import { callerAccount } from './caller-account.ts';
import type { Paginate } from './rows.ts';

/** `name` is the member of the request that takes the account; the credentials alone say which it is. */
export const accountPages = <Name extends string, Client extends Parameters<typeof callerAccount>[0], Input, Page>(
  name: Name,
  paginate: Paginate<Client, Input, Page>,
): Paginate<Client, Omit<Input, Name>, Page> =>
  async function* pages(configuration, input, options) {
    const account = await callerAccount(configuration.client, options.abortSignal);
    yield* paginate(configuration, { ...input, [name]: account } as Input, options);
  };
