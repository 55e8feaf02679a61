/** First line of the comment; no reader sees it. */
export const MARKER = '<!-- weir:plan -->';

export const isMarked = (body: string | null | undefined): boolean => body?.startsWith(MARKER) === true;

/** Hosts keep a text with ends of lines and a tail of their own. */
const isSame = (one: string, other: string): boolean =>
  one.replaceAll('\r\n', '\n').trimEnd() === other.trimEnd();

/** How a host's comments are reached. */
export interface Comments {
  /** The comment of Weir; null where there is none. */
  find(): Promise<{ readonly id: number; readonly body: string } | null>;
  /** Writes one, and does not try again by itself: a host that failed may have written it all the same. */
  create(body: string): Promise<void>;
  /** False where it is gone. */
  update(id: number, body: string): Promise<boolean>;
}

/** A host that fails after it has written is asked again what is there. */
const ATTEMPTS = 3;

/**
 * Leaves exactly one comment of Weir with this text.
 * @param isPassing whether trying again may help
 */
export async function writeOneComment(
  comments: Comments,
  text: string,
  isPassing: (error: unknown) => boolean,
): Promise<void> {
  const body = `${MARKER}\n${text}`;
  for (let attempt = 1; ; attempt++) {
    const known = await comments.find();
    // An edit that changes nothing would still be news to whoever follows the pull request.
    if (known !== null && (isSame(known.body, body) || (await comments.update(known.id, body)))) return;
    try {
      await comments.create(body);
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
    }
  }
}
