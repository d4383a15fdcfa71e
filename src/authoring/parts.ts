/** What the texts of a lesson are called in a sheet, in the order in which a Saathi meets them. */

const NAMES: readonly [key: RegExp, name: string, note: string][] = [
  [/^title$/, 'title', 'a few words'],
  [/^lesson$/, 'lesson', 'at most 700 characters'],
  [/^question\.ask$/, 'question', ''],
  [/^question\.option\.(\d)$/, 'option', 'at most 24 characters; the same order in every language'],
  [/^question\.feedback\.(\d)$/, 'feedback', 'at most 300 characters, on the option of that number'],
  [/^reflection$/, 'reflection', 'at most 300 characters'],
  [/^action$/, 'action', 'at most 320 characters'],
  [/^checkin$/, 'check-in', 'at most 300 characters'],
  [/^sms$/, 'sms', 'at most 3 SMS: 201 characters in Indic letters, 459 in English'],
  [/^spoken$/, 'spoken', 'about a minute when read aloud'],
];

export interface Part {
  week: number;
  /** `option 2`: unique within a lesson, counted from 1. */
  name: string;
  note: string;
}

/** @param key as `collectTexts` gives it, e.g. `lesson.5.question.option.1`; undefined for a text of no lesson */
export function partOf(key: string): Part | undefined {
  const [, week = '', rest = ''] = /^lesson\.(\d+)\.(.+)$/.exec(key) ?? [];
  for (const [pattern, name, note] of NAMES) {
    const found = pattern.exec(rest);
    if (!found) continue;
    const place = found[1] === undefined ? '' : ` ${Number(found[1]) + 1}`;
    return { week: Number(week), name: name + place, note };
  }
  return undefined;
}
