/** A life as the database keeps it. Pure. */
import { identityKey, type Address } from '../channels/channel';
import type { JournalRow } from '../database/models/journal';
import type { OutboxRow } from '../database/models/outbox';
import type { ParticipantDocument } from '../database/models/participant';
import { formatAddress } from '../channels/simulator/address';
import { sortEffects } from '../delivery';
import { aboutOf, placeOnly, toJournalRow } from '../people';
import { finished } from './fate';
import type { Life, Stage } from './life';
import { DEMO_PREFIX } from './people';
import { diceFor } from './random';

export interface Kept {
  /** Absent for who refused, or was too young: nothing is kept of him. */
  participant?: ParticipantDocument;
  journal: JournalRow[];
  outbox: OutboxRow[];
}

/** On the simulator, whose messages never leave the machine, and with a number that India does not give out. */
function addressOf(id: string): Address {
  const phone = `+910000${id.slice(DEMO_PREFIX.length).padStart(6, '0')}`;
  return { channel: 'simulator', address: formatAddress({ medium: 'whatsapp', phone }) };
}

/** Everything that is kept of a life. */
export function keep({ who, participant, steps, answered }: Life, { seed, until }: Stage): Kept {
  const address = addressOf(who.id);
  const key = identityKey(address);
  const identities = [{ key, ...address, since: who.joinsAt }];
  const { journal, rows } = sortEffects(
    steps.map(({ effects, profile }) => ({
      participantId: who.id,
      address,
      language: profile.language,
      about: aboutOf({ identities, current: key, profile }),
      effects,
    })),
    new Map(),
  );
  const dice = diceFor(seed, who.id, 'messages');
  const outbox = rows.map((row) => finished(row, dice, answered.get(row._id), until));
  if (participant.status === 'gone') {
    return {
      // As the registry leaves it: no person, no link, his state alone.
      journal: journal.map(({ participantId: _who, anonymous: _flag, about, ...entry }, index) => ({
        ...entry,
        _id: `${DEMO_PREFIX}erased-${who.id.slice(DEMO_PREFIX.length)}-${index}`,
        ...(about && { about: placeOnly(about) }),
      })),
      outbox: outbox.map(({ address: _address, about: _about, ...row }) => row),
    };
  }
  const { id: _id, ...known } = participant;
  const [next] = participant.conversation.timers;
  return {
    participant: {
      _id: who.id,
      ...known,
      identities,
      current: key,
      recent: [],
      effects: [],
      ...(next && { nextDue: next.due }),
    },
    journal: journal.map(({ anonymous, ...entry }) => (anonymous ? withoutPerson(entry) : entry)),
    outbox,
  };
}

/** What is counted without a link to a person; its id still says that it is of a demo. */
function withoutPerson({ _id, ...entry }: JournalRow & { participantId: string }): JournalRow {
  const row = toJournalRow({ _id, ...entry, anonymous: true }, DEMO_PREFIX);
  return { ...row, _id: `${DEMO_PREFIX}${row._id}` };
}
