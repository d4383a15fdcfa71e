/**
 * A golden conversation: a YAML file that says what he does and, word for word, what he then sees.
 * test/transcripts/README.md explains the format to whoever writes one.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Content } from '../../src/content/model';
import { LANGUAGES, type Conversation, type Incoming, type Option } from '../../src/conversation';
import { parseDuration } from '../../src/web/simulator/duration';
import { Player, type Bubble, type MediumName } from './player';

/** What he does (`he`, `wait`), what he sees (`bot`, `nothing`), and what is claimed about it (`state`). */
export type Turn = { line: number; node: YAMLMap } & (
  | { type: 'he'; says: string }
  | { type: 'wait'; milliseconds: number }
  | { type: 'bot'; text: string; at: string | undefined }
  | { type: 'nothing' }
  | { type: 'state'; state: string }
);

export interface Transcript {
  file: string;
  title: string;
  channel: MediumName;
  clock: string;
  turns: Turn[];
  document: Document;
}

const CHANNELS: readonly string[] = ['whatsapp', 'sms', 'sms-one-way'] satisfies MediumName[];
const KINDS_OF_TURN = ['he', 'wait', 'bot', 'nothing', 'state'] as const;

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
  const channel = header('channel');
  if (!CHANNELS.includes(channel)) throw wrong(1, `channel is one of ${CHANNELS.join(', ')}.`);
  if (!(LANGUAGES as readonly string[]).includes(header('language')))
    throw wrong(1, `language is one of ${LANGUAGES.join(', ')}.`);
  header('why');
  if (Number.isNaN(Date.parse(header('clock')))) throw wrong(1, 'clock is no moment.');

  const talk = document.get('talk') as YAMLSeq | undefined;
  if (!talk?.items.length) throw wrong(1, '"talk" is missing or empty.');
  const turns = talk.items.map((node): Turn => {
    const line = lineOf(node);
    if (!isMap(node)) throw wrong(line, 'a turn is one of he, wait, bot, nothing, state.');
    const value = node.toJSON() as Record<string, unknown>;
    const [type, ...others] = KINDS_OF_TURN.filter((kind) => kind in value);
    const unknown = Object.keys(value).find((key) => key !== type && !(type === 'bot' && key === 'at'));
    if (!type || others.length > 0 || unknown !== undefined)
      throw wrong(
        line,
        `a turn is one of ${KINDS_OF_TURN.join(', ')}; found ${Object.keys(value).join(', ')}.`,
      );
    const text = String(value[type]);
    const common = { line, node };
    if (type === 'he') return { ...common, type, says: text };
    if (type === 'bot') return { ...common, type, text, at: value.at as string | undefined };
    if (type === 'nothing') return { ...common, type };
    if (type === 'state') return { ...common, type, state: text };
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

/** `(sticker)`, `(tap 2)`, `(tap agree)`, `(5000 letters)`, `(empty)`; anything else is what he types. */
export function incomingOf(says: string, options: Option[]): Partial<Incoming> & { text: string } {
  const [, inside] = /^\((.*)\)$/.exec(says) ?? [];
  if (inside === undefined) return { text: says };
  const kind = THINGS[inside];
  if (kind === 'voice') return { kind, text: '', mediaRef: 'voice-note' };
  if (kind) return { kind, text: '' };
  if (inside === 'empty') return { text: '' };
  const [, letters] = /^(\d+) letters$/.exec(inside) ?? [];
  if (letters !== undefined) return { text: 'क'.repeat(Number(letters)) };
  const [, tapped] = /^tap (\S+)$/.exec(inside) ?? [];
  if (tapped === undefined) throw new Error(`"(${inside})" is nothing he can send.`);
  return { kind: 'tap', text: '', optionId: options[Number(tapped) - 1]?.id ?? tapped };
}

/** What a bubble looks like in a transcript: its text, and a last line for the picture. */
function shownAs(bubble: Bubble): string {
  return bubble.picture ? `${bubble.text}\n(certificate)` : bubble.text;
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

/** One act of his, and what came of it. */
export interface Exchange {
  /** His act; the turns that follow it up to the next act are what was expected. */
  act: Turn;
  expected: Turn[];
  seen: { text: string; at: string | undefined }[];
  /** State after the act. */
  state: string;
}

/** Plays a transcript from its first turn to its last. @throws Error with file and line when it can't be played */
export function play(transcript: Transcript, content: Content, core?: Conversation): Exchange[] {
  const { turns, file, clock, channel } = transcript;
  const player = new Player(content, { at: clock, medium: channel, ...(core && { core }) });
  const exchanges: Exchange[] = [];
  for (const turn of turns) {
    if (turn.type !== 'he' && turn.type !== 'wait') {
      const exchange = exchanges.at(-1);
      if (!exchange) throw new Error(`${file}:${turn.line}: he speaks first.`);
      exchange.expected.push(turn);
      continue;
    }
    let bubbles: Bubble[];
    try {
      bubbles =
        turn.type === 'wait'
          ? player.wait(turn.milliseconds)
          : player.send(incomingOf(turn.says, player.lastOptions));
    } catch (error) {
      throw new Error(`${file}:${turn.line}: ${(error as Error).message}`, { cause: error });
    }
    const seen = bubbles.map((bubble) => ({
      text: shownAs(bubble),
      at: turn.type === 'wait' ? momentOf(bubble.at) : undefined,
    }));
    exchanges.push({ act: turn, expected: [], seen, state: player.state });
  }
  return exchanges;
}

/** The first difference, as a message that names file, line and turn; undefined when all is as written. */
export function firstDifference({ file }: Transcript, exchanges: Exchange[]): string | undefined {
  for (const { act, expected, seen, state } of exchanges) {
    const said = act.type === 'he' ? `he: ${act.says}` : 'wait';
    const at = (line: number) => `${file}:${line}, after "${said}" on line ${act.line}: `;
    let index = 0;
    for (const turn of expected) {
      if (turn.type === 'state' && turn.state !== state)
        return `${at(turn.line)}he is in "${state}", not in "${turn.state}".`;
      if (turn.type !== 'bot') continue;
      const got = seen[index++];
      if (!got) return `${at(turn.line)}the bot says nothing more. Expected:\n${turn.text}`;
      if (got.text !== turn.text)
        return `${at(turn.line)}the bot says something else.\n${difference(turn.text, got.text)}`;
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
    seen.forEach(({ text, at }, index) => items.push(bubbleNode(document, before[index], text, at)));
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
  text: string,
  at: string | undefined,
): unknown {
  const node = document.createNode(at === undefined ? { bot: text } : { at, bot: text });
  const value = node.get('bot', true);
  if (isScalar(value) && text.includes('\n')) value.type = 'BLOCK_LITERAL';
  if (old?.commentBefore) node.commentBefore = old.commentBefore;
  if (old?.spaceBefore) node.spaceBefore = true;
  return node;
}
