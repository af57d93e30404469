// The usual row of EC2, for all files of its rows.
import type { EC2Client } from '@aws-sdk/client-ec2';
import { type Items, type Paginate, paged } from '../rows.ts';

/** EC2 allows a thousand of most; a page is held in memory, as text and as objects, for each of many cells at once. */
export const pageSize = 200;

export const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<EC2Client, Input, Page>,
  items: (page: Page) => Items,
  /** Where EC2 refuses more. */
  size = pageSize,
) => paged(type, { paginate, input: {} as Input, pageSize: size }, items);
