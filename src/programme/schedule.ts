/** node-cron as the tick and nothing more: what is due is known by the database, so a lost tick only delays. */
import cron from 'node-cron';

type Task = () => Promise<unknown>;
type OnError = (error: unknown) => void;

/**
 * Runs `task` every five seconds, never twice at the same time in this process.
 * @returns a function that ends it once the run in hand is over
 */
export function everyFewSeconds(task: Task, onError: OnError): () => Promise<void> {
  return regularly('tick', '*/5 * * * * *', task, onError);
}

/** The same once a minute, for what may be a minute late (figures). */
export function everyMinute(task: Task, onError: OnError): () => Promise<void> {
  return regularly('figures', '30 * * * * *', task, onError);
}

function regularly(name: string, when: string, task: Task, onError: OnError): () => Promise<void> {
  let running: Promise<void> | undefined;
  const job = cron.schedule(
    when,
    () => {
      running ??= task()
        .then(() => undefined, onError)
        .finally(() => {
          running = undefined;
        });
    },
    { name },
  );
  return async () => {
    await job.destroy();
    await running;
  };
}
