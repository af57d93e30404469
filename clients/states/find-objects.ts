// Under the places that are buckets: the objects that a glob means, page by page.
import { globPrefix, isStateGlob, type StateLocation } from '../../contract/drift/state-location.ts';
import { globForm } from './glob-form.ts';
import { isBesideStates, isUnread, noneFound, type UnreadState } from './state-answer.ts';

export interface ObjectPlace {
  /** Bucket or container. */
  readonly container: string;
  readonly name: string;
}

export const objectPlace = ({ path }: StateLocation): ObjectPlace => {
  const at = path.indexOf('/');
  return { container: path.slice(0, at), name: path.slice(at + 1) };
};

export interface ObjectPage {
  readonly objects: readonly { readonly name: string; readonly bytes: number }[];
  /** Where the next page begins; undefined at the end. */
  readonly next: string | undefined;
}

export interface PageOrder {
  readonly container: string;
  readonly prefix: string;
  /** undefined for the first page. */
  readonly from: string | undefined;
}

const byName = (a: string, b: string): number => (a < b ? -1 : 1);

/** The location itself when it is no glob. Objects without a byte are what consoles show as folders. */
export const findObjects = async (
  location: StateLocation,
  listPage: (order: PageOrder) => Promise<ObjectPage | UnreadState>,
): Promise<readonly StateLocation[] | UnreadState> => {
  if (!isStateGlob(location)) return [location];
  const { container, name: pattern } = objectPlace(location);
  const form = globForm(pattern);
  const names: string[] = [];
  let from: string | undefined;
  do {
    const page = await listPage({ container, prefix: globPrefix(pattern), from });
    if (isUnread(page)) return page;
    for (const { name, bytes } of page.objects) {
      if (bytes > 0 && form.test(name) && !isBesideStates(name, pattern)) names.push(name);
    }
    from = page.next;
  } while (from !== undefined);
  if (names.length === 0) return noneFound(location);
  return names.toSorted(byName).map(name => {
    const path = `${container}/${name}`;
    return { scheme: location.scheme, path, text: `${location.scheme}://${path}` };
  });
};
