/**
 * Jodis of one group: two members who have both agreed are partners for the week's action. Pure: what there is and
 * what is asked for in, what there is then and who is told out. Nobody is in two jodis; what one learns of the other
 * is his name, and done or not yet.
 */
import { createHash } from 'node:crypto';
import type { Signals } from '../conversation';
import type { Jodi } from '../database/models/group';

/** Somebody who may be in a jodi: a member who has joined and has not stopped. */
export interface Free {
  id: string;
  name: string;
}

export type Told = {
  [Name in 'JODI_ASKED' | 'JODI_BEGUN' | 'JODI_NONE' | 'JODI_NEWS' | 'JODI_ENDED']: {
    to: string;
    /** Its signal's id: told again it has no second effect. */
    id: string;
    event: Name;
    data: Signals[Name];
  };
}['JODI_ASKED' | 'JODI_BEGUN' | 'JODI_NONE' | 'JODI_NEWS' | 'JODI_ENDED'];

export interface Outcome {
  jodis: Jodi[];
  told: Told[];
}

export interface Jodis {
  group: string;
  jodis: Jodi[];
  /** Who may be in a jodi now. */
  free: Free[];
}

const isOn = ({ since }: Jodi) => since !== undefined;
const isIn = (jodi: Jodi, who: string) => jodi.by === who || jodi.to === who;

/** The jodi that he is in. */
export function jodiOf(jodis: readonly Jodi[], who: string): Jodi | undefined {
  return jodis.find((jodi) => isOn(jodi) && isIn(jodi, who));
}

/** The other one of the two. */
export function otherOf({ by, to }: Jodi, who: string): string | undefined {
  return by === who ? to : by;
}

/** The same for the same order, and not his id. */
function jodiId(order: string): string {
  return createHash('sha256').update(order).digest('base64url').slice(0, 16);
}

const isFree = ({ free }: Jodis, who: string) => free.some(({ id }) => id === who);

/** Are both still there? Whoever has stopped or left is on his way out of it. */
const isWhole = (all: Jodis, { by, to }: Jodi) => isFree(all, by) && to !== undefined && isFree(all, to);

/** Both are told, each the other's name. */
function begun({ group, free }: Jodis, jodi: Jodi): Told[] {
  const nameOf = (who: string | undefined) => free.find(({ id }) => id === who)?.name ?? '';
  return [jodi.by, jodi.to ?? ''].map((to) => ({
    to,
    id: `${jodi.id}:begun`,
    event: 'JODI_BEGUN',
    data: { group, jodi: jodi.id, name: nameOf(otherOf(jodi, to)) },
  }));
}

/** Their jodi begins; whatever either of them had sought or been asked besides is over. */
function begin(all: Jodis, jodi: Jodi, to: string, at: Date): Outcome {
  const on = { ...jodi, to, since: at };
  const others = all.jodis.filter((one) => one.id !== jodi.id && !isIn(one, on.by) && !isIn(one, to));
  return { jodis: [...others, on], told: begun(all, on) };
}

export interface Seeking {
  /** The order's id. */
  order: string;
  by: string;
  /** Whom he has named; undefined for anyone. */
  whom?: Free | 'nobody';
  at: Date;
}

/** He looks for a partner. Where the other has been looking too, both have agreed already. */
export function seek(all: Jodis, { order, by, whom, at }: Seeking): Outcome {
  const id = jodiId(order);
  const his = jodiOf(all.jodis, by);
  // Carried out before: the same is told again.
  if (his && isWhole(all, his)) return { jodis: all.jodis, told: begun(all, his) };
  if (!isFree(all, by)) return { jodis: all.jodis, told: [] };
  const jodis = all.jodis.filter((one) => one.by !== by && one !== his);
  const mayBe = (who: string) => who !== by && isFree(all, who) && !jodiOf(jodis, who);
  const rest: Jodis = { ...all, jodis };
  if (whom === undefined) {
    const ready = jodis.find((one) => !isOn(one) && (one.to ?? by) === by && mayBe(one.by));
    return ready ? begin(rest, ready, by, at) : { jodis: [...jodis, { id, by, at }], told: [] };
  }
  if (whom === 'nobody' || !mayBe(whom.id)) {
    const none: Told = { to: by, id: `${id}:none`, event: 'JODI_NONE', data: { group: all.group } };
    return { jodis, told: [none] };
  }
  const wanted = jodis.find((one) => !isOn(one) && one.by === whom.id && (one.to ?? by) === by);
  if (wanted) return begin(rest, wanted, by, at);
  const name = all.free.find((one) => one.id === by)?.name ?? '';
  return {
    jodis: [...jodis, { id, by, to: whom.id, at }],
    told: [
      { to: whom.id, id: `${id}:asked`, event: 'JODI_ASKED', data: { group: all.group, jodi: id, name } },
    ],
  };
}

/** He was asked: yes makes a jodi where both are still free; a no is told to nobody. */
export function answer(all: Jodis, jodi: string, who: string, isYes: boolean, at: Date): Outcome {
  const asked = all.jodis.find((one) => one.id === jodi);
  if (asked && isOn(asked) && isIn(asked, who) && isWhole(all, asked))
    return { jodis: all.jodis, told: begun(all, asked) };
  const without = all.jodis.filter((one) => one.id !== jodi || one.to !== who);
  if (!isYes) return { jodis: without, told: [] };
  const mayBe = (one: string) => isFree(all, one) && !jodiOf(all.jodis, one);
  if (asked?.to === who && mayBe(asked.by) && mayBe(who)) return begin(all, asked, who, at);
  return {
    jodis: without,
    told: [{ to: who, id: `${jodi}:none`, event: 'JODI_NONE', data: { group: all.group } }],
  };
}

/** He leaves it. The other one's side ends without a word. */
export function end(jodis: Jodi[], jodi: string, who: string): Outcome {
  const ended = jodis.find((one) => one.id === jodi && isIn(one, who));
  if (!ended) return { jodis, told: [] };
  const other = isOn(ended) ? otherOf(ended, who) : undefined;
  return {
    jodis: jodis.filter((one) => one !== ended),
    told:
      other === undefined ? [] : [{ to: other, id: `${jodi}:ended`, event: 'JODI_ENDED', data: { jodi } }],
  };
}

/** He is gone: nothing of his stays, and whoever was in a jodi with him is in it no more. */
export function endAll(jodis: Jodi[], who: string): Outcome {
  const on = jodiOf(jodis, who);
  const { jodis: left, told } = on ? end(jodis, on.id, who) : { jodis, told: [] };
  return { jodis: left.filter((one) => !isIn(one, who)), told };
}

/** He has heard that it began: has it ended meanwhile? */
export function confirm(jodis: readonly Jodi[], jodi: string, who: string, order: string): Told[] {
  return jodiOf(jodis, who)?.id === jodi
    ? []
    : [{ to: who, id: `${order}:ended`, event: 'JODI_ENDED', data: { jodi } }];
}

/** What the other one may know. */
export function tell(
  jodis: Jodi[],
  jodi: string,
  who: string,
  isDone: boolean,
  order: string,
  at: Date,
): Told[] {
  const on = jodis.find((one) => one.id === jodi && isOn(one) && isIn(one, who));
  const to = on && otherOf(on, who);
  return to === undefined
    ? []
    : [{ to, id: `${order}:news`, event: 'JODI_NEWS', data: { jodi, isDone, at } }];
}
