let holes = 0;

/**
 * A name for what is missing in a definition that is being checked. No text has one (U+0000), every one is different,
 * and no check complains about it, since its absence has been reported.
 */
export const HOLE = '\u0000';
export const newHole = (): string => `${HOLE}${++holes}`;
export const isHole = (name: string): boolean => name.startsWith(HOLE);
