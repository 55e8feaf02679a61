/** That a workflow's meaning changed, and to which version. */
export interface Serving {
  /** Of the change. */
  readonly id: string;
  readonly at: Date;
  readonly fromVersionId: string | null;
  /** Null where the workflow was retired. */
  readonly toVersionId: string | null;
}

/** A version, and which campaigns on it count: those created from one moment up to another; null: without a bound. */
export interface Served {
  readonly versionId: string;
  readonly since: Date | null;
  readonly until: Date | null;
}

/**
 * A version as a change brought it. One that came back has campaigns of before and of after: those belong to the last
 * time that it came before they were created. What was created on it before it first came was brought to it later, by a
 * migration, and belongs to the first time.
 * @param servings of one workflow, in order
 */
export function servedBy(servings: readonly Serving[], id: string): Served | null {
  const at = servings.findIndex((each) => each.id === id);
  const versionId = servings[at]?.toVersionId ?? null;
  if (versionId === null) return null;
  const isSame = ({ toVersionId }: Serving) => toVersionId === versionId;
  return {
    versionId,
    since: servings.slice(0, at).some(isSame) ? (servings[at]?.at ?? null) : null,
    until: servings.slice(at + 1).find(isSame)?.at ?? null,
  };
}

/** The version that a change replaced, as it was last brought before. */
export function servedBefore(servings: readonly Serving[], id: string): Served | null {
  const at = servings.findIndex((each) => each.id === id);
  const from = servings[at]?.fromVersionId ?? null;
  const brought = servings.slice(0, at).findLast(({ toVersionId }) => from !== null && toVersionId === from);
  return brought ? servedBy(servings, brought.id) : null;
}

/** The version that was served right before a moment. */
export function servedUntil(servings: readonly Serving[], moment: Date): Served | null {
  const last = servings.findLast(({ at }) => at < moment);
  return last ? servedBy(servings, last.id) : null;
}

/**
 * The version that was served right before a moment, beside the one of an earlier moment: with its campaigns of every time
 * that it was served since, also where another came and went in between.
 */
export function servedSince(servings: readonly Serving[], earlier: Date, moment: Date): Served | null {
  const last = servedUntil(servings, moment);
  const first = servings.find(({ toVersionId, at }) => toVersionId === last?.versionId && at >= earlier);
  return last?.since && first ? { ...last, since: first.at } : last;
}

/** A version with all its campaigns, however often it came. */
export const whenever = (versionId: string): Served => ({ versionId, since: null, until: null });
