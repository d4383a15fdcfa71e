/** What one entry of who came changes against the one before it. Pure. */
import type { AttendanceNote } from '../database/models/meeting';

/**
 * @param order the entry's
 * @returns who came according to it and not before, and who is struck off again; undefined where it is not among them
 */
export function attendanceChange(
  notes: readonly AttendanceNote[],
  order: string,
): { came: string[]; struck: string[] } | undefined {
  const index = notes.findIndex((note) => note.order === order);
  const note = notes[index];
  if (!note) return undefined;
  const before = index > 0 ? (notes[index - 1]?.present ?? []) : [];
  return {
    came: note.present.filter((one) => !before.includes(one)),
    struck: before.filter((one) => !note.present.includes(one)),
  };
}
