/** What can be wrong in content/care beyond its shape: names that lead nowhere, words that can never match. */
import { SCRIPT_LANGUAGES, type Bundle, type Sourced } from './bundle';
import type { DisclosureFile } from './disclosure-schema';
import { fault, type Finding } from './finding';
import { DISCLOSURE_ORDER } from './model';
import { normalise } from './normalise';
import type { Path } from './place';

/** A star on less than this would stand for half the language. */
const SHORTEST_STEM = 2;
const ELEMENT = /^(?:\.\.|\.\.\.|\{[a-z0-9-]+(?:\|[a-z0-9-]+)*\}|[^{}.|]+)$/;

/** @returns errors only: with any of them the guard would be deaf to what its author meant */
export function checkDisclosure({ disclosure }: Bundle): Finding[] {
  return SCRIPT_LANGUAGES.flatMap((language) => {
    const file = disclosure[language];
    return file ? [...words(file), ...patterns(file)] : [];
  });
}

function words({ source, value }: Sourced<DisclosureFile>): Finding[] {
  const lists: [Path, readonly string[]][] = [
    ...Object.entries(value.groups).map(([name, phrases]): [Path, string[]] => [['groups', name], phrases]),
    ...Object.entries(value.turns).map(([name, turn]): [Path, string[]] => [
      ['turns', name, 'words'],
      turn.words,
    ]),
  ];
  return lists.flatMap(([path, phrases]) =>
    phrases.flatMap((phrase, index) => {
      const at = [...path, index];
      if (normalise(phrase) === '')
        return [fault(source, at, `"${phrase}" holds no letter and can never be found. Take it out.`)];
      const [first = ''] = phrase.split(/\s+/);
      const isShort = first.endsWith('*') && first.length <= SHORTEST_STEM;
      if (!isShort) return [];
      return [fault(source, at, `"${phrase}" has too little before its star. Write more of the word.`)];
    }),
  );
}

function patterns({ source, value }: Sourced<DisclosureFile>): Finding[] {
  const used = new Set<string>();
  const faults = DISCLOSURE_ORDER.flatMap((category) =>
    (value.patterns[category] ?? []).flatMap((pattern, index) => {
      const at = ['patterns', category, index];
      const elements = pattern.say.split(/\s+/);
      const named = elements
        .filter((element) => element.startsWith('{'))
        .flatMap((element) => element.slice(1, -1).split('|'));
      named.forEach((name) => used.add(name));
      const despite = 'despite' in pattern ? (pattern.despite ?? []) : [];
      return [
        ...elements
          .filter((element) => !ELEMENT.test(element))
          .map((element) =>
            fault(source, at, `"${element}" is no group, word or gap. Write {group}, word, .. or ...`),
          ),
        ...named
          .filter((name) => !Object.hasOwn(value.groups, name))
          .map((name) =>
            fault(source, at, `there is no group "${name}". Add it under groups, or correct it.`),
          ),
        ...despite
          .filter((name) => !Object.hasOwn(value.turns, name))
          .map((name) => fault(source, at, `there is no turn "${name}". Add it under turns, or correct it.`)),
      ];
    }),
  );
  const idle = Object.keys(value.groups).filter((name) => !used.has(name));
  return [
    ...faults,
    ...idle.map((name) =>
      fault(source, ['groups', name], `no pattern uses the group "${name}". Use it, or take it out.`),
    ),
  ];
}
