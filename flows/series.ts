/** Series to listen to (an audio drama, say): which one, then which episode; its address comes as text. */
import type { Content, Series } from '../src/content/model';
import type { Option } from '../src/conversation/effect';
import { to } from './everywhere';
import { chosen, note, options, part, question, record, say, when, type Step } from './phrases';
import type { Context, FlowState } from './setup';

/** Episodes on one page of the list: with "more" and "back" they stay within the ten rows that WhatsApp takes. */
const EPISODES_A_PAGE = 8;

/** `series.naye-daur.title` */
function keyOf(id = '', ...rest: (string | number)[]): string {
  return `series.${id}.${rest.join('.')}`;
}

/** Those of a series that can be heard in his language, as positions in it. */
function episodesFor(series: Series | undefined, { profile }: Context): number[] {
  return (series?.episodes ?? []).flatMap((links, index) =>
    profile.language !== undefined && links[profile.language] !== undefined ? [index] : [],
  );
}

/** Series with at least one episode in his language. */
export function seriesFor(content: Content, context: Context): readonly Series[] {
  return content.series.filter((one) => episodesFor(one, context).length > 0);
}

/** The two questions, as siblings of the other asides; none while no series has an episode. */
export function seriesStates(content: Content): Record<string, FlowState> {
  if (!content.series.some(({ episodes }) => episodes.length > 0)) return {};
  const inHand = ({ scratch }: Context) => content.series.find(({ id }) => id === scratch.kind);
  const pageOf = ({ scratch }: Context) => scratch.page ?? 0;
  const put = (kind: string | undefined, page: number | undefined) => note(() => ({ kind, page }));
  const forget = put(undefined, undefined);

  function episodeOptions(context: Context): Option[] {
    const all = episodesFor(inHand(context), context);
    const from = pageOf(context) * EPISODES_A_PAGE;
    const shown = all.slice(from, from + EPISODES_A_PAGE).map((index) => ({
      id: `episode-${index}`,
      key: keyOf(context.scratch.kind, 'episode', index),
    }));
    return [
      ...shown,
      ...(from + EPISODES_A_PAGE < all.length ? options('menu-more') : []),
      ...options('back'),
    ];
  }

  function address(step: Step) {
    const index = Number(chosen(step.event).slice('episode-'.length));
    const link = inHand(step.context)?.episodes[index]?.[step.context.profile.language ?? 'hi'] ?? '';
    return part('series.here', { link }, { title: keyOf(step.context.scratch.kind, 'episode', index) });
  }

  return {
    series: question({
      ask: () => 'series.ask',
      options: (context) => [
        ...seriesFor(content, context).map(({ id }) => ({ id: `series-${id}`, key: keyOf(id, 'title') })),
        ...options('back'),
      ],
      chosen: [
        when('back', { target: to.resume }),
        {
          target: 'episodes',
          actions: [note(({ event }) => ({ kind: chosen(event).slice('series-'.length), page: 0 }))],
        },
      ],
    }),
    episodes: question({
      ask: ({ context }) => [keyOf(context.scratch.kind, 'about'), 'series.which'],
      options: episodeOptions,
      chosen: [
        when('back', { target: to.resume, actions: [forget] }),
        when('menu-more', {
          target: 'episodes',
          reenter: true,
          actions: [note(({ context }) => ({ page: pageOf(context) + 1 }))],
        }),
        {
          target: to.resume,
          actions: [
            say(address),
            record('series.heard', ({ context, event }) => ({
              series: context.scratch.kind ?? '',
              episode: Number(chosen(event).slice('episode-'.length)) + 1,
            })),
            forget,
          ],
        },
      ],
    }),
  };
}
