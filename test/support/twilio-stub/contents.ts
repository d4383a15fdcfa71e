/** The stand-in's Content API: creating and listing contents, and which content ids may be sent. */
import { newSid } from './messages';

export interface StoredContent {
  sid: string;
  friendly_name: string;
  language: string;
  variables: Record<string, string>;
  types: Record<string, unknown>;
}

export class ContentStore {
  readonly created: StoredContent[] = [];
  readonly #approved = new Set<string>();
  /** Refuse to create contents, as an account at its limit does. */
  full = false;

  /** A template that WhatsApp has approved, made in Twilio's console. */
  approve(contentSid: string): void {
    this.#approved.add(contentSid);
  }

  knows(contentSid: string): boolean {
    return this.#approved.has(contentSid) || this.created.some(({ sid }) => sid === contentSid);
  }

  delete(contentSid: string): void {
    this.created.splice(
      this.created.findIndex(({ sid }) => sid === contentSid),
      1,
    );
  }
}

function problemWith(content: Partial<StoredContent>): string | undefined {
  if (typeof content.language !== 'string' || typeof content.types !== 'object')
    return 'language and types are required';
  for (const [type, value] of Object.entries(content.types) as [
    string,
    {
      body?: string;
      button?: string;
      actions?: { title: string; id: string; type: string }[];
      items?: { item: string; id: string }[];
    },
  ][]) {
    if (!value.body || value.body.length > 1024) return 'body holds 1 to 1024 characters';
    if (type === 'twilio/quick-reply') {
      const actions = value.actions ?? [];
      if (
        actions.length < 1 ||
        actions.length > 10 ||
        actions.some(({ title, type: kind }) => title.length > 20 || kind !== 'QUICK_REPLY')
      )
        return 'actions are not valid';
    } else if (type === 'twilio/list-picker') {
      const items = value.items ?? [];
      if (
        !value.button ||
        value.button.length > 20 ||
        items.length < 1 ||
        items.length > 10 ||
        items.some(({ item, id }) => item.length > 24 || id.length > 200)
      )
        return 'items are not valid';
    } else return `${type} is not served here`;
  }
  return undefined;
}

/** `POST /v1/Content`, `GET /v1/Content`. Two contents a page, so that paging is met in tests. */
export function contentRoutes(
  store: ContentStore,
  method: string,
  url: URL,
  body: string,
): { status: number; body: unknown } {
  if (method === 'POST') {
    if (store.full) return { status: 400, body: { code: 20001, message: 'Too many contents', status: 400 } };
    const content = JSON.parse(body) as StoredContent;
    const problem = problemWith(content);
    if (problem !== undefined) return { status: 400, body: { code: 20001, message: problem, status: 400 } };
    const stored = { ...content, sid: newSid('HX') };
    store.created.push(stored);
    return { status: 201, body: stored };
  }
  const page = Number(url.searchParams.get('Page') ?? 0);
  const next =
    (page + 1) * 2 < store.created.length
      ? `https://content.twilio.com/v1/Content?PageSize=2&Page=${page + 1}`
      : null;
  return {
    status: 200,
    body: {
      contents: store.created.slice(page * 2, (page + 1) * 2),
      meta: { page, page_size: 2, next_page_url: next, key: 'contents' },
    },
  };
}
