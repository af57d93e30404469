// A paginator for calls of which the SDK has none.
import type { Paginate } from './rows.ts';

type Tokens<Name extends string> = { readonly [Member in Name]?: string | undefined };

/** `name` is the member of the request and of the answer that carries the token of the next page. */
export const paginateBy = <const Name extends string, Client, Input extends Tokens<Name>, Page extends Tokens<Name>>(
  name: Name,
  send: (client: Client, input: Input, options: { abortSignal: AbortSignal }) => Promise<Page>,
): Paginate<Client, Input, Page> =>
  async function* pages({ client }, input, options) {
    let token: string | undefined;
    do {
      const page = await send(client, token === undefined ? input : { ...input, [name]: token }, options);
      yield page;
      // Some services end with an empty token.
      token = page[name] || undefined;
    } while (token !== undefined);
  };
