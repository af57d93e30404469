// A paginator for calls of which the SDK has none.
import { askPages } from './page-walks.ts';
import type { Paginate } from './rows.ts';

type Tokens<Name extends string> = { readonly [Member in Name]?: string | undefined };

/** `name` is the member of the request and of the answer that carries the token of the next page. */
export const paginateBy =
  <const Name extends string, Client, Input extends Tokens<Name>, Page extends Tokens<Name>>(
    name: Name,
    send: (client: Client, input: Input, options: { abortSignal: AbortSignal }) => Promise<Page>,
  ): Paginate<Client, Input, Page> =>
  ({ client }, input, { abortSignal }) =>
    askPages(
      client,
      {
        ask: (asked: Client, token: string | undefined, options) =>
          send(asked, token === undefined ? input : { ...input, [name]: token }, options),
        next: page => page[name],
      },
      abortSignal,
    );
