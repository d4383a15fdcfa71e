/**
 * One participant on one pretend phone, all in memory: the frozen world of flow tests. Clock and ids stand
 * still unless moved, and his document passes through BSON between every two inputs, as it would in the database.
 */
import { BSON } from 'bson';
import {
  createCore,
  newcomer,
  render,
  type Conversation,
  type Incoming,
  type Option,
  type Participant,
  type Picture,
  type StoredEffect,
} from '../../src/conversation';
import type { Content } from '../../src/content/model';
import { mediaAddress } from '../../src/pictures/address';

export type MediumName = 'whatsapp' | 'sms' | 'sms-one-way';

export interface Bubble {
  text: string;
  options: { id: string; label: string }[];
  /** Its kind. */
  picture?: string;
  /** When the step was taken that says it. */
  at: Date;
}

const ABILITIES = {
  whatsapp: { canReply: true, canTap: 0, canSendMedia: true, isPrivate: true, textLimit: 1600 },
  sms: { canReply: true, canTap: 0, canSendMedia: false, textLimit: 1600 },
  'sms-one-way': { canReply: false, canTap: 0, canSendMedia: false, textLimit: 1600 },
};

export interface PlayerOptions {
  at?: string;
  medium?: MediumName;
  core?: Conversation;
}

export class Player {
  participant: Participant;
  effects: StoredEffect[] = [];
  now: Date;
  readonly core: Conversation;
  #inbound = 0;
  readonly #medium: MediumName;

  constructor(
    content: Content,
    { at = '2026-01-04T10:00:00+05:30', medium = 'whatsapp', core = createCore(content) }: PlayerOptions = {},
  ) {
    this.core = core;
    this.now = new Date(at);
    this.#medium = medium;
    this.participant = newcomer('p1', this.now);
  }

  get state(): string {
    return this.participant.conversation.state;
  }

  /** The choices that he was offered last. */
  get lastOptions(): Option[] {
    const says = this.effects.filter((effect) => effect.type === 'say');
    return says.findLast(({ options }) => options)?.options ?? [];
  }

  /** He sends something; what comes back. Who has been erased begins anew, as nothing of him is left. */
  send(incoming: Partial<Incoming> & { text?: string }): Bubble[] {
    if (this.participant.status === 'gone') this.participant = newcomer('p1', this.now);
    const message = { kind: 'text' as const, text: '', ...incoming };
    const medium = this.#medium === 'whatsapp' ? 'whatsapp' : 'sms';
    const context = { id: `in-${++this.#inbound}`, channel: medium, medium } as const;
    return this.#take(this.core.hear(this.#stored(), message, context, this.now));
  }

  write(text: string): Bubble[] {
    return this.send({ text });
  }

  /** Moves the clock, letting all that falls due happen at its moment. */
  wait(milliseconds: number): Bubble[] {
    const until = new Date(this.now.getTime() + milliseconds);
    const bubbles: Bubble[] = [];
    for (;;) {
      const due = this.core.nextDue(this.participant);
      if (!due || due > until) break;
      this.now = due;
      const fired = this.core.fireDue(this.#stored(), this.now);
      if (fired) bubbles.push(...this.#take(fired));
    }
    this.now = until;
    return bubbles;
  }

  #stored(): Participant {
    return BSON.deserialize(BSON.serialize(this.participant)) as Participant;
  }

  #take({ participant, effects }: { participant: Participant; effects: StoredEffect[] }): Bubble[] {
    this.participant = participant;
    this.effects.push(...effects);
    const language = participant.profile.language ?? 'hi';
    return effects.flatMap((effect) => {
      if (effect.type !== 'say') return [];
      const link = effect.picture && `https://saathi.example${addressOf(effect.picture)}`;
      const rendered = render(this.core.translate, effect, language, ABILITIES[this.#medium], link);
      return rendered
        ? [
            {
              text: rendered.text,
              options: rendered.options,
              at: effect.at,
              ...(rendered.picture && { picture: rendered.picture.kind }),
            },
          ]
        : [];
    });
  }
}

/** The product's own addresses; a certificate's secret one is shown as its pledge. */
function addressOf(picture: Picture): string {
  const path = (_id: string, pledgeId: string) => `/certificates/${pledgeId}.png`;
  return mediaAddress(
    {
      path,
      sheet: (meeting) => `/sheets/${meeting}.pdf`,
      sent: (id) => `/sent/${id}`,
      chart: ({ area, period }) => `/charts/${area} ${period}.png`,
      poster: (group) => `/posters/${group}.png`,
    },
    picture,
    '',
  ).path;
}
