/** What one request may ask for. All of them can be read through the API, as `limits`. */

/** A page larger than this answers no question that a filter would not answer better. */
export const MAX_PAGE = 200;
