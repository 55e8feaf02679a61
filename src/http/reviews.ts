import type { FastifyInstance } from 'fastify';
import { shownReview } from '../application/review-figures.js';
import type { Reads } from '../application/reads.js';
import { renderReviewPage } from '../application/render-review-page.js';
import { refuseWithout } from './guard.js';
import { refuse } from './refuse.js';
import { UnknownQuarter } from '../domain/learning/quarter.js';

/** Nothing is loaded, and nothing runs; its style stands in it, so that it can be kept as one file. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** `GET /reviews/2026-Q3`: the review of a quarter as a page, to look at, to print and to keep. */
export function registerReviews(app: FastifyInstance, reads: Reads, now: () => Date): void {
  app.get<{ Params: { quarter: string } }>(
    '/reviews/:quarter',
    { config: { use: 'reviews' } },
    async (request, reply) => {
      const denied = refuseWithout('viewer', request, reply);
      if (denied) return denied;
      const { quarter } = request.params;
      try {
        const review = await shownReview(reads, quarter, now());
        void reply.header('content-security-policy', POLICY);
        return await reply.type('text/html; charset=utf-8').send(renderReviewPage(review));
      } catch (error) {
        if (!(error instanceof UnknownQuarter)) throw error;
        return refuse(reply, 404, 'NOT_FOUND', error.message);
      }
    },
  );
}
