/**
 * To whom a coordinator writes: his area, narrowed down as far as he likes. What he names beyond his area reaches
 * nobody: the service keeps every audience within it, whatever is asked.
 */
import type { Aim } from '../../src/conversation/broadcast';
import type { Option, Part } from '../../src/conversation/effect';
import { LANGUAGES, type Language } from '../../src/conversation/participant';
import type { Content } from '../../src/content/model';
import { normalise } from '../../src/content/normalise';
import { groupCodeFrom } from '../group-code';
import { chosen, note, options, part, question, say, when, written, type Step } from '../phrases';
import { placesOf } from '../places';
import type { Context, FlowState, Transition } from '../setup';
import { line } from '../words-to-many';

const NETWORKS = ['FEM', 'MASVAW', 'MAE'] as const;
/** Of one kind, so many. */
const MOST = 10;

export const aimOf = ({ scratch }: Context): Aim => scratch.aim ?? {};
const roleOf = ({ roles }: Context) => roles?.coordinator;

/** His area in words. */
export function areaOf(context: Context): string {
  const place = roleOf(context)?.place;
  return place === undefined ? 'coordinator.everywhere' : `place.${place}`;
}

/** What he has chosen so far, a line for each. */
export function aimLines(context: Context): Part[] {
  const aim = aimOf(context);
  const each = <T>(values: readonly T[] | undefined, line: (value: T) => Part) => (values ?? []).map(line);
  const { pledged, lesson, quietForDays } = aim;
  const lines = [
    ...each([...(aim.states ?? []), ...(aim.districts ?? [])], (id) => part(`place.${id}`)),
    ...each(aim.networks, (network) => part('coordinator.aim.network', { network })),
    ...each(aim.groups, (group) => part('coordinator.aim.group', { group })),
    ...each(aim.languages, (language) => part(`broadcast.language.${language}`)),
    ...(pledged === undefined ? [] : [part(`options.aim-${pledged ? '' : 'not-'}pledged`)]),
    ...(lesson === undefined ? [] : [part(`options.aim-${lesson.completed ? '' : 'not-'}begun`)]),
    ...(quietForDays === undefined ? [] : [part('coordinator.aim.quiet', { count: quietForDays })]),
  ];
  return lines.length > 0 ? lines : [part('coordinator.aim.all', {}, { area: areaOf(context) })];
}

/** His audience with one thing more. */
function narrowed(narrow: (step: Step) => Aim) {
  return note((step) => ({ aim: { ...aimOf(step.context), ...narrow(step) } }));
}

/** One more of a kind; the oldest goes where there are too many. */
function more<T>(known: readonly T[] | undefined, value: T): T[] {
  return [...new Set([...(known ?? []), value])].slice(-MOST);
}

export const forgetAim = note(() => ({ aim: undefined }));

const leave = when('coordinator-menu', { target: 'home' });
const back = { target: 'aim' };

/** How far they have come. */
const PROGRESS: Record<string, Aim> = {
  'aim-pledged': { pledged: true },
  'aim-not-pledged': { pledged: false },
  'aim-begun': { lesson: { week: 1, completed: true } },
  'aim-not-begun': { lesson: { week: 1, completed: false } },
};

/** Digits are an answer here, so the way out is a word. */
const wayOut = (): Option[] => options('coordinator-menu');

function daysFrom(text: string): number | undefined {
  const [days] = /\d{1,3}/.exec(normalise(text)) ?? [];
  const count = Number(days);
  return count >= 1 && count <= 365 ? count : undefined;
}

/** The states of choosing, beside the coordinator's home. */
export function aimStates(content: Content): Record<string, FlowState> {
  const places = placesOf(content);
  const isState = (id: string) => content.states.some((state) => state.id === id);

  /** Ids of states and districts of his area that a typed name may mean. */
  function found(step: Step): string[] {
    const text = written(step.event);
    const { place } = roleOf(step.context) ?? {};
    const typed = normalise(text);
    const his = content.states.filter(({ id }) => place === undefined || id === place);
    const named = his.filter(
      ({ name, aliases }) =>
        place === undefined && [...Object.values(name), ...aliases].map(normalise).includes(typed),
    );
    if (named.length > 0) return named.map(({ id }) => id);
    return his.flatMap(({ id }) => places.findDistrict(id, text));
  }

  const taken: Transition = {
    guard: (step) => found(step).length === 1,
    ...back,
    actions: [
      narrowed((step) => {
        const [id = ''] = found(step);
        const { states, districts } = aimOf(step.context);
        return isState(id) ? { states: more(states, id) } : { districts: more(districts, id) };
      }),
    ],
  };

  return {
    aim: question({
      ask: ({ context }) => ['coordinator.aim.ask', ...aimLines(context).map(line)],
      options: (context) =>
        options(
          'aim-done',
          ...(roleOf(context)?.level === 'district' ? [] : ['aim-place']),
          ...(roleOf(context)?.level === 'national' ? ['aim-network'] : []),
          'aim-group',
          'aim-language',
          'aim-progress',
          'aim-quiet',
          'coordinator-menu',
        ),
      chosen: [
        when('aim-done', { target: 'writing' }),
        when('aim-place', { target: 'place' }),
        when('aim-network', { target: 'network' }),
        when('aim-group', { target: 'group' }),
        when('aim-language', { target: 'language' }),
        when('aim-progress', { target: 'progress' }),
        when('aim-quiet', { target: 'quiet' }),
        leave,
      ],
    }),
    place: question({
      ask: ({ context }) =>
        roleOf(context)?.level === 'national' ? 'coordinator.place-or-state' : 'coordinator.place',
      options: [],
      unspoken: wayOut,
      unclear: 'coordinator.place-unclear',
      chosen: [leave],
      text: [taken],
    }),
    group: question({
      ask: () => 'coordinator.group',
      options: [],
      unspoken: wayOut,
      unclear: 'coordinator.group-unclear',
      chosen: [leave],
      text: [
        {
          guard: ({ event }) => groupCodeFrom(written(event)) !== undefined,
          ...back,
          actions: [
            narrowed(({ context, event }) => ({
              groups: more(aimOf(context).groups, groupCodeFrom(written(event)) ?? ''),
            })),
          ],
        },
      ],
    }),
    quiet: question({
      ask: () => 'coordinator.quiet',
      options: [],
      unspoken: wayOut,
      unclear: 'coordinator.quiet-unclear',
      chosen: [leave],
      text: [
        {
          guard: ({ event }) => daysFrom(written(event)) !== undefined,
          ...back,
          actions: [narrowed(({ event }) => ({ quietForDays: daysFrom(written(event)) ?? 0 }))],
        },
      ],
    }),
    network: question({
      ask: () => 'coordinator.network',
      options: options(...NETWORKS.map((one) => `network-${one}`), 'coordinator-menu'),
      chosen: [
        leave,
        {
          ...back,
          actions: [
            narrowed(({ context, event }) => {
              const network = NETWORKS.find((one) => chosen(event) === `network-${one}`) ?? 'FEM';
              return { networks: more(aimOf(context).networks, network) };
            }),
          ],
        },
      ],
    }),
    language: question({
      ask: () => 'coordinator.language',
      options: [
        ...LANGUAGES.map((id): Option => ({ id, key: `broadcast.language.${id}` })),
        ...options('coordinator-menu'),
      ],
      chosen: [
        leave,
        {
          ...back,
          actions: [
            narrowed(({ context, event }) => ({
              languages: more(aimOf(context).languages, chosen(event) as Language),
            })),
          ],
        },
      ],
    }),
    progress: question({
      ask: () => 'coordinator.progress',
      options: options(...Object.keys(PROGRESS), 'coordinator-menu'),
      chosen: [leave, { ...back, actions: [narrowed(({ event }) => PROGRESS[chosen(event)] ?? {})] }],
    }),
  };
}

/** Nobody is meant: said, and he chooses anew. */
export const nobodyThere = say('broadcast.refused.nobody');
