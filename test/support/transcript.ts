/**
 * A golden conversation: a YAML file that says what he does and, word for word, what he then sees.
 * test/transcripts/README.md explains the format to whoever writes one.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Content } from '../../src/content/model';
import { LANGUAGES, type Incoming } from '../../src/conversation';
import { parseDuration } from '../../src/web/simulator/duration';
import { Player, type MediumName, type PlayerOptions } from './player';
import { readTownHeader, type TownHeader } from './town-header';

/**
 * What somebody does (`he` or, in company, his name; `wait`), what is seen (`bot`, `nothing`), and what is claimed
 * about it (`state`).
 */
export type Turn = { line: number; node: YAMLMap } & (
  | { type: 'says'; who: string; says: string }
  | { type: 'wait'; milliseconds: number }
  | { type: 'bot'; text: string; at: string | undefined; to: string | undefined }
  | { type: 'nothing' }
  | { type: 'state'; state: string; of: string | undefined }
);

export interface Transcript {
  file: string;
  title: string;
  /** Of a conversation with one person. */
  channel: MediumName;
  /** Of a conversation in company. */
  town?: TownHeader;
  clock: string;
  turns: Turn[];
  document: Document;
}

/** What came on a phone. */
export interface Seen {
  /** In company: whose phone. */
  to?: string;
  text: string;
  at: Date;
}

/** The phones that a conversation is played on. */
export interface Phones {
  /** He sends something; what then comes, on whatever phone. */
  send(who: string, says: string): Seen[] | Promise<Seen[]>;
  wait(milliseconds: number): Seen[] | Promise<Seen[]>;
  stateOf(who: string): string | Promise<string>;
}

const CHANNELS: readonly string[] = ['whatsapp', 'sms', 'sms-one-way'] satisfies MediumName[];
const KINDS_OF_TURN = ['wait', 'bot', 'nothing', 'state'] as const;
/** What may stand beside them. */
const BESIDE: Record<string, readonly string[]> = { bot: ['at', 'to'], state: ['of'] };

/** @throws Error with file and line for whatever is not a transcript */
export function readTranscript(path: string): Transcript {
  const file = basename(path);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines });
  const lineOf = (node: unknown) => lines.linePos((node as { range?: [number] }).range?.[0] ?? 0).line;
  const wrong = (line: number, why: string) => new Error(`${file}:${line}: ${why}`);
  if (document.errors[0]) throw new Error(`${file}: ${document.errors[0].message}`);

  const header = (key: string): string => {
    const value = document.get(key);
    if (typeof value !== 'string' || value === '') throw wrong(1, `"${key}" is missing or no text.`);
    return value;
  };
  const town = document.has('people') ? readTownHeader(document.toJSON()) : undefined;
  const channel = town ? 'whatsapp' : header('channel');
  if (!CHANNELS.includes(channel)) throw wrong(1, `channel is one of ${CHANNELS.join(', ')}.`);
  if (!town && !(LANGUAGES as readonly string[]).includes(header('language')))
    throw wrong(1, `language is one of ${LANGUAGES.join(', ')}.`);
  const kinds = [...(town ? Object.keys(town.people) : ['he']), ...KINDS_OF_TURN];
  header('why');
  if (Number.isNaN(Date.parse(header('clock')))) throw wrong(1, 'clock is no moment.');

  const talk = document.get('talk') as YAMLSeq | undefined;
  if (!talk?.items.length) throw wrong(1, '"talk" is missing or empty.');
  const turns = talk.items.map((node): Turn => {
    const line = lineOf(node);
    if (!isMap(node)) throw wrong(line, `a turn is one of ${kinds.join(', ')}.`);
    const value = node.toJSON() as Record<string, unknown>;
    const [type, ...others] = kinds.filter((kind) => kind in value);
    const beside = ['of', 'at', 'to'].filter((key) => key in value);
    const unknown = Object.keys(value).find((key) => key !== type && !BESIDE[type ?? '']?.includes(key));
    if (type === undefined || others.length > 0 || unknown !== undefined)
      throw wrong(line, `a turn is one of ${kinds.join(', ')}; found ${Object.keys(value).join(', ')}.`);
    const stranger = beside.find((key) => key !== 'at' && !kinds.includes(String(value[key])));
    if (stranger !== undefined) throw wrong(line, `nobody is called ${String(value[stranger])}.`);
    const text = String(value[type]);
    const common = { line, node };
    const at = value.at as string | undefined;
    if (type === 'bot') return { ...common, type, text, at, to: value.to as string | undefined };
    if (type === 'nothing') return { ...common, type };
    if (type === 'state') return { ...common, type, state: text, of: value.of as string | undefined };
    if (type !== 'wait') return { ...common, type: 'says', who: type, says: text };
    try {
      return { ...common, type, milliseconds: parseDuration(text) };
    } catch (error) {
      throw wrong(line, (error as Error).message);
    }
  });
  return {
    file,
    title: header('title'),
    channel: channel as MediumName,
    ...(town && { town }),
    clock: header('clock'),
    turns,
    document,
  };
}

const THINGS: Record<string, Incoming['kind']> = {
  'voice note': 'voice',
  image: 'image',
  video: 'video',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  contact: 'contact',
  call: 'call',
  unknown: 'unknown',
};

/** `(sticker)`, `(image: words under it)`, `(tap 2)`, `(tap agree)`, `(5000 letters)`, `(empty)`; anything else is what he types. */
export function incomingOf(says: string, options: { id: string }[]): Partial<Incoming> & { text: string } {
  const [, inside] = /^\((.*)\)$/.exec(says) ?? [];
  if (inside === undefined) return { text: says };
  const kind = THINGS[inside];
  if (kind === 'voice') return { kind, text: '', mediaRef: 'voice-note' };
  if (kind) return { kind, text: '' };
  const [, under] = /^image: (.*)$/s.exec(inside) ?? [];
  if (under !== undefined) return { kind: 'image', text: under };
  if (inside === 'empty') return { text: '' };
  const [, letters] = /^(\d+) letters$/.exec(inside) ?? [];
  if (letters !== undefined) return { text: 'क'.repeat(Number(letters)) };
  const [, tapped] = /^tap (\S+)$/.exec(inside) ?? [];
  if (tapped === undefined) throw new Error(`"(${inside})" is nothing he can send.`);
  return { kind: 'tap', text: '', optionId: options[Number(tapped) - 1]?.id ?? tapped };
}

/** `Sun 11 Jan 2026 18:00`, in India. */
function momentOf(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Kolkata',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(at);
  return parts.replaceAll(',', '');
}

/** One act of somebody's, and what came of it. */
export interface Exchange {
  /** The act; the turns that follow it up to the next act are what was expected. */
  act: Turn;
  expected: Turn[];
  seen: { text: string; at: string | undefined; to: string | undefined }[];
  /** State after the act, of whoever is asked about. */
  states: Record<string, string>;
}

/** The phone of a conversation with one person. */
export function onePhone(content: Content, options: PlayerOptions): Phones {
  const player = new Player(content, options);
  const shown = (bubbles: ReturnType<Player['wait']>): Seen[] =>
    bubbles.map(({ text, picture, at }) => ({ text: picture ? `${text}\n(${picture})` : text, at }));
  return {
    send: (_he, says) => shown(player.send(incomingOf(says, player.lastOptions))),
    wait: (milliseconds) => shown(player.wait(milliseconds)),
    stateOf: () => player.state,
  };
}

/** Plays a transcript from its first turn to its last. @throws Error with file and line when it can't be played */
export async function play({ turns, file }: Transcript, phones: Phones): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  let speaker = 'he';
  for (const turn of turns) {
    if (turn.type !== 'says' && turn.type !== 'wait') {
      const exchange = exchanges.at(-1);
      if (!exchange) throw new Error(`${file}:${turn.line}: somebody speaks first.`);
      exchange.expected.push(turn);
      if (turn.type === 'state') {
        const of = turn.of ?? speaker;
        exchange.states[turn.of ?? ''] = await phones.stateOf(of);
      }
      continue;
    }
    if (turn.type === 'says') speaker = turn.who;
    let seen: Seen[];
    try {
      seen = await (turn.type === 'wait' ? phones.wait(turn.milliseconds) : phones.send(turn.who, turn.says));
    } catch (error) {
      throw new Error(`${file}:${turn.line}: ${(error as Error).message}`, { cause: error });
    }
    const isWait = turn.type === 'wait';
    exchanges.push({
      act: turn,
      expected: [],
      // Who has just written knows to whom the answer comes, and when.
      seen: seen.map(({ text, at, to }) => ({
        text,
        at: isWait ? momentOf(at) : undefined,
        to: !isWait && to === turn.who ? undefined : to,
      })),
      states: {},
    });
  }
  return exchanges;
}

/** The first difference, as a message that names file, line and turn; undefined when all is as written. */
export function firstDifference({ file }: Transcript, exchanges: Exchange[]): string | undefined {
  for (const { act, expected, seen, states } of exchanges) {
    const said = act.type === 'says' ? `${act.who}: ${act.says}` : 'wait';
    const at = (line: number) => `${file}:${line}, after "${said}" on line ${act.line}: `;
    let index = 0;
    for (const turn of expected) {
      const state = turn.type === 'state' ? states[turn.of ?? ''] : undefined;
      if (turn.type === 'state' && turn.state !== state)
        return `${at(turn.line)}${turn.of ?? 'he'} is in "${state ?? ''}", not in "${turn.state}".`;
      if (turn.type !== 'bot') continue;
      const got = seen[index++];
      if (!got) return `${at(turn.line)}the bot says nothing more. Expected:\n${turn.text}`;
      if (got.text !== turn.text)
        return `${at(turn.line)}the bot says something else.\n${difference(turn.text, got.text)}`;
      if (turn.to !== got.to)
        return `${at(turn.line)}it goes to ${got.to ?? 'whoever wrote'}, not to ${turn.to ?? 'whoever wrote'}.`;
      if (turn.at !== got.at)
        return `${at(turn.line)}it comes at ${got.at ?? 'once'}, not at ${turn.at ?? 'once'}.`;
    }
    const silent = expected.some(({ type }) => type === 'nothing');
    const extra = seen[index];
    if (extra) return `${at(act.line)}the bot also says, which is not written here:\n${extra.text}`;
    if (seen.length === 0 && !silent)
      return `${at(act.line)}the bot says nothing. Write "- nothing: …" where that is meant.`;
  }
  return undefined;
}

/** Lines that were expected (-) and lines that came (+), between those that agree. */
function difference(expected: string, got: string): string {
  const [before, after] = [expected.split('\n'), got.split('\n')];
  let head = 0;
  while (head < before.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  const marked = (mark: string, lines: string[]) => lines.map((line) => `${mark} ${line}`);
  return [
    ...marked(' ', before.slice(0, head)),
    ...marked('-', before.slice(head, before.length - tail)),
    ...marked('+', after.slice(head, after.length - tail)),
    ...marked(' ', before.slice(before.length - tail)),
  ].join('\n');
}

/** Rewrites what the bot says to what it said, keeping his turns, the claims about states, and comments. */
export function rewritten({ document }: Transcript, exchanges: Exchange[]): string {
  const items: unknown[] = [];
  for (const { act, expected, seen } of exchanges) {
    items.push(act.node);
    const before = expected
      .filter(({ type }) => type === 'bot' || type === 'nothing')
      .map(({ node }) => node);
    if (seen.length === 0) items.push(before.find((node) => node.has('nothing')) ?? silence(document));
    seen.forEach((one, index) => items.push(bubbleNode(document, before[index], one)));
    items.push(...expected.filter(({ type }) => type === 'state').map(({ node }) => node));
  }
  (document.get('talk') as YAMLSeq).items = items;
  return document.toString({ lineWidth: 0 });
}

function silence(document: Document): unknown {
  return document.createNode({ nothing: 'the bot is silent' });
}

function bubbleNode(
  document: Document,
  old: YAMLMap | undefined,
  { text, at, to }: Exchange['seen'][number],
): unknown {
  const node = document.createNode({
    ...(to !== undefined && { to }),
    ...(at !== undefined && { at }),
    bot: text,
  });
  const value = node.get('bot', true);
  if (isScalar(value) && text.includes('\n')) value.type = 'BLOCK_LITERAL';
  if (old?.commentBefore) node.commentBefore = old.commentBefore;
  if (old?.spaceBefore) node.spaceBefore = true;
  return node;
}
