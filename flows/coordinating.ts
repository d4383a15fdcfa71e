/** What a coordinator does by a word of his: he invites mentors, asks for figures. And what he must know: a group without one. */
import { to } from './everywhere';
import { afterCommand, part, say, sayWith, type Step } from './phrases';
import { phoneFrom } from './phone';
import { placesOf } from './places';
import { areaOf } from '../src/conversation/roles';
import type { Content } from '../src/content/model';
import type { FiguresNews } from '../src/conversation/signal';
import type { Transition } from './setup';

/** His own area, for whoever is a coordinator. */
const ownArea = ({ context }: Step) => areaOf(context.roles?.coordinator ?? { level: 'district' });

/** The text key of an area's name. */
function nameOf(area: string): string {
  return area === 'all' ? 'coordinating.country' : `place.${area.slice(area.indexOf(':') + 1)}`;
}

function tell(area: (step: Step) => string, of: FiguresNews['of']) {
  return [
    {
      type: 'order' as const,
      params: (step: Step) => ({ do: 'tell figures' as const, area: area(step), of }),
    },
    say((step) => part('coordinating.coming', {}, { place: nameOf(area(step)) })),
  ];
}

/** DIGEST: the last whole week of all that he answers for. */
export const tellWeek = tell(ownArea, 'week');

/** STATS, or STATS and a place of his area. He stays where he is; what lies outside it he is told nothing of. */
export function asksFigures(content: Content): Transition[] {
  const places = placesOf(content);
  const found = ({ context, event }: Step) =>
    places.findArea(context.roles?.coordinator ?? { level: 'district' }, afterCommand(event));
  return [
    { guard: ({ event }) => afterCommand(event) === '', actions: tell(ownArea, 'now') },
    { guard: (step) => found(step).length === 1, actions: tell((step) => found(step)[0] ?? '', 'now') },
    {
      guard: (step) => found(step).length > 1,
      actions: [
        say((step) => [
          'coordinating.which',
          ...found(step).map((area) => ({ ...part(nameOf(area)), continues: true as const })),
        ]),
      ],
    },
    { actions: [say('coordinating.no-such-place')] },
  ];
}

/** The figures that he asked for, with a picture that says the same as its last sentence. */
export const FIGURES: Transition[] = [
  { guard: ({ context }) => context.roles?.coordinator === undefined },
  {
    actions: [
      sayWith(({ context, event }) => {
        if (event.type !== 'FIGURES') return { parts: [] };
        const { area, of, period, days, counts, active } = event.data;
        const { language = 'hi' } = context.profile;
        return {
          parts: [
            part(`coordinating.figures-${of}`, { ...counts, days }, { place: nameOf(area) }),
            { ...part('coordinating.chart', { active }), hasPicture: true },
          ],
          picture: { kind: 'chart', area, period, language },
        };
      }),
    ],
  },
];

/** INVITE and a phone number. Whose it is, and whether he takes part, he does not learn by it. */
export const invites: Transition = {
  target: to.resume,
  actions: [
    {
      type: 'order',
      params: ({ event }: Step) => ({
        do: 'invite mentor' as const,
        phone: phoneFrom(afterCommand(event)) ?? '',
      }),
    },
    say(({ event }) => part('coordinating.invited', { phone: phoneFrom(afterCommand(event)) ?? '' })),
  ],
};

/** Told without changing where he stands. */
export const GROUP_ORPHANED: Transition = {
  actions: [
    say(({ event }) =>
      event.type === 'GROUP_ORPHANED'
        ? part('coordinating.orphaned', { group: event.data.name, code: event.data.group })
        : [],
    ),
  ],
};
