/** What the tick does for cases: officers are told, and what nobody answers in time rises a tier. */
import type { Model } from 'mongoose';
import type { Audit } from '../audit';
import type { Clock } from '../clock';
import type { Content } from '../content/model';
import type { CaseDocument } from '../database/models/case';
import type { ParticipantDocument } from '../database/models/participant';
import type { Entry, Signals } from '../people';
import { caseEntry } from './cases';
import { above, posts, takenBy, type Post } from './routing';

/** A case that nobody answers any more, as an operator should hear of it: no person, no number. */
export interface Unanswered {
  id: string;
  state: string;
  urgent: boolean;
}

export interface RisingParts {
  cases: Model<CaseDocument>;
  participants: Model<ParticipantDocument>;
  signals: Signals;
  journal: { write(entries: Entry[]): Promise<void> };
  audit: Pick<Audit, 'record'>;
  content: Pick<Content, 'hubs' | 'responseTimes'>;
  clock: Clock;
  /** Told again and again, at each deadline, until somebody takes it. */
  alert: (unanswered: Unanswered) => void;
}

/** Read at a time; a tick goes on until nothing is left. */
const BATCH = 100;

/**
 * One round. May run as often as it likes, in several processes: each change is conditional on what it found, and each
 * officer is told of a case at a tier once.
 */
export async function riseDue(parts: RisingParts): Promise<void> {
  for (;;) {
    const due = await parts.cases
      .find({ dueAt: { $lte: parts.clock.now() } })
      .sort({ dueAt: 1 })
      .limit(BATCH)
      .lean<CaseDocument[]>();
    for (const one of due) await rise(one, parts);
    if (due.length < BATCH) break;
  }
  const untold = await parts.cases.find({ untold: true }).limit(BATCH).lean<CaseDocument[]>();
  for (const one of untold) await tell(one, parts);
}

/** To the next tier; at the top the operator is alerted, and it waits there for an officer. */
async function rise(one: CaseDocument, { cases, content, clock, audit, alert }: RisingParts): Promise<void> {
  const at = clock.now();
  const [next] = above(one, posts(one, content.hubs));
  const post: Post = next ?? { tier: one.tier, place: one.place };
  if (next) await audit.record({ at, who: 'system', did: 'case.raised', what: `${one._id} ${next.tier}` });
  const { matchedCount } = await cases.updateOne(
    { _id: one._id, tier: one.tier, status: one.status, dueAt: one.dueAt ?? null },
    {
      $set: {
        ...post,
        status: 'open',
        dueAt: takenBy(at, post.tier, one.urgency, content.responseTimes),
        untold: true,
      },
      $unset: { officer: 1, acknowledgedAt: 1 },
    },
  );
  if (matchedCount > 0 && !next) alert(unanswered(one));
}

function unanswered({ _id, state, urgency }: CaseDocument): Unanswered {
  return { id: _id, state, urgent: urgency === 'now' };
}

/** Tells the officers of its tier and place; where there is none, it need not wait for its deadline. */
async function tell(one: CaseDocument, parts: RisingParts): Promise<void> {
  const { cases, participants, signals, content, clock, journal, alert } = parts;
  const officers = await participants
    .find({ 'roles.officer.place': one.place, 'roles.officer.tier': one.tier, status: 'active' })
    .select({ _id: 1 })
    .lean<Pick<ParticipantDocument, '_id'>[]>();
  const now = clock.now();
  await signals.send(
    { ids: officers.map(({ _id }) => _id), data: { urgent: one.urgency === 'now' } },
    {
      id: `case:${one._id}:${one.tier}:${one.dueAt?.getTime() ?? 0}`,
      event: 'CASE_WAITING',
      due: now,
      ...(one.dueAt && { expiresAt: one.dueAt }),
    },
  );
  const all = posts(one, content.hubs);
  const { tier } = one;
  if (tier !== all[0]?.tier) await journal.write([caseEntry('case.escalated', one, now, { tier })]);
  const isAlone = officers.length === 0;
  const isTop = above(one, all).length === 0;
  if (isAlone && isTop) alert(unanswered(one));
  await cases.updateOne(
    { _id: one._id, tier, untold: true },
    { $unset: { untold: 1 }, ...(isAlone && !isTop && { $set: { dueAt: now } }) },
  );
}
