/** The pledges that certificates speak of. */
import type { People } from '../people';

/** What a certificate says, for whoever holds its link. */
export function pledgeFinder(people: Pick<People, 'registry'>) {
  return async (participantId: string, pledgeId: string) => {
    const document = await people.registry.byId(participantId);
    const pledge = document?.pledges.find(({ id }) => id === pledgeId);
    return document && pledge
      ? { name: document.profile.name ?? '', language: pledge.language, kind: pledge.kind, at: pledge.at }
      : undefined;
  };
}
