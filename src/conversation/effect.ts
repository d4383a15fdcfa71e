import type { MessageContext } from './message';
import type { OrderEffect } from './order';
import type { Language } from './participant';

/**
 * What a step asks the outside world to do. Plain data: keys and parameters, never text. Stored with the
 * participant in the same write as his new state, carried out afterwards, each idempotent by its id.
 */

export type Params = Record<string, string | number>;

/** A piece of text to be rendered in his language: an i18next key with its parameters. */
export interface Part {
  key: string;
  params?: Params;
  /** Parameters that are themselves texts: name → key, rendered in the same language. */
  texts?: Record<string, string>;
  /** Only where it differs from his own: the first question is asked in all four. */
  language?: Language;
  /** Speaks of the picture: its link follows this part where the picture itself can't be sent. */
  hasPicture?: true;
  /** Speaks of his page: its link follows this part. */
  hasLink?: true;
  /** Only this paragraph of the text, from 0. */
  paragraph?: number;
  /** Parameters that are sealed, as their text and the place they were sealed for: opened only to be sent. */
  sealed?: { text: string; place: string };
  /** Stands on the next line of the part before it, instead of in a paragraph of its own. */
  continues?: true;
}

/** One choice of a question: what comes back (`id`) and what he reads (`key`). Order gives the digits. */
export interface Option extends Part {
  id: string;
  /** Cannot be taken back or sends him away: taken only at its very words or number, never at a near miss. */
  exact?: true;
}

/** Order of leaving: a smaller number leaves first. */
export const PRIORITY = {
  reply: 0,
  'meeting-reminder': 1,
  checkin: 1,
  meeting: 2,
  nudge: 2,
  lesson: 3,
  broadcast: 4,
} as const;
export type Purpose = keyof typeof PRIORITY;

/** What goes with a message, fetched from our own door by whoever carries it. */
export type Picture =
  /** Of the pledge with this id. */
  | { kind: 'certificate'; pledgeId: string }
  /** The picture of a lesson, to share. */
  | { kind: 'card'; week: number; language: Language }
  /** The recorded voice note of a lesson. */
  | { kind: 'voice'; week: number; language: Language }
  /** What was sent to many, by the broadcast's id. */
  | { kind: 'sent'; broadcast: string; contentType: string }
  /** Who was active in an area, week by week up to this one. */
  | { kind: 'chart'; area: string; period: string; language: Language }
  /** A meeting's sheet, for its mentor. */
  | { kind: 'sheet'; meeting: string }
  /** How one joins a group, for its mentor to show. */
  | { kind: 'poster'; group: string; language: Language };

/** A page of his own behind a signed address that expires: all that is kept of him. */
export type Link = 'my-data';

/** One message: parts in order, then the options. Consecutive says of one step are merged into one. */
export interface SayEffect {
  type: 'say';
  purpose: Purpose;
  parts: Part[];
  options?: Option[];
  /** What to send instead where he cannot answer (one-way SMS). Without it, nothing is sent there. */
  standalone?: Part[];
  /** Said instead where others may read it (SMS). With it, the message never falls back to another channel. */
  discreet?: Part[];
  /** The last word after an opt-out: the only message that may leave once he has stopped or gone. */
  final?: boolean;
  /** Leaves in his quiet hours too: an officer is told of danger now. */
  urgent?: boolean;
  picture?: Picture;
  /** The page that a part of it speaks of. */
  link?: Link;
  /** Id of the broadcast that it brings him: it waits and goes with that. */
  broadcast?: string;
  /** Goes beside that broadcast's words, which are what is counted: nothing where it can't be carried. */
  beside?: true;
  /** Not worth sending after this moment. */
  expiresAt?: Date;
}

/** A journal entry: what happened, without anybody's words. */
export interface RecordEffect {
  type: 'record';
  entry: JournalType;
  /** Counted without a link to the person (he was refused, or he is being erased). */
  anonymous?: boolean;
  data?: Record<string, string | number | boolean>;
}

/** The vocabulary of the journal (docs/statistics.md defines what each counts towards). */
export type JournalType =
  | 'participant.joined'
  | 'participant.refused-underage'
  | 'participant.stopped'
  | 'participant.started'
  | 'participant.erased'
  | 'consent.given'
  | 'consent.refused'
  | 'consent.renewed'
  | 'purpose.agreed'
  | 'purpose.declined'
  | 'purpose.withdrawn'
  | 'data.asked'
  | 'profile.changed'
  | 'lesson.offered'
  | 'lesson.nudged'
  | 'lesson.expired'
  | 'question.answered'
  | 'reflection.given'
  | 'reflection.skipped'
  | 'action.promised'
  | 'action.declined'
  | 'lesson.completed'
  | 'lesson.shared'
  | 'series.heard'
  | 'checkin.asked'
  | 'checkin.answered'
  | 'pledge.offered'
  | 'pledge.taken'
  | 'pledge.declined'
  | 'step.chosen'
  | 'step.answered'
  | 'activity.reported'
  | 'broadcast.ordered'
  | 'broadcast.steered'
  | 'broadcast.told'
  | 'group.made'
  | 'group.joined'
  | 'group.left'
  | 'jodi.begun'
  | 'jodi.ended'
  | 'mentor.digest-told'
  | 'mentor.talk-wanted'
  | 'mentor.asked-after'
  | 'group.handed-over'
  | 'role.accepted'
  | 'role.declined'
  | 'meeting.called'
  | 'meeting.changed'
  | 'meeting.cancelled'
  | 'meeting.told'
  | 'meeting.reminded'
  | 'meeting.answered'
  | 'meeting.held'
  | 'meeting.attended'
  | 'meeting.struck'
  | 'message.unclear'
  | 'care.told'
  | 'care.misread'
  | 'case.opened'
  | 'case.acknowledged'
  | 'case.escalated'
  | 'case.closed'
  | 'conversation.migrated';

/** A reflection to be kept for the Saathi alone. */
export interface KeepEffect {
  type: 'keep';
  week: number;
  text?: string;
  voiceRef?: string;
}

/** Whatever still waits in his outbox is withdrawn (after an opt-out). */
export interface CancelEffect {
  type: 'cancel';
}

/** Profile, conversation, reflections and identities go, at once and for good. */
export interface EraseEffect {
  type: 'erase';
}

/** What he sent while he told of violence: the provider is asked to forget it. */
export interface RedactEffect {
  type: 'redact';
  channel: MessageContext['channel'];
  /** The provider's id of his message. */
  messageId: string;
}

export type Effect =
  SayEffect | RecordEffect | KeepEffect | CancelEffect | EraseEffect | OrderEffect | RedactEffect;

/** An effect as it waits on the participant: its id is `participant:sequence:index`. */
export type StoredEffect = Effect & { id: string; at: Date };
