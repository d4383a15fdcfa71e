/** The groups that posters speak of. */
import { joinLink, type People } from '../people';
import type { GroupToJoin } from '../pictures';

/** @param number our WhatsApp sender, `+919800000001`; without one there is nothing to show */
export function groupFinder(people: Pick<People, 'groups'>, number: string | undefined) {
  return async (code: string): Promise<GroupToJoin | undefined> => {
    const group = number === undefined ? undefined : await people.groups.withCode(code);
    return group && number !== undefined
      ? { name: group.name, code, link: joinLink(number, code), number }
      : undefined;
  };
}
