// Facts stamped onto a container of a template, as variables. Pure.
import type { V1Container } from '@kubernetes/client-node';

/** Kubernetes expands `$(NAME)` in values; a fact is text. */
const literal = (value: string): string => value.replaceAll('$(', '$$$$(');

/** Variables of the template stay, but for those of the same name. */
export const withVariables = (container: V1Container, variables: Readonly<Record<string, string>>): V1Container => ({
  ...container,
  env: [
    ...(container.env ?? []).filter(({ name }) => !Object.hasOwn(variables, name)),
    ...Object.entries(variables).map(([name, value]) => ({ name, value: literal(value) })),
  ],
});
