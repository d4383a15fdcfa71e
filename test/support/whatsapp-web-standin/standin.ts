/**
 * A stand-in for WhatsApp Web on this machine: HTTPS on loopback, served to a real Chromium that is told to look
 * for web.whatsapp.com here and to find nothing else. The test plays WhatsApp and the other person's phone.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { selfSigned } from './certificate';
import { Records, TAKEN, type ChatMessage, type Sent, type Verdict } from './records';

export type { Sent, Verdict } from './records';

const ME = '919900000000@c.us';
const SCRIPTS = ['events', 'link', 'media', 'messages', 'main'];
const PAGE = '<!doctype html><meta charset="utf-8"><title>WhatsApp</title><div id="app"></div>';

/** What somebody sends us. `chat` for a text, as WhatsApp calls it. */
export interface Incoming {
  from: string;
  type?: string;
  body?: string;
  /** In a group, who wrote. */
  author?: string;
  /** Bytes and type of a voice note or picture. */
  media?: { bytes: Buffer; mimetype: string };
  /** Seconds since 1970; now by default. */
  t?: number;
  fields?: Record<string, unknown>;
}

type Answers = Record<string, (data: Record<string, string>) => unknown>;

export class Standin {
  readonly sent: Sent[] = [];
  readonly pairingNumbers: string[] = [];
  readonly seen: string[] = [];
  /** Requests for addresses that the page does not have: nothing should ask for them. */
  readonly strays: string[] = [];
  /** Whether the page says `hasSynced` by itself; without it `ready` never fires. */
  autoSync = true;
  /** The page is not to be had: the connection is cut. */
  unreachable = false;
  /** Ids that WhatsApp knows; everybody but these is unknown when set. */
  lids: { lid: string; pn: string }[] = [];
  readonly #plan: Verdict[] = [];
  readonly #records = new Records();
  readonly #files = new Map<string, Buffer>();
  readonly #streams = new Set<ServerResponse>();
  readonly #news = new EventEmitter().setMaxListeners(0);
  readonly #done = new Set<number>();
  readonly #tokens = new Set<string>();
  #server: Server | undefined;
  #state = 'CONNECTED';
  #ref = 0;
  #ids = 0;
  #commands = 0;
  #greeted = 0;

  async start(): Promise<this> {
    this.#server = createServer(selfSigned('web.whatsapp.com'), (request, response) => {
      this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** What sends Chromium here and nowhere else. */
  get chromiumArgs(): string[] {
    const { port } = this.#server?.address() as AddressInfo;
    return [
      `--host-resolver-rules=MAP web.whatsapp.com:443 127.0.0.1:${port},MAP * ~NOTFOUND`,
      '--ignore-certificate-errors',
    ];
  }

  /** Pages that are open at this moment. */
  get pages(): number {
    return this.#streams.size;
  }

  /** What WhatsApp took, in order. */
  get accepted(): Sent[] {
    return this.sent.filter(({ verdict }) => TAKEN.has(verdict));
  }

  /** What happens to the next sends, in order; afterwards they are accepted. */
  plan(...verdicts: Verdict[]): void {
    this.#plan.push(...verdicts);
  }

  /** Waits until `condition` gives something, looking again whenever something happens here. */
  async until<T>(condition: () => T | undefined | false, what: string, timeoutMs = 20_000): Promise<T> {
    const signal = AbortSignal.timeout(timeoutMs);
    const first = condition();
    if (first !== undefined && first !== false) return first;
    try {
      for await (const _ of on(this.#news, 'news', { signal })) {
        const found = condition();
        if (found !== undefined && found !== false) return found;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    throw new Error(`The stand-in waited ${timeoutMs} ms in vain: ${what}.`);
  }

  /** The phone scans the code: this browser is linked from now on. */
  async pair(): Promise<void> {
    const token = randomBytes(8).toString('hex');
    this.#tokens.add(token);
    this.#state = 'CONNECTED';
    await this.#command({ type: 'pair', token, autoSync: this.autoSync });
  }

  /** The code on the screen changes. */
  newRef(): Promise<void> {
    return this.#command({ type: 'ref', ref: this.#nextRef() });
  }

  /** `hasSynced` fires, once more or for the first time. */
  sync(): Promise<void> {
    return this.#command({ type: 'sync' });
  }

  /** The state of the line changes: CONNECTED, TIMEOUT, CONFLICT, UNPAIRED, TOS_BLOCK … and stays so when loaded anew. */
  async setState(state: string): Promise<void> {
    this.#state = state;
    await this.#command({ type: 'state', state });
  }

  /** The same, only for pages that are loaded from now on. */
  stateForNextLoad(state: string): void {
    this.#state = state;
  }

  /** On his phone the owner takes this browser off the list of linked devices. */
  async logout(): Promise<void> {
    this.#tokens.clear();
    await this.#command({ type: 'logout' });
  }

  /** The page loads itself anew; resolves when it is there again. */
  async reload(): Promise<void> {
    const greeted = this.#greeted;
    await this.#command({ type: 'reload' });
    await this.until(() => this.#greeted > greeted && this.pages === 1, 'the page to be back');
  }

  changeHash(): Promise<void> {
    return this.#command({ type: 'hash' });
  }

  navigateAway(): Promise<void> {
    return this.#command({ type: 'away' });
  }

  /** The page is busy with itself and answers nobody any more. */
  freeze(): Promise<void> {
    return this.#command({ type: 'freeze' });
  }

  call(from: string, { group = false } = {}): Promise<void> {
    return this.#command({ type: 'call', id: this.#nextId('CALL'), from, group });
  }

  /** Somebody writes while the page is open. Gives the message's serialized id. */
  async deliver(incoming: Incoming): Promise<string> {
    const message = this.#incoming(incoming);
    await this.#command({ type: 'message', message });
    return `false_${message.chatId}_${message.id}`;
  }

  /** A message comes in a second time, with the same id. */
  async deliverAgain(serializedId: string): Promise<void> {
    await this.#command({
      type: 'message',
      message: this.#records.get(serializedId.split('_').at(-1) ?? ''),
    });
  }

  /** Somebody writes, but the page hears nothing of it: it lies in the chat, unread. */
  deliverUnheard(incoming: Incoming): string {
    const message = this.#incoming(incoming);
    return `false_${message.chatId}_${message.id}`;
  }

  /** The owner has read a chat on his phone. */
  readOnPhone(chatId: string): void {
    this.#records.seen(chatId);
  }

  /** A tick changes on a message of ours. */
  async ack({ id }: Sent, ack: number): Promise<void> {
    this.#records.get(id).ack = ack;
    await this.#command({ type: 'ack', id, ack });
  }

  #incoming({ from, type = 'chat', body = '', author, media, t, fields }: Incoming): ChatMessage {
    const id = this.#nextId('3A');
    const message: ChatMessage = {
      id,
      chatId: from,
      fromMe: false,
      from,
      to: ME,
      type,
      body,
      t: t ?? Math.floor(Date.now() / 1000),
      ack: 1,
      ...(author !== undefined && { author }),
      ...(media && { directPath: this.#keep(media.bytes), mimetype: media.mimetype }),
      ...fields,
    };
    this.#records.add(message);
    return message;
  }

  #nextId(prefix: string): string {
    return `${prefix}${String(++this.#ids).padStart(16, '0')}`;
  }

  #nextRef(): string {
    return `ref${++this.#ref}`;
  }

  #keep(bytes: Buffer): string {
    const path = `/media/${this.#files.size}`;
    this.#files.set(path, bytes);
    return path;
  }

  /** Bytes that were uploaded with a message. */
  file({ directPath }: Sent): Buffer | undefined {
    return this.#files.get(directPath ?? '');
  }

  async #command(command: Record<string, unknown>): Promise<void> {
    await this.until(() => this.pages > 0, 'a page to be open');
    const number = ++this.#commands;
    for (const stream of this.#streams)
      stream.write(`event: command\ndata: ${JSON.stringify({ ...command, number })}\n\n`);
    await this.until(() => this.#done.has(number), `the page to do "${String(command.type)}"`);
  }

  readonly #answers: Answers = {
    done: ({ number }) => void this.#done.add(Number(number)),
    'refresh-qr': () => void this.newRef(),
    'pairing-code': ({ number }) => {
      this.pairingNumbers.push(number ?? '');
      return { code: 'ABCD1234' };
    },
    seen: ({ chatId = '' }) => {
      this.seen.push(chatId);
      this.#records.seen(chatId);
    },
    exists: ({ id }) => ({ exists: this.lids.some(({ lid, pn }) => lid === id || pn === id) }),
    upload: ({ base64 = '' }) => ({ directPath: this.#keep(Buffer.from(base64, 'base64')) }),
    send: (data) => this.#send(data),
  };

  #send(data: Record<string, string>): { verdict: string } {
    const { id = '', chatId = '', kind = '', body = '', caption, mimetype, directPath } = data;
    const verdict = this.#plan.shift() ?? 'accept';
    const providerId = `true_${chatId}_${id}`;
    const media = {
      ...(caption !== undefined && { caption }),
      ...(mimetype !== undefined && { mimetype }),
      ...(directPath !== undefined && { directPath }),
    };
    this.sent.push({ id, providerId, chatId, kind, body, verdict, ...media });
    const ack = TAKEN.has(verdict) ? 1 : verdict.startsWith('error') ? -1 : 0;
    if (TAKEN.has(verdict) || verdict === 'pending' || ack < 0)
      this.#records.add({
        id,
        chatId,
        fromMe: true,
        from: ME,
        to: chatId,
        type: kind,
        body,
        t: Math.floor(Date.now() / 1000),
        ack,
        ...media,
      });
    return { verdict: verdict === 'accept-hang' ? 'hang' : verdict };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://web.whatsapp.com');
    const script = SCRIPTS.find((name) => pathname === `/${name}.js`);
    const file = this.#files.get(pathname);
    if (this.unreachable) request.socket.destroy();
    else if (pathname === '/') {
      response.setHeader('content-type', 'text/html');
      response.end(`${PAGE}<script type="module" src="/main.js"></script>`);
    } else if (pathname === '/away') {
      response.setHeader('content-type', 'text/html');
      response.end(PAGE);
    } else if (pathname === '/events') this.#listen(response, searchParams.get('token') ?? '');
    else if (pathname === '/up') response.end(JSON.stringify((await this.#hear(request)) ?? {}));
    else if (script) {
      response.setHeader('content-type', 'text/javascript');
      response.end(readFileSync(join(__dirname, 'page', `${script}.js`)));
    } else if (file) response.end(file);
    else {
      if (pathname !== '/favicon.ico') this.strays.push(pathname);
      response.writeHead(404).end();
    }
    this.#news.emit('news');
  }

  #listen(response: ServerResponse, token: string): void {
    const linked = this.#tokens.has(token);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(
      `event: hello\ndata: ${JSON.stringify({
        state: linked ? this.#state : 'UNPAIRED',
        ref: this.#nextRef(),
        me: ME,
        autoSync: this.autoSync,
        chats: linked ? this.#records.chats() : [],
        lids: this.lids,
      })}\n\n`,
    );
    this.#greeted += 1;
    this.#streams.add(response);
    response.on('close', () => {
      this.#streams.delete(response);
      this.#news.emit('news');
    });
  }

  async #hear(request: IncomingMessage): Promise<unknown> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const data = JSON.parse(body) as Record<string, string>;
    return this.#answers[data.type ?? '']?.(data);
  }
}
