/** A block of code on a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** The blocks of code of a page, or of one of its sections, in their order. */
export function codeBlocks(page: string, section?: string): Block[] {
  const start = section === undefined ? 0 : page.indexOf(`\n## ${section}\n`);
  if (start < 0) throw new Error(`there is no section "${section}"`);
  const end = section === undefined ? -1 : page.indexOf('\n## ', start + 1);
  const text = page.slice(start, end < 0 ? undefined : end);
  return [...text.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({
    language,
    text: code,
  }));
}
