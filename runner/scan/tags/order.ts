// What scan asks of the tool `tags`, beside what it asks of every tool.
import * as z from 'zod';
import { tagFactsSchema } from '../../../contract/tags/tag-facts.ts';
import { toolOrderSchema } from '../tool-order.ts';

export const tagToolOrderSchema = toolOrderSchema.extend({
  tags: tagFactsSchema,
  /** Rows of cells as JSON, of the inventory whose report lies in the reports directory. */
  cellsFile: z.string().min(1),
});
