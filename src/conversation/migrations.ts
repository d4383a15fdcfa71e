/**
 * Snapshots outlive deployments. A stored conversation of an older version is brought up by the named
 * migrations in turn; one whose state no longer exists is brought to a safe place. Nothing is ever lost:
 * lessons, pledges and consents live beside the snapshot, not in it.
 */
import { CONVERSATION_VERSION } from '../../flows/conversation';
import type { Engine } from './engine';
import type { Participant, StoredConversation } from './participant';

export interface Migration {
  /** The version it leads to. */
  to: number;
  name: string;
  migrate: (conversation: StoredConversation, participant: Participant) => StoredConversation;
}

/** In order. None yet: version 1 is the first that was ever stored. */
export const MIGRATIONS: readonly Migration[] = [];

export interface Migrated {
  conversation: StoredConversation;
  /** He was moved to another place than he left, and should be told. */
  moved: boolean;
}

/** Where somebody is put whose state no longer exists. */
function safeState({ status, profile, roles }: Participant): string {
  if (status === 'stopped' || status === 'gone') return status;
  if (profile.joinedAt) return 'talk.home';
  if (roles?.mentor) return 'mentor.home';
  return profile.language ? 'talk.onboarding.consent' : 'talk.onboarding.hello';
}

/**
 * Brings a stored conversation to the present version of the statechart.
 * @param migrations injected by tests; the product uses MIGRATIONS
 */
export function migrate(
  engine: Pick<Engine, 'has'>,
  participant: Participant,
  migrations: readonly Migration[] = MIGRATIONS,
  version = CONVERSATION_VERSION,
): Migrated {
  const stored = participant.conversation;
  const due = migrations.filter(({ to }) => to > stored.version && to <= version);
  const migrated = due.reduce((conversation, { migrate: apply }) => apply(conversation, participant), stored);
  const history = Object.fromEntries(Object.entries(migrated.history).filter(([, leaf]) => engine.has(leaf)));
  const fits = engine.has(migrated.state);
  if (
    fits &&
    stored.version === version &&
    Object.keys(history).length === Object.keys(stored.history).length
  ) {
    return { conversation: stored, moved: false };
  }
  return {
    conversation: { ...migrated, version, history, state: fits ? migrated.state : safeState(participant) },
    moved: !fits && participant.status !== 'stopped' && participant.status !== 'gone',
  };
}
