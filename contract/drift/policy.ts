// The rights that drift needs beside the inventory's: details that listings leave out, and who is in which stack. Pure.
import { detailActions } from './detail-questions.ts';

/** Of readStackResources. */
const stackActions = ['cloudformation:ListStacks', 'cloudformation:ListStackResources'];

export const driftActions: readonly string[] = [...detailActions, ...stackActions];
