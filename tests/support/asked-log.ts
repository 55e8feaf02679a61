import { wantedIn } from '../../src/domain/campaign/approvals/asked.js';
import type { OpenRequest } from '../../src/domain/campaign/approvals/people.js';
import { routing } from '../../src/domain/campaign/approvals/routing.js';
import type { Situation } from '../../src/domain/campaign/situation.js';
import { newsOfRequests } from '../../src/domain/notification/asked.js';
import type { News } from '../../src/domain/notification/news.js';
import type { Role } from '../../src/domain/workflow/document.js';

/** The routing log of a campaign in memory. */
export class AskedLog {
  #open: readonly OpenRequest[] = [];
  #count = 0;

  constructor(private readonly roles: readonly Role[]) {}

  /** Brings it up to date, and returns what those are told who are asked now. */
  news(situation: Situation, now: Date): News[] {
    const people = { now, roles: this.roles, delegations: [], requests: this.#open };
    const { asked, answered } = routing(wantedIn(situation), people);
    this.#open = [
      ...this.#open.filter((each) => !answered.includes(each)),
      ...asked.map((each) => ({ ...each, id: `${(this.#count += 1)}`, passedAt: null })),
    ];
    return newsOfRequests(
      situation,
      asked.map((each) => ({ ...each, isPerson: false })),
    );
  }
}
