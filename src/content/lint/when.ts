/** A word for a day or an hour must mean one thing. */
import type { Bundle } from '../bundle';
import { fault, type Finding } from '../finding';
import { fold } from '../fold';

/** What stands under these counts only beside a number or an hour, so that it may share its words with others. */
const BESIDE_OTHERS = new Set([
  'numbers',
  'clock',
  'joined',
  'minutes',
  'from',
  'date',
  'day',
  'in',
  'fillers',
]);

/** @returns an error for each word that stands under two meanings */
export function checkWhen({ when }: Bundle): Finding[] {
  if (!when) return [];
  const first = new Map<string, string>();
  const check = (section: string, key: string, phrases: string[], path: string[]): Finding[] =>
    phrases.flatMap((phrase, index) => {
      const said = fold(phrase);
      const here = key === '' ? section : `${section} ${key}`;
      if (said === '') {
        const message = `"${phrase}" holds no letter and can never be understood. Take it out.`;
        return [fault(when.source, [...path, index], message)];
      }
      // Numbers share words with others, never with each other.
      const meaning = section === 'numbers' ? `number ${said}` : said;
      const other = first.get(meaning);
      if (BESIDE_OTHERS.has(section) && section !== 'numbers') return [];
      first.set(meaning, here);
      if (other === undefined || other === here) return [];
      return [
        fault(when.source, [...path, index], `"${phrase}" stands under ${other} too. Leave it under one.`),
      ];
    });
  return Object.entries(when.value).flatMap(([section, group]) =>
    Array.isArray(group)
      ? check(section, '', group, [section])
      : Object.entries(group).flatMap(([key, phrases]) => check(section, key, phrases, [section, key])),
  );
}
