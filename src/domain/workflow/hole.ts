let holes = 0;

/**
 * A name for what is missing in a definition that is being checked. No text has one (U+0000), every one is different,
 * and no check complains about it, since its absence has been reported.
 */
export const newHole = (): string => `\u0000${++holes}`;
export const isHole = (name: string): boolean => name.startsWith('\u0000');
