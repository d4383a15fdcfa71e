/** Faults between files, with which the product cannot run: gaps in the weeks, ids used twice, dangling references. */
import { LANGUAGES, type Bundle } from './bundle';
import { fault, type Finding } from './finding';
import type { LocaleTree } from './schema';
import type { Path, Source } from './place';
import { checkDisclosure } from './disclosure';
import { checkTemplates } from './templates';
import { collectTexts } from './texts';

/** Checks what was read against itself. Only errors: the loader refuses what this finds. */
export function checkStructure(bundle: Bundle): Finding[] {
  return [
    ...weeks(bundle),
    ...themes(bundle),
    ...ids(bundle),
    ...helplineStates(bundle),
    ...hubDistricts(bundle),
    ...keys(bundle),
    ...consentVersion(bundle),
    ...checkDisclosure(bundle),
    ...checkTemplates(bundle),
  ];
}

function weeks({ lessons, faultyWeeks }: Bundle): Finding[] {
  const findings: Finding[] = [];
  let expected = 1;
  for (const { value, source, slug } of lessons) {
    while (expected < value.week && faultyWeeks.includes(expected)) expected += 1;
    if (value.week < expected)
      findings.push(
        fault(
          source,
          ['week'],
          `week ${value.week} has another lesson already. Give each lesson its own week.`,
        ),
      );
    else if (value.week > expected)
      findings.push(
        fault(
          source,
          ['week'],
          `week ${expected} has no lesson before this one. Lessons run from week 1 without a gap: add it, or renumber.`,
        ),
      );
    expected = value.week + 1;
    if (Number(slug.slice(0, 2)) !== value.week)
      findings.push(
        fault(
          source,
          ['week'],
          `week ${value.week}, but the file's name begins with ${slug.slice(0, 2)}. Make them the same.`,
        ),
      );
  }
  return findings;
}

function themes({ lessons, calendar }: Bundle): Finding[] {
  if (!calendar) return [];
  const known = Object.keys(calendar.value.themes);
  return lessons
    .filter(({ value }) => !known.includes(value.theme))
    .map(({ value, source }) =>
      fault(
        source,
        ['theme'],
        `${value.theme} is no theme of calendar.yaml. Use one of ${known.join(', ')}, or add it there.`,
      ),
    );
}

function helplineStates({ helplines, geography }: Bundle): Finding[] {
  if (!helplines || !geography) return [];
  const known = geography.value.states.map(({ id }) => id);
  return helplines.value.helplines.flatMap(({ states }, i) =>
    states.flatMap((id, j) =>
      known.includes(id)
        ? []
        : [
            fault(
              helplines.source,
              ['helplines', i, 'states', j],
              `${id} is no state of geography.yaml. Use one of ${known.join(', ')}.`,
            ),
          ],
    ),
  );
}

function hubDistricts({ hubs, geography }: Bundle): Finding[] {
  if (!hubs || !geography) return [];
  const known = geography.value.states.flatMap(({ districts }) => districts.map(({ id }) => id));
  return hubs.value.hubs.flatMap(({ district }, i) =>
    known.includes(district)
      ? []
      : [
          fault(
            hubs.source,
            ['hubs', i, 'district'],
            `${district} is no district of geography.yaml. Write its id as it stands there, such as UP-sitapur.`,
          ),
        ],
  );
}

function ids({ pledges, activities, calendar, helplines, hubs, geography }: Bundle): Finding[] {
  return [
    ...(pledges
      ? twice(
          pledges.source,
          pledges.value.pledges.map(({ id }, i) => [id, ['pledges', i, 'id']]),
        )
      : []),
    ...(pledges
      ? pledges.value.pledges.flatMap(({ steps }, i) =>
          twice(
            pledges.source,
            steps.map(({ id }, j) => [id, ['pledges', i, 'steps', j, 'id']]),
          ),
        )
      : []),
    ...(activities
      ? twice(
          activities.source,
          activities.value.activities.map(({ id }, i) => [id, ['activities', i, 'id']]),
        )
      : []),
    ...(calendar
      ? twice(
          calendar.source,
          calendar.value.days.map(({ id }, i) => [id, ['days', i, 'id']]),
        )
      : []),
    ...(helplines
      ? twice(
          helplines.source,
          helplines.value.helplines.map(({ id }, i) => [id, ['helplines', i, 'id']]),
        )
      : []),
    ...(hubs
      ? twice(
          hubs.source,
          hubs.value.hubs.map(({ district }, i) => [district, ['hubs', i, 'district']]),
        )
      : []),
    ...(geography
      ? twice(
          geography.source,
          geography.value.states.flatMap(({ id, districts }, i): [string, Path][] => [
            [id, ['states', i, 'id']],
            ...districts.map((district, j): [string, Path] => [
              district.id,
              ['states', i, 'districts', j, 'id'],
            ]),
          ]),
        )
      : []),
  ];
}

function twice(source: Source, entries: [string, Path][]): Finding[] {
  const first = new Map<string, Path>();
  return entries.flatMap(([id, path]) => {
    const earlier = first.get(id);
    if (earlier)
      return [
        fault(
          source,
          path,
          `the id ${id} is used twice, first on line ${source.lineOf(earlier)}. Give one of them another id.`,
        ),
      ];
    first.set(id, path);
    return [];
  });
}

/** A key in a locale that another file makes too, or that is a text and a group of texts at once. */
function keys(bundle: Bundle): Finding[] {
  const texts = collectTexts(bundle);
  return LANGUAGES.flatMap((language) => {
    const seen = new Map<string, string>();
    const groups = new Set<string>();
    const findings: Finding[] = [];
    for (const { key, source, path } of texts.filter((text) => text.language === language)) {
      const steps = key.split('.');
      const prefixes = steps.slice(1).map((_, i) => steps.slice(0, i + 1).join('.'));
      const clash =
        seen.get(key) ?? prefixes.map((prefix) => seen.get(prefix)).find((file) => file !== undefined);
      if (clash !== undefined && clash !== source.file)
        findings.push(
          fault(
            source,
            path,
            `makes the key ${key}, which clashes with one in ${clash}. Rename one of them.`,
          ),
        );
      else if (groups.has(key))
        findings.push(
          fault(source, path, `makes the key ${key}, which is a group of texts already. Rename one of them.`),
        );
      seen.set(key, source.file);
      prefixes.forEach((prefix) => groups.add(prefix));
    }
    return findings;
  });
}

function consentVersion({ locales }: Bundle): Finding[] {
  const english = versionOf(locales.en?.value);
  return LANGUAGES.flatMap((language) => {
    const locale = locales[language];
    if (!locale) return [];
    const version = versionOf(locale.value);
    if (version === undefined)
      return [
        fault(
          locale.source,
          ['consent', 'version'],
          'is missing. Write the version of the consent notice, the same in every language.',
        ),
      ];
    if (english === undefined || version === english) return [];
    return [
      fault(
        locale.source,
        ['consent', 'version'],
        `${version}, but ${english} in English. Translate the same wording, then give it the same version.`,
      ),
    ];
  });
}

/** `consent.version` of a locale, if it is there. */
export function versionOf(tree: LocaleTree | undefined): string | undefined {
  const consent = tree?.consent;
  const version = typeof consent === 'object' ? consent.version : undefined;
  return typeof version === 'string' ? version.trim() : undefined;
}
