/**
 * Buttons and lists for WhatsApp, by Twilio's Content API. A content holds the options of one question and leaves
 * the text open as its one variable, so that each distinct set of options is created once and used for ever. Inside
 * the 24-hour window such contents need no approval (https://www.twilio.com/docs/content/twilio-quick-reply).
 */
import { createHash } from 'node:crypto';
import type { ShownOption } from '../channel';
import type { TwilioClient } from './client';

/** WhatsApp's own limits inside the window: 3 buttons of 20 characters, a list of 10 rows of 24, 1,024 of text. */
const BUTTONS = 3;
const BUTTON_TITLE = 20;
const ROWS = 10;
const ROW_TITLE = 24;
const TEXT = 1024;
const ID = 200;
/** Twilio refuses a variable with more than four spaces in a row (63013). */
const SPACES = / {5,}/;

const NAME = 'saathi-options-';
const HOST = 'https://content.twilio.com';
const PAGE = '/v1/Content?PageSize=500';

type Types = Record<
  string,
  {
    body: string;
    actions?: { type: string; title: string; id: string }[];
    button?: string;
    items?: { item: string; id: string }[];
  }
>;

export interface Contents {
  /** The content that shows these options under a text; `undefined` where WhatsApp can't or Twilio won't. Never throws. */
  contentFor(text: string, options: ShownOption[]): Promise<string | undefined>;
  /** Twilio has refused this content: it is not used again, and made anew when next needed. */
  forget(contentSid: string): void;
}

const distinct = (values: string[]) => new Set(values).size === values.length;

/** The body of a content for these options, or `undefined` where they don't fit WhatsApp's limits. */
function typesFor(options: ShownOption[], listButton: string): Types | undefined {
  const labels = options.map(({ label }) => label);
  if (
    options.length === 0 ||
    !distinct(labels) ||
    options.some(({ id, label }) => id.length > ID || label === '')
  )
    return undefined;
  if (options.length <= BUTTONS && labels.every((label) => label.length <= BUTTON_TITLE))
    return {
      'twilio/quick-reply': {
        body: '{{1}}',
        actions: options.map(({ id, label }) => ({ type: 'QUICK_REPLY', title: label, id })),
      },
    };
  if (options.length <= ROWS && labels.every((label) => label.length <= ROW_TITLE))
    return {
      'twilio/list-picker': {
        body: '{{1}}',
        button: listButton,
        items: options.map(({ id, label }) => ({ item: label, id })),
      },
    };
  return undefined;
}

interface ContentPage {
  contents?: { sid: string; friendly_name: string | null }[];
  meta?: { next_page_url: string | null };
}

/** Creates contents on demand, finds those of earlier runs, and remembers. */
class ContentShelf implements Contents {
  readonly #sids = new Map<string, Promise<string | undefined>>();
  #earlier: Promise<Map<string, string>> | undefined;

  constructor(
    private readonly client: TwilioClient,
    private readonly listButton: string,
  ) {}

  async contentFor(text: string, options: ShownOption[]): Promise<string | undefined> {
    if (text.length === 0 || text.length > TEXT || SPACES.test(text)) return undefined;
    const types = typesFor(options, this.listButton);
    if (!types) return undefined;
    const name = NAME + createHash('sha256').update(JSON.stringify(types)).digest('hex').slice(0, 32);
    const known = this.#sids.get(name);
    if (known) return known;
    const made = this.#findOrCreate(name, types);
    this.#sids.set(name, made);
    const sid = await made;
    // Whatever stood in the way may be gone next time.
    if (sid === undefined) this.#sids.delete(name);
    return sid;
  }

  forget(contentSid: string): void {
    for (const [name, promise] of this.#sids)
      void promise.then((sid) => sid === contentSid && this.#sids.delete(name));
    this.#earlier = this.#earlier?.then(
      (earlier) => new Map([...earlier].filter(([, sid]) => sid !== contentSid)),
    );
  }

  async #findOrCreate(name: string, types: Types): Promise<string | undefined> {
    try {
      this.#earlier ??= this.#list();
      const earlier = (await this.#earlier).get(name);
      return earlier ?? (await this.#create(name, types));
    } catch {
      this.#earlier = undefined;
      return undefined;
    }
  }

  async #create(name: string, types: Types): Promise<string | undefined> {
    // Not through `client.content.v1.contents.create`: it takes Twilio's type names in camel case, the API does not.
    const answer = (await this.client.request({
      method: 'post',
      uri: `${HOST}/v1/Content`,
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      data: { friendly_name: name, language: 'en', variables: { '1': '…' }, types },
    })) as { body: unknown };
    const { sid } = answer.body as { sid?: unknown };
    return typeof sid === 'string' ? sid : undefined;
  }

  async #list(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    let uri: string | null = HOST + PAGE;
    while (uri !== null) {
      const answer = (await this.client.request({
        method: 'get',
        uri,
        headers: { Accept: 'application/json' },
      })) as { body: unknown };
      const page = answer.body as ContentPage;
      for (const { sid, friendly_name } of page.contents ?? [])
        if (friendly_name?.startsWith(NAME)) found.set(friendly_name, sid);
      uri = page.meta?.next_page_url ?? null;
    }
    return found;
  }
}

/**
 * @param client of the account that holds the contents.
 * @param listButton what opens a list; it stands under messages of every language, so it is a sign, not a word.
 */
export function contentShelf(client: TwilioClient, listButton = '☰'): Contents {
  return new ContentShelf(client, listButton);
}
