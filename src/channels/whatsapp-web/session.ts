/** One browser on the session: from launch to the moment when it is certainly gone. Never used twice. */
import { createClient, type LibraryCall, type LibraryClient, type LibraryMessage } from './library';
import { within } from './within';

/** What happens on the session; nothing is told any more once `close` was called. */
export type SessionEvent =
  | { type: 'qr'; qr: string }
  | { type: 'code'; code: string }
  | { type: 'authenticated' }
  | { type: 'ready' }
  | { type: 'message'; message: LibraryMessage }
  | { type: 'undecrypted' }
  | { type: 'ack'; message: LibraryMessage; ack: number }
  | { type: 'call'; call: LibraryCall }
  | { type: 'line'; state: string }
  | { type: 'disconnected'; reason: string }
  | { type: 'browser-gone' }
  | { type: 'page-crashed' }
  | { type: 'page-lost'; reason: string }
  | { type: 'start-failed'; reason: string };

export interface SessionParts {
  folder: string;
  chromium: { path: string; args: readonly string[] };
  pageMs: number;
  tell(event: SessionEvent): void;
}

/** How long a browser is given to close by itself. */
const CLOSE_MS = 5_000;
/** How long a killed browser is waited for, and one that is being launched (puppeteer gives up after 30 s). */
const GONE_MS = 35_000;

/** What was thrown, as a sentence: the library also throws bare strings. */
export function sentence(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

export class Session {
  readonly #parts: SessionParts;
  readonly #gone = new AbortController();
  #client: LibraryClient | undefined;
  /** Settles when there is a browser, or when it is certain that there will be none. */
  #launched: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Aborted as soon as browser or page is gone, or is being closed. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Begins; what comes of it is told. Never throws. */
  start(): void {
    this.#launched = new Promise((resolve) => {
      this.#run(resolve).catch((error: unknown) => {
        resolve();
        this.#tell({ type: 'start-failed', reason: sentence(error) });
      });
    });
  }

  /**
   * Asks the library for something, with an end to the waiting.
   * @throws TookTooLong, WentAway, or what the library throws (always an Error).
   */
  call<T>(work: (client: LibraryClient) => Promise<T>, ms: number): Promise<T> {
    const client = this.#client;
    if (!client || this.gone.aborted) return Promise.reject(new Error('Session closed.'));
    return within(work(client), ms, this.gone);
  }

  /** Runs a script in the page. Throws as `call`. */
  evaluate<T>(script: string, ms: number): Promise<T> {
    return this.call(
      (client) => client.pupPage?.evaluate<T>(script) ?? Promise.reject(new Error('Session closed.')),
      ms,
    );
  }

  /** Closes the browser, by force if it must be. Never throws; afterwards no process of it is left. */
  close(): Promise<void> {
    this.#gone.abort();
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #run(launched: () => void): Promise<void> {
    const { folder, chromium, pageMs } = this.#parts;
    const client = await createClient({
      folder,
      chromium,
      pageMs,
      onBrowser: () => {
        client.pupBrowser?.on('disconnected', () => this.#lost({ type: 'browser-gone' }));
        client.pupPage?.on('error', () => this.#lost({ type: 'page-crashed' }));
        launched();
        if (this.#closing) throw new Error('Closed while it was starting.');
      },
      onPageLost: (reason) => this.#tell({ type: 'page-lost', reason: sentence(reason) }),
    });
    this.#client = client;
    this.#listen(client);
    if (this.#closing) launched();
    else await client.initialize();
    launched();
  }

  #listen(client: LibraryClient): void {
    client.on('qr', (qr: string) => this.#tell({ type: 'qr', qr }));
    client.on('code', (code: string) => this.#tell({ type: 'code', code }));
    client.on('authenticated', () => this.#tell({ type: 'authenticated' }));
    client.on('auth_failure', () => this.#tell({ type: 'start-failed', reason: 'auth_failure' }));
    client.on('ready', () => this.#tell({ type: 'ready' }));
    client.on('message', (message: LibraryMessage) => this.#tell({ type: 'message', message }));
    client.on('message_ciphertext_failed', () => this.#tell({ type: 'undecrypted' }));
    client.on('message_ack', (message: LibraryMessage, ack: number) =>
      this.#tell({ type: 'ack', message, ack }),
    );
    client.on('call', (call: LibraryCall) => this.#tell({ type: 'call', call }));
    client.on('change_state', (state: string) => this.#tell({ type: 'line', state }));
    client.on('disconnected', (reason: string) => this.#tell({ type: 'disconnected', reason }));
  }

  #lost(event: SessionEvent): void {
    // Told first: whoever waits for an answer is let go only when the fault is known.
    this.#tell(event);
    this.#gone.abort();
  }

  #tell(event: SessionEvent): void {
    if (!this.#closing) this.#parts.tell(event);
  }

  async #close(): Promise<void> {
    const never = new AbortController().signal;
    await within(this.#launched, GONE_MS, never).catch(() => undefined);
    const browser = this.#client?.pupBrowser;
    const chromium = browser?.process();
    if (!browser || !chromium) return;
    const ended = new Promise<void>((resolve) => {
      if (chromium.exitCode !== null || chromium.signalCode !== null) resolve();
      else chromium.once('exit', () => resolve());
    });
    await within(browser.close(), CLOSE_MS, never).catch(() => chromium.kill('SIGKILL'));
    await within(ended, GONE_MS, never).catch(() => undefined);
  }
}
