import type { ReviewQuery } from '../api/operations.ts';

export type ReviewShown = ReviewQuery['quarterlyReview'];
