/** node-cron as the tick and nothing more: what is due is known by the database, so a lost tick only delays. */
import cron from 'node-cron';

const EVERY_FIVE_SECONDS = '*/5 * * * * *';

/**
 * Runs `task` every five seconds, never twice at the same time in this process.
 * @returns a function that ends it once the run in hand is over
 */
export function everyFewSeconds(
  task: () => Promise<unknown>,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  const job = cron.schedule(
    EVERY_FIVE_SECONDS,
    () => {
      running ??= task()
        .then(() => undefined, onError)
        .finally(() => {
          running = undefined;
        });
    },
    { name: 'tick' },
  );
  return async () => {
    await job.destroy();
    await running;
  };
}
