/** The stand-in itself: an HTTP server that answers as Twilio does, remembers what it took, and sends webhooks. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { messagesApi } from './api';
import { ContentStore, contentRoutes } from './contents';
import type { Contract } from './contract';
import { FaultScript } from './faults';
import { MessageStore, newSid, type StoredMessage } from './messages';
import { deliver, error, type Reply } from './reply';
import { API } from './resources';
import { postWebhook, type Product } from './webhook';

export interface StubOptions {
  accountSid?: string;
  authToken?: string;
  now?: () => Date;
  contract?: Contract | undefined;
  /** Statuses that are called back by themselves after a message is taken, in this order. */
  callbacks?: (message: StoredMessage) => { status: string; errorCode?: number }[];
}

async function read(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export class TwilioStub {
  readonly accountSid: string;
  readonly authToken: string;
  readonly now: () => Date;
  readonly messages = new MessageStore();
  readonly contents = new ContentStore();
  readonly faults = new FaultScript();
  /** Addresses that have sent STOP: sends are refused with 21610. */
  readonly optedOut = new Set<string>();
  readonly unfinished = new Set<string>();
  /** Every message really taken, in order. */
  readonly accepted: StoredMessage[] = [];
  /** Method and path of every request. */
  readonly requests: string[] = [];
  /** What broke Twilio's own description, on either side. Stays empty without a contract. */
  readonly violations: string[] = [];
  /** What Twilio says of the account: active, suspended, closed. */
  accountStatus = 'active';
  /** The product under test, for webhooks. */
  product: Product | undefined;
  url = '';

  readonly #files = new Map<string, Reply>();
  readonly #server: http.Server;
  readonly #api: ReturnType<typeof messagesApi>;
  #callbacks: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: StubOptions = {}) {
    this.accountSid = options.accountSid ?? `AC${'0a'.repeat(16)}`;
    this.authToken = options.authToken ?? 'stub-auth-token-0123456789abcdef';
    this.now = options.now ?? (() => new Date());
    this.#api = messagesApi(this, (message) => {
      this.#callBack(message);
    });
    this.#server = http.createServer((request, response) => {
      this.#handle(request)
        .then((reply) => deliver(response, reply))
        .catch(() => response.destroy());
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: http.IncomingMessage): Promise<Reply> {
    const url = new URL(request.url ?? '/', 'http://stub');
    const method = request.method ?? 'GET';
    this.requests.push(`${method} ${url.pathname}`);
    const body = await read(request);
    const expected = `Basic ${Buffer.from(`${this.accountSid}:${this.authToken}`).toString('base64')}`;
    if (request.headers.authorization !== expected) return error(401, 20003, 'Authenticate');

    if (url.pathname.startsWith('/v1/Content')) return contentRoutes(this.contents, method, url, body);
    const file = this.#files.get(url.pathname);
    if (file) return file;
    if (url.pathname === `${API}${this.accountSid}.json`)
      return { status: 200, body: { sid: this.accountSid, status: this.accountStatus, type: 'Full' } };
    if (/\/Media\/ME\w+$/.test(url.pathname))
      return error(404, 20404, 'The requested resource was not found');
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const params = method === 'POST' && isForm ? new URLSearchParams(body) : url.searchParams;
    const { contract } = this.options;
    this.violations.push(...(contract?.request(method, url.pathname, params) ?? []));
    const reply = this.#api(method, url.pathname, params);
    if (reply.status >= 200 && reply.status < 300)
      this.violations.push(...(contract?.answer(method, url.pathname, reply.status, reply.body) ?? []));
    return reply;
  }

  #callBack(message: StoredMessage): void {
    const due = this.options.callbacks?.(message) ?? [];
    const all = due.reduce<Promise<unknown>>(
      (before, { status, errorCode }) => before.then(() => this.callback(message.sid, status, errorCode)),
      Promise.resolve(),
    );
    this.#callbacks = Promise.all([this.#callbacks, all.catch(() => undefined)]);
  }

  /** Resolves when every status callback that was due has been delivered, or refused. */
  async settled(): Promise<void> {
    let seen: Promise<unknown>;
    do {
      seen = this.#callbacks;
      await seen;
    } while (seen !== this.#callbacks);
  }

  #product(): Product {
    if (!this.product) throw new Error('The stand-in knows no product: set `product` first.');
    return this.product;
  }

  /** Tells the product what became of a message, as Twilio would. @returns the product's answer. */
  async callback(sid: string, status: string, errorCode?: number) {
    const message = this.messages.get(sid);
    if (!message?.statusCallback) throw new Error('No such message, or it asked for no callback.');
    message.status = status;
    message.errorCode = errorCode ?? null;
    if (status !== 'queued' && status !== 'accepted') message.sentAt ??= this.now();
    const { pathname, search } = new URL(message.statusCallback);
    const channel = message.to.startsWith('whatsapp:')
      ? { ChannelPrefix: 'whatsapp', EventType: status.toUpperCase() }
      : {};
    return postWebhook(this.#product(), this.authToken, pathname + search, {
      AccountSid: this.accountSid,
      ApiVersion: '2010-04-01',
      From: message.from ?? '',
      MessageSid: sid,
      MessageStatus: status,
      SmsSid: sid,
      SmsStatus: status,
      To: message.to,
      ...channel,
      ...(errorCode !== undefined && { ErrorCode: String(errorCode) }),
    });
  }

  /** A person writes. @param fields From, To and Body at least; the rest is filled in. @returns the product's answer. */
  async inbound(fields: Record<string, string>, overrides?: Parameters<typeof postWebhook>[4]) {
    const sid = this.keep(fields);
    const usual = {
      MessageSid: sid,
      SmsSid: sid,
      SmsMessageSid: sid,
      AccountSid: this.accountSid,
      ApiVersion: '2010-04-01',
    };
    const text = { SmsStatus: 'received', NumMedia: '0', NumSegments: '1', Body: '' };
    return postWebhook(
      this.#product(),
      this.authToken,
      '/webhooks/twilio/inbound',
      { ...usual, ...text, ...fields },
      overrides,
    );
  }

  /** Keeps a message from a person, as Twilio does until it is redacted or deleted. @returns its id */
  keep({ MessageSid = newSid('SM'), From = '', To = '', Body = '' }: Record<string, string>): string {
    const at = this.now();
    if (!this.messages.get(MessageSid))
      this.messages.add({
        sid: MessageSid,
        to: To,
        from: From,
        messagingServiceSid: null,
        body: Body,
        mediaUrls: [],
        status: 'received',
        errorCode: null,
        direction: 'inbound',
        createdAt: at,
        sentAt: at,
        segments: 1,
      });
    return MessageSid;
  }

  /** Puts a file where Twilio keeps what people send. @returns its MediaUrl. */
  addMedia(contentType: string, bytes: Buffer, headers: Record<string, string> = {}): string {
    const pathname = `${API}${this.accountSid}/Messages/${newSid('MM')}/Media/${newSid('ME')}`;
    this.#files.set(pathname, {
      status: 200,
      body: bytes,
      headers: { 'Content-Type': contentType, ...headers },
    });
    return `https://api.twilio.com${pathname}`;
  }
}
