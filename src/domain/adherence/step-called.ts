/** The step that has the activity as its id, else as its name, letter case aside; null where none has. */
export function stepCalled<T extends { readonly key: string; readonly name: string }>(
  steps: readonly T[],
  activity: string,
): T | null {
  const wanted = activity.trim();
  return (
    steps.find(({ key }) => key === wanted) ??
    steps.find(({ name }) => name.trim().toLowerCase() === wanted.toLowerCase()) ??
    null
  );
}
