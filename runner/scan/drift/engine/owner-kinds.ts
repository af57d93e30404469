// How the rules about owners name a service: by a word, or by what they have matched. Pure.

/** A service's name, or how it follows from the text that was matched. */
export type Kind = string | ((text: string) => string);

export const kindOf = (kind: Kind, text: string): string => (typeof kind === 'string' ? kind : kind(text));

/** `autoscaling` of `autoscaling.amazonaws.com`. */
export const serviceOf = (principal: string): string => principal.toLowerCase().replace(/\.amazonaws\.com(\.cn)?$/, '');
