/**
 * The net below `library.ts`. Node ends the process on an unhandled rejection; a listener for them keeps it alive,
 * but then for everybody's. So this one lets through only what whatsapp-web.js throws as bare strings, which
 * nobody else does, and gives every other back to Node as if it were not there.
 */

/** Strings that whatsapp-web.js 1.34.7 throws (`src/Client.js`, `inject`). */
const BARE = new Set<unknown>(['auth timeout', 'ready timeout']);

type Rejections = Pick<NodeJS.Process, 'on' | 'off' | 'listenerCount'>;

/**
 * Listens until the returned function is called.
 * @param caught is told of each that was ours. @param on the process; another only in tests.
 */
export function guardRejections(caught: (reason: string) => void, on: Rejections = process): () => void {
  const listener = (reason: unknown) => {
    if (BARE.has(reason)) caught(String(reason));
    // The only listener: without it Node would have thrown, so it is thrown. Others decide for themselves.
    else if (on.listenerCount('unhandledRejection') === 1) throw reason;
  };
  on.on('unhandledRejection', listener);
  return () => void on.off('unhandledRejection', listener);
}
