/**
 * Consent by purpose: what he is asked for when it first matters, and the page on which he sees and changes all of it.
 * What he answers is kept as evidence and never overwritten.
 */
import type { Content } from '../src/content/model';
import { agreesTo, lastWordOn, PURPOSES, type ConsentPurpose } from '../src/conversation/consents';
import type { Option, Part } from '../src/conversation/effect';
import type { Consent } from '../src/conversation/participant';
import { to } from './everywhere';
import {
  asCommand,
  change,
  heard,
  note,
  options,
  part,
  question,
  record,
  say,
  when,
  type Step,
} from './phrases';
import type { Context, FlowState, Transition } from './setup';

/** Evidence of what he answered: which words, in which language, when, by which message. */
export function evidence(
  content: Content,
  { context, event }: Step,
  purpose: ConsentPurpose,
  given: boolean,
): Consent {
  const { message, at } = heard(event);
  return {
    purpose,
    notice: content.consentVersion,
    language: context.profile.language ?? 'en',
    channel: message.channel,
    messageId: message.id,
    at,
    given,
  };
}

type Asked = ConsentPurpose | ((context: Context) => ConsentPurpose);

const purposeOf = (asked: Asked, context: Context) => (typeof asked === 'function' ? asked(context) : asked);

/** Keeps his answer, and counts it. */
export function decide(
  content: Content,
  asked: Asked,
  entry: 'purpose.agreed' | 'purpose.declined' | 'purpose.withdrawn',
) {
  return [
    change((step) => ({
      consents: [
        ...step.context.consents,
        evidence(content, step, purposeOf(asked, step.context), entry === 'purpose.agreed'),
      ],
    })),
    record(entry, ({ context }) => ({ purpose: purposeOf(asked, context) })),
  ];
}

/** One purpose, asked on its own; `onwards` is where he goes with either answer. */
export function consentQuestion(content: Content, asked: Asked, onwards: Transition['target']): FlowState {
  return question({
    ask: ({ context }) => `consents.ask.${purposeOf(asked, context)}`,
    options: options('agree', 'disagree'),
    chosen: [
      when('agree', {
        target: onwards,
        actions: [...decide(content, asked, 'purpose.agreed'), say('consents.thanks')],
      }),
      when('disagree', {
        target: onwards,
        actions: [...decide(content, asked, 'purpose.declined'), say('consents.declined')],
      }),
    ],
  });
}

/** He is in a group and was never asked whether its mentor may see how he does. */
export function isSharingOpen({ context }: Step): boolean {
  return context.profile.group !== undefined && lastWordOn(context.consents, 'mentor') === undefined;
}

/** What he can change on the page; the lessons end with STOP. */
const CHANGED_HERE = ['mentor', 'research', 'calls'] as const satisfies ConsentPurpose[];
const CHOICES: Record<(typeof CHANGED_HERE)[number], { allow: Option[]; end: Option[] }> = {
  mentor: { allow: options('allow-mentor'), end: options('end-mentor') },
  research: { allow: options('allow-research'), end: options('end-research') },
  calls: { allow: options('allow-calls'), end: options('end-calls') },
};

function line({ consents }: Context, purpose: ConsentPurpose): Part {
  const key = agreesTo(consents, purpose) ? 'consents.on' : 'consents.off';
  return { ...part(key, {}, { what: `consents.what.${purpose}` }), continues: true };
}

/** The states of the page; to be put among the asides. */
export function consentStates(content: Content): Record<string, FlowState> {
  return {
    consents: question({
      ask: ({ context }) => [
        'consents.head',
        ...PURPOSES.map((purpose) => line(context, purpose)),
        'consents.change',
      ],
      options: ({ consents }) => [
        ...CHANGED_HERE.flatMap((one) => CHOICES[one][agreesTo(consents, one) ? 'end' : 'allow']),
        ...options('stop', 'back'),
      ],
      chosen: [
        when('back', { target: to.resume }),
        when('stop', { actions: [asCommand] }),
        ...CHANGED_HERE.flatMap((purpose) => [
          when(`allow-${purpose}`, { target: 'consent', actions: [note(() => ({ purpose }))] }),
          // Withdrawing is one tap, and one sentence that says so.
          when(`end-${purpose}`, {
            target: to.resume,
            actions: [...decide(content, purpose, 'purpose.withdrawn'), say(`consents.withdrawn.${purpose}`)],
          }),
        ]),
      ],
    }),
    consent: consentQuestion(content, ({ scratch }) => scratch.purpose ?? 'mentor', to.resume),
    // He has just come into a group.
    sharing: consentQuestion(content, 'mentor', to.resume),
  };
}
