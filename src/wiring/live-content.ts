/** Content that is taken in anew while the product runs, for authors: never in production. */
import { watch, type FSWatcher, readdirSync } from 'node:fs';
import path from 'node:path';
import { ContentError, formatFinding, loadContent, type Content } from '../content';
import { createCore, type Conversation } from '../conversation';

/** An editor writes a file in several steps: a change counts when it has been quiet for so long. */
const QUIET_MS = 150;

export class LiveContent {
  /** Always the latest good one: whoever keeps it reads fresh texts without knowing. */
  readonly content: Content;
  /** The same for the conversation that is made of it. */
  readonly conversation: Conversation;
  readonly #listeners = new Set<() => void>();
  #current: Content;
  #core: Conversation;
  #faults: readonly string[] = [];

  /** @throws ContentError when there is no good content to begin with */
  constructor(private readonly dir: string) {
    this.#current = loadContent(dir);
    this.#core = createCore(this.#current);
    this.content = forwarded(Object.keys(this.#current) as (keyof Content)[], () => this.#current);
    this.conversation = {
      hear: (...heard) => this.#core.hear(...heard),
      fireDue: (...due) => this.#core.fireDue(...due),
      nextDue: (participant) => this.#core.nextDue(participant),
      translate: (part, language) => this.#core.translate(part, language),
      ...forwarded(['engine'], () => this.#core),
    };
  }

  /** What is wrong with the files as they stand, each with file, line and way out; the good content of before goes on. */
  faults(): readonly string[] {
    return this.#faults;
  }

  /** Is told after every reading, whatever came of it. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Reads all files again. Good ones are in use from the next message on; of faulty ones only the faults are kept. */
  reload(): void {
    try {
      const fresh = loadContent(this.dir);
      this.#core = createCore(fresh);
      this.#current = fresh;
      this.#faults = [];
    } catch (error) {
      this.#faults =
        error instanceof ContentError
          ? error.findings.map(formatFinding)
          : [`The content can't be used: ${error instanceof Error ? error.message : String(error)}`];
    }
    for (const listener of this.#listeners) listener();
  }
}

/** An object whose properties are asked of whatever `current` gives at that moment. */
function forwarded<T extends object, K extends keyof T>(keys: readonly K[], current: () => T): Pick<T, K> {
  const properties = keys.map((key) => [key, { enumerable: true, get: () => current()[key] }] as const);
  return Object.defineProperties({}, Object.fromEntries(properties)) as Pick<T, K>;
}

/**
 * Calls `onChange` after anything under `dir` was saved, added or removed. Folders are watched, not files, so that an
 * editor may put a new file in the place of the old one.
 * @returns ends it
 */
export function watchContent(dir: string, onChange: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;

  function watchFolders(): void {
    for (const folder of foldersOf(dir)) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, changed);
      watcher.on('error', () => {
        watcher.close();
        watchers.delete(folder);
      });
      watchers.set(folder, watcher);
    }
  }
  function changed(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchFolders();
      onChange();
    }, QUIET_MS);
  }

  watchFolders();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

function foldersOf(dir: string): string[] {
  const within = readdirSync(dir, { withFileTypes: true, recursive: true });
  return [
    dir,
    ...within.filter((entry) => entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name)),
  ];
}
