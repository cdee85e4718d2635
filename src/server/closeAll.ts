/** How to close what is open, in the order in which it was opened. */
export type Opened = (() => void | Promise<void>)[];

/**
 * Closes what was opened last first; nothing twice, and everything even when some of it fails to close.
 * @throws the first of those failures, when all the rest is closed
 */
export async function closeAll(opened: Opened): Promise<void> {
  const failures: unknown[] = [];
  for (let close = opened.pop(); close; close = opened.pop()) {
    try {
      await close();
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length === 0) return;
  const [first] = failures;
  throw first instanceof Error ? first : new Error(String(first));
}
