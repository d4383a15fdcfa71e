/** Waiting with an end: the library's own promises may never settle. */

/** The call did not come back in time: what it does may still happen. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** Browser or page went away while the call was under way: what it does may have happened. */
export class WentAway extends Error {
  override readonly name = 'WentAway';
}

/**
 * `work`, for at most `ms` and only while `signal` is not aborted. A late failure of `work` is swallowed: nobody
 * waits for it any more, and it must not become an unhandled rejection.
 * @throws TookTooLong, WentAway, or whatever `work` throws in time.
 */
export function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', gone);
      end();
    };
    const gone = () => settle(() => reject(new WentAway('The browser or its page is gone.')));
    const timer = setTimeout(() => settle(() => reject(new TookTooLong(`No answer within ${ms} ms.`))), ms);
    signal.addEventListener('abort', gone);
    work.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
    if (signal.aborted) gone();
  });
}
