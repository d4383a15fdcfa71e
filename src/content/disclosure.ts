/** What can be wrong in content/care beyond its shape: names that lead nowhere, words that can never match. */
import { SCRIPT_LANGUAGES, type Bundle, type Sourced } from './bundle';
import type { ConceptsFile, DisclosureFile } from './disclosure-schema';
import { fault, type Finding } from './finding';
import { normalise } from './normalise';
import type { Path } from './place';

/** A star on less than this would stand for half the language. */
const SHORTEST_STEM = 2;

/** @returns errors only: with any of them the guard would be deaf to what its author meant */
export function checkDisclosure({ disclosure, concepts }: Bundle): Finding[] {
  if (!concepts) return [];
  const known = new Set(Object.keys(concepts.value.concepts));
  return [
    ...frames(concepts, known),
    ...SCRIPT_LANGUAGES.flatMap((language) => {
      const file = disclosure[language];
      return file ? [...words(file), ...names(file, known)] : [];
    }),
  ];
}

function words({ source, value }: Sourced<DisclosureFile>): Finding[] {
  const lists: [Path, readonly string[]][] = [
    [['marks'], value.marks],
    ...Object.entries(value.concepts).map(([name, phrases]): [Path, string[]] => [
      ['concepts', name],
      phrases,
    ]),
    ...Object.entries(value.verbs).map(([name, stems]): [Path, string[]] => [['verbs', name], stems]),
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

/** Every concept has words in every language, and none has words that nothing reads. */
function names({ source, value }: Sourced<DisclosureFile>, known: ReadonlySet<string>): Finding[] {
  const listed = new Set([...Object.keys(value.concepts), ...Object.keys(value.verbs)]);
  const lists: [Path, string][] = [
    ...Object.keys(value.concepts).map((name): [Path, string] => [['concepts', name], name]),
    ...Object.keys(value.verbs).map((name): [Path, string] => [['verbs', name], name]),
  ];
  return [
    ...lists
      .filter(([, name]) => !known.has(name))
      .map(([at, name]) =>
        fault(source, at, `there is no concept "${name}". Add it to concepts.yaml, or correct it.`),
      ),
    ...[...known]
      .filter((name) => !listed.has(name))
      .map((name) => fault(source, ['concepts'], `no word stands for the concept "${name}". Add some.`)),
  ];
}

function frames({ source, value }: Sourced<ConceptsFile>, known: ReadonlySet<string>): Finding[] {
  const notions = Object.values(value.concepts).flatMap(({ of }) => (of === undefined ? [] : [of]));
  const all = new Set([...known, ...notions]);
  const lists: [Path, readonly string[]][] = [
    ...value.frames.map(({ all: some, none = [] }, index): [Path, string[]] => [
      ['frames', index],
      [...some, ...none],
    ]),
    ...value.sufferers.map(({ all: some = [] }, index): [Path, string[]] => [['sufferers', index], some]),
  ];
  return lists.flatMap(([at, some]) =>
    some
      .flatMap((either) => either.split('|'))
      .filter((name) => !all.has(name))
      .map((name) =>
        fault(
          source,
          at,
          `there is no concept and no notion "${name}". Add it under concepts, or correct it.`,
        ),
      ),
  );
}
