import { actorOf } from '../domain/campaign/actor.js';

/** Who sees to campaigns and reviews. */
export const STEWARD = actorOf('marketing-ops@example.com', ['steward']);
