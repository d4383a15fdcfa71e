/** The small verbs the flows are written with: say, record, set, and questions made from one option list. */
import type { Option, Part, Params } from '../src/conversation/effect';
import type {
  Command,
  ConversationEvent,
  HeardEvent,
  OddKind,
  WordedCommand,
} from '../src/conversation/event';
import { LANGUAGES, type Scratch } from '../src/conversation/participant';
import {
  conversationSetup,
  type Context,
  type Expectation,
  type FlowState,
  type RecordParams,
  type SayParams,
  type Transition,
} from './setup';

export interface Step {
  context: Context;
  event: ConversationEvent;
}

type Said = string | Part | (string | Part)[];

/** `'menu.ask'` or a part or several → parts. */
export function parts(said: Said): Part[] {
  return (Array.isArray(said) ? said : [said]).map((one) => (typeof one === 'string' ? { key: one } : one));
}

/** The same sentence in all four languages, for somebody whose language we don't know yet. */
export function inEveryLanguage(key: string): Part[] {
  return LANGUAGES.map((language) => ({ key, language }));
}

/** In his language, or in all four while he has not chosen one. */
export function inHisLanguage(key: string, { profile }: Context): Part[] {
  return profile.language ? [{ key }] : inEveryLanguage(key);
}

/** A part with parameters. */
export function part(key: string, params?: Params, texts?: Record<string, string>): Part {
  return { key, ...(params && { params }), ...(texts && { texts }) };
}

/**
 * What sends him away, cannot be undone or is consent is taken at its very words only: "I don't know" is no refusal,
 * "must I agree?" no agreement.
 */
const EXACT = new Set(['agree', 'disagree', 'minor', 'erase', 'not-this-week', 'no', 'with-number']);

/** Options whose labels stand under `options.<id>`. */
export function options(...ids: string[]): Option[] {
  return ids.map((id) => ({ id, key: `options.${id}`, ...(EXACT.has(id) && { exact: true }) }));
}

/** Says something; everything said in one step leaves as one message. */
export function say(said: Said | ((step: Step) => Said), more: Omit<SayParams, 'parts'> = {}) {
  return {
    type: 'say' as const,
    params: (step: Step): SayParams => ({
      parts: parts(typeof said === 'function' ? said(step) : said),
      ...more,
    }),
  };
}

/** As `say`, where options, picture or stand-alone text depend on the moment. */
export function sayWith(build: (step: Step) => SayParams) {
  return { type: 'say' as const, params: build };
}

/** Writes a line into the journal: what happened, never what was said. */
export function record(
  entry: RecordParams['entry'],
  data?: (step: Step) => NonNullable<RecordParams['data']>,
) {
  return {
    type: 'record' as const,
    params: (step: Step): RecordParams => ({ entry, ...(data && { data: data(step) }) }),
  };
}

/** Changes what is known about him. */
export function change(update: (step: Step) => Partial<Context>) {
  return conversationSetup.assign(update);
}

/** Changes only what the present exchange needs; `undefined` removes a key. */
export function note(update: (step: Step) => { [K in keyof Scratch]?: Scratch[K] | undefined }) {
  return change((step) => ({ scratch: scratchWith(step.context, update(step)) }));
}

/** The scratch with some keys changed, those set to `undefined` left out (so that it stays small). */
export function scratchWith(
  context: Context,
  update: { [K in keyof Scratch]?: Scratch[K] | undefined },
): Scratch {
  const merged = { ...context.scratch, ...update };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/** The event as something he said or did; a flow asks only where nothing else can arrive. */
export function heard(event: ConversationEvent): HeardEvent {
  if (!('message' in event)) throw new Error(`${event.type} is not something a person says.`);
  return event;
}

/** Which option he chose; empty for every other event. */
export function chosen(event: ConversationEvent): string {
  return event.type === 'CHOOSE' ? event.option : '';
}

/** What he wrote; empty for every other event. */
export function written(event: ConversationEvent): string {
  return event.type === 'TEXT' ? event.text : '';
}

/** A menu entry that is also a word he can type anywhere does the same as the word. */
export const asCommand = conversationSetup.raise(({ event }) => ({
  type: 'COMMAND' as const,
  command: chosen(event) as Command,
  at: event.at,
  message: heard(event).message,
}));

/** Is it one of these words that work everywhere? */
export function isCommand(...commands: (Command | WordedCommand)[]): (step: Step) => boolean {
  return ({ event }) => event.type === 'COMMAND' && commands.includes(event.command);
}

/** What he wrote after a command; empty for every other event. */
export function afterCommand(event: ConversationEvent): string {
  return event.type === 'COMMAND' && 'rest' in event ? event.rest : '';
}

/** The transition with one more condition; its own still counts. */
export function onlyIf(condition: (step: Step) => boolean, transition: Transition): Transition {
  const own = transition.guard as ((step: Step) => boolean) | undefined;
  return { ...transition, guard: (step: Step) => condition(step) && (own?.(step) ?? true) };
}

/** A transition taken when he chooses exactly this option. */
export function when(option: string, transition: Transition): Transition {
  return onlyIf(({ event }) => chosen(event) === option, transition);
}

export interface Question {
  /** What is asked when the state is entered, and again after an answer that was not understood. */
  ask: (step: Step, again: boolean) => Said;
  /** The choices, as ids with labels under `options.<id>` or built from the moment. */
  options: Option[] | ((context: Context) => Option[]);
  /** Answers that are understood here though they are not offered. */
  unspoken?: (context: Context) => Option[];
  /** What stands instead on a channel where he can't answer. */
  standalone?: (step: Step) => Part[] | undefined;
  /** Leaves although he has stopped: he asks for his rights. */
  final?: true;
  /** A page of his own whose address goes with it. */
  link?: SayParams['link'];
  /** What stands instead where others may read it. */
  discreet?: (step: Step) => Part[];
  chosen: Transition[];
  text?: Transition[];
  voice?: Transition[];
  picture?: Transition[];
  /** Own words for an answer that was not understood the first time; null where the question itself changes. */
  unclear?: string | null;
  /** Own words for a picture, a sticker …; undefined for those without. */
  odd?: (kind: OddKind | 'voice') => string | undefined;
  /** His words are for others and he has been warned: they are taken as they stand, whatever they speak of. */
  isOwnText?: (step: { context: Context }) => boolean;
  /** Here the question itself is the way out: however often he is not understood, he is not led away from it. */
  isPatient?: true;
}

/** After so many misses in a row he is shown a way out instead of the same question. */
export const MISSES_BEFORE_WAY_OUT = 3;

const STUCK = '#conversation.aside.stuck';

/** Counted here; a step that adds none sets the count back (src/conversation/step.ts). */
const missed = note(({ context }) => ({ misses: (context.scratch.misses ?? 0) + 1 }));

/** What is done when none of the guards lets the answer pass. */
function orElse(transitions: Transition[], otherwise: Transition[]): Transition[] {
  const takesAll = transitions.some(({ guard }) => guard === undefined);
  return takesAll ? transitions : [...transitions, ...otherwise];
}

/** No number helps where no answers are numbered. */
function unclearWords({ options: offered, unclear, isPatient }: Question, misses: number): string | null {
  const isNumbered = typeof offered === 'function' || offered.length > 0;
  if (unclear === null) return null;
  return misses > 1 && isNumbered && !isPatient ? 'unclear.second' : (unclear ?? 'unclear.first');
}

/**
 * A state that asks and waits. Every answer that it does not understand is met with another sentence, and the
 * third in a row with a way out.
 */
export function question(spec: Question): FlowState {
  const asking = (again: boolean) =>
    sayWith((step) => {
      const standalone = spec.standalone?.(step);
      return {
        parts: parts(spec.ask(step, again)),
        options: expects(step.context).options,
        ...(standalone && { standalone }),
        ...(spec.discreet && { discreet: spec.discreet(step) }),
        ...(spec.link && { link: spec.link }),
        ...(spec.final && { final: true }),
      };
    });
  const ask = asking(false);
  const askAgain = asking(true);
  const expects = (context: Context): Expectation => ({
    options: typeof spec.options === 'function' ? spec.options(context) : spec.options,
    ...(spec.unspoken && { unspoken: spec.unspoken(context) }),
    ...(spec.isOwnText?.({ context }) && { unguarded: true as const }),
    accepts: [
      ...(spec.text ? (['text'] as const) : []),
      ...(spec.voice ? (['voice'] as const) : []),
      ...(spec.picture ? (['picture'] as const) : []),
    ],
  });
  const leaveStuck = (...first: ReturnType<typeof say>[]): Transition[] =>
    spec.isPatient
      ? []
      : [
          {
            guard: ({ context }) => (context.scratch.misses ?? 0) + 1 >= MISSES_BEFORE_WAY_OUT,
            target: STUCK,
            reenter: true,
            actions: [missed, record('message.unclear'), ...first],
          },
        ];
  const sayUnclear = say(({ context }) => {
    const key = unclearWords(spec, context.scratch.misses ?? 0);
    return key === null ? [] : inHisLanguage(key, context);
  });
  const oddWords = say(({ context, event }) => {
    const kind = event.type === 'ODD' ? event.kind : 'voice';
    return inHisLanguage(spec.odd?.(kind) ?? `odd.${kind}`, context);
  });
  const unclear: Transition[] = [
    ...leaveStuck(),
    { actions: [missed, record('message.unclear'), sayUnclear, askAgain] },
  ];
  const odd: Transition[] = [
    ...leaveStuck(oddWords),
    { actions: [missed, record('message.unclear'), oddWords, askAgain] },
  ];
  // A call is no wrong answer, and what is said about it ("in danger, 112") must always be said.
  const call: Transition = {
    guard: ({ event }) => event.type === 'ODD' && event.kind === 'call',
    actions: [oddWords, askAgain],
  };
  return {
    meta: { expects },
    entry: [ask],
    on: {
      // Only what is offered can be chosen, and text comes only where text is an answer.
      CHOOSE: spec.chosen,
      ...(spec.text && { TEXT: orElse(spec.text, unclear) }),
      VOICE: orElse(spec.voice ?? [], odd),
      ...(spec.picture && { PICTURE: orElse(spec.picture, odd) }),
      ODD: [call, ...odd],
      UNCLEAR: unclear,
    },
  };
}
