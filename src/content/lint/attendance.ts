/** A word about who came must mean one thing: "all" and "all but" are opposites. */
import type { Bundle } from '../bundle';
import { fault, type Finding } from '../finding';
import { fold } from '../fold';

/** @returns an error for each word that stands under two meanings */
export function checkAttendance({ meetings }: Bundle): Finding[] {
  if (!meetings) return [];
  const first = new Map<string, string>();
  return Object.entries(meetings.value.attendance).flatMap(([meaning, phrases]) =>
    phrases.flatMap((phrase, index) => {
      const said = fold(phrase);
      const other = first.get(said) ?? meaning;
      first.set(said, other);
      if (other === meaning) return [];
      const message = `"${phrase}" stands under ${other} too. Leave it under one.`;
      return [fault(meetings.source, ['attendance', meaning, index], message)];
    }),
  );
}
