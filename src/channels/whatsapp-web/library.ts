/**
 * The part of whatsapp-web.js 1.34.7 that we use, as it really behaves (its own typings differ here and there),
 * and a client with the loose ends tied: in that version some promises are started and never looked at, so that
 * their failure becomes an unhandled rejection, which ends a Node process. They are, by place in `src/Client.js`:
 *
 * 1. `framenavigated`: `inject()` (rejects with the bare string 'auth timeout') and `authStrategy.logout()`;
 * 2. `inject()`: `requestPairingCode()`;
 * 3. `onAppStateChangedEvent`: `destroy()`;
 * 4. `initWebVersionCache()`: the body of a response that was navigated away from.
 *
 * Each is replaced on the client by one that tells us instead. `guard.ts` is the net below.
 */
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';

/** A message as the library hands it over; only what we look at. */
export interface LibraryMessage {
  id: { _serialized: string; fromMe: boolean; remote?: unknown };
  from: string;
  author?: string | undefined;
  body: string;
  type: string;
  /** Seconds. */
  timestamp: number;
  fromMe: boolean;
  isStatus?: boolean;
  broadcast?: boolean;
  hasMedia?: boolean;
  ack?: number;
  selectedButtonId?: string;
  selectedRowId?: string;
  downloadMedia(): Promise<{ mimetype: string; data: string } | undefined>;
}

/** A call as the library hands it over. */
export interface LibraryCall {
  id: string;
  from: string | { _serialized: string };
  isGroup?: boolean;
  fromMe?: boolean;
}

export interface LibraryChat {
  fetchMessages(options: { limit: number; fromMe?: boolean }): Promise<LibraryMessage[]>;
}

/** Options of `sendMessage` that we use. */
export interface SendOptions {
  linkPreview: boolean;
  sendSeen: boolean;
  caption?: string;
  sendAudioAsVoice?: boolean;
}

interface Browser {
  on(event: 'disconnected', listener: () => void): void;
  process(): ChildProcess | null;
  close(): Promise<void>;
}

interface Page {
  on(event: 'error', listener: (error: Error) => void): void;
  evaluate<T>(script: string): Promise<T>;
}

/** The library's client, narrowed. */
export interface LibraryClient {
  pupBrowser: Browser | null;
  pupPage: Page | null;
  on(event: string, listener: (...args: never[]) => void): this;
  initialize(): Promise<void>;
  inject(): Promise<void>;
  destroy(): Promise<void>;
  initWebVersionCache(): Promise<void>;
  requestPairingCode(phone: string, showNotification?: boolean, intervalMs?: number): Promise<string>;
  sendMessage(chatId: string, content: unknown, options: SendOptions): Promise<LibraryMessage | undefined>;
  sendSeen(chatId: string): Promise<boolean>;
  getState(): Promise<string | null>;
  getChatById(chatId: string): Promise<LibraryChat | undefined>;
  getMessageById(id: string): Promise<LibraryMessage | null>;
  getContactLidAndPhone(ids: string[]): Promise<{ lid?: string; pn?: string }[]>;
}

export interface ClientParts {
  /** The folder in which the session's Chromium profile lies, as `session`. */
  folder: string;
  chromium: { path: string; args: readonly string[] };
  /** How long a freshly loaded page may take to show itself. */
  pageMs: number;
  /** As soon as browser and page exist; throwing gives the start up. */
  onBrowser(): void;
  /** The page was loaded anew and does not come up: what was thrown. */
  onPageLost(reason: unknown): void;
}

/** Where the profile lies within the session's folder (`LocalAuth` without a client id). */
export const profileIn = (folder: string) => path.join(folder, 'session');

/**
 * A client that is not started yet. The library is loaded only here: nobody who leaves WhatsApp Web off pays for it.
 */
export async function createClient(parts: ClientParts): Promise<LibraryClient> {
  const { Client, LocalAuth } = (await import('whatsapp-web.js')).default;
  const authStrategy = new LocalAuth({ dataPath: parts.folder });
  let seen = false;
  authStrategy.afterBrowserInitialized = () => {
    // Also called after a logout, with the same browser.
    if (!seen) parts.onBrowser();
    seen = true;
    return Promise.resolve();
  };
  // Removing a profile under a running browser fails or leaves half of it: we do it when the browser is gone.
  authStrategy.logout = () => Promise.resolve();

  const client = new Client({
    authStrategy,
    authTimeoutMs: parts.pageMs,
    webVersionCache: { type: 'none' },
    puppeteer: {
      executablePath: parts.chromium.path,
      args: [...parts.chromium.args],
      headless: true,
      // Chromium ends by itself when this process is gone, however it went: the profile is free again.
      pipe: true,
      // The product stops in its own order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    },
  }) as unknown as LibraryClient;

  let initialized = false;
  const inject = client.inject.bind(client);
  client.inject = async () => {
    try {
      await inject();
      initialized = true;
    } catch (error) {
      // The first is awaited by `initialize`, the later ones by nobody.
      if (!initialized) throw error;
      parts.onPageLost(error);
    }
  };
  // What makes the library close its browser it also tells as `disconnected`: we close it, and wait for its end.
  client.destroy = () => Promise.resolve();
  client.initWebVersionCache = () => Promise.resolve();
  return client;
}

/** A file ready to be sent. `base64` holds its bytes. */
export async function createMedia(contentType: string, base64: string, fileName: string): Promise<unknown> {
  const { MessageMedia } = (await import('whatsapp-web.js')).default;
  return new MessageMedia(contentType, base64, fileName);
}
