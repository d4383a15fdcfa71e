/** The vocabulary that every flow is written in: context, events, and the things a flow can ask for. */
import { setup } from 'xstate';
import type { Content } from '../src/content/model';
import type { Link, Option, Part, Picture, RecordEffect } from '../src/conversation/effect';
import type { ConversationEvent } from '../src/conversation/event';
import type { Order } from '../src/conversation/order';
import type { KnownMeeting, Participant, Scratch } from '../src/conversation/participant';
import type { Invitation } from '../src/conversation/roles';
import type { View } from '../src/conversation/view';

/** What the conversation knows while it takes a step: the participant without his snapshot. */
export interface Context extends Omit<
  Participant,
  'id' | 'createdAt' | 'conversation' | 'invited' | 'meeting'
> {
  /** A role that he has been offered; undefined once he has answered. */
  invited?: Invitation | undefined;
  /** The last meeting that he has been told of; undefined once it is cancelled. */
  meeting?: KnownMeeting | undefined;
  scratch: Scratch;
  /** What somebody with a role sees of others; never stored. */
  view?: View | undefined;
}

/** What a state is waiting for: the one list from which buttons, numbers and matchers are made. */
export interface Expectation {
  options: Option[];
  /** Understood when he says them, but not shown and not numbered. */
  unspoken?: Option[];
  /** Free text, a voice note or a picture is an answer here. */
  accepts?: readonly ('text' | 'voice' | 'picture')[];
  /** His words are for others and he has been warned: nothing in them is taken as told. */
  unguarded?: true;
}

export interface Meta {
  expects: (context: Context) => Expectation;
}

export interface SayParams {
  parts: Part[];
  options?: Option[];
  picture?: Picture;
  standalone?: Part[];
  discreet?: Part[];
  link?: Link;
  final?: boolean;
  /** Somebody else may be in danger: it does not wait for the morning. */
  urgent?: boolean;
  /** Leaves before the rest as a message of its own: a voice note carries no words. */
  apart?: true;
  /** Id of the broadcast that it brings him. */
  broadcast?: string;
  /** Goes beside that broadcast's words, which are what is counted. */
  beside?: true;
}

export type RecordParams = Omit<RecordEffect, 'type'>;

export const conversationSetup = setup({
  types: { context: {} as Context, events: {} as ConversationEvent, meta: {} as Meta },
  actions: {
    // Nothing is carried out inside: each comes back from the engine as an effect.
    say: (_, _params: SayParams) => undefined,
    record: (_, _params: RecordParams | undefined) => undefined,
    keep: (_, _params: { week: number; text?: string; voiceRef?: string }) => undefined,
    cancelOutbox: () => undefined,
    erase: () => undefined,
    /** To be done to others. */
    order: (_, _params: Order | undefined) => undefined,
    /** The signal in hand once more, so many milliseconds later. */
    postponeSignal: (_, _params: { by: number }) => undefined,
  },
});

export type FlowState = Parameters<typeof conversationSetup.createStateConfig>[0];
type Transitions = NonNullable<NonNullable<FlowState['on']>['*']>;
export type Transition = Exclude<Extract<Transitions, object>, readonly unknown[]>;

/** Every flow is made from the content it speaks about. */
export type Flow = (content: Content) => FlowState;
