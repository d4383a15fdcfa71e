/** Where an entry counts: everywhere that he belongs to (areas), and there by what he is (facets). */
import type { About } from '../database/models/journal';

/** `all`, `network:MASVAW`, `state:UP`, `district:UP-sitapur`, `group:ABC2`. */
export type Area = string;
/** Nothing, or `language:hi`, `channel:whatsapp`, `joined:2026-01`. */
export type Facet = string;

export interface Cut {
  area: Area;
  facet: Facet;
}

/** The whole of an area. */
export const WHOLE: Facet = '';

/**
 * All cuts in which somebody counts.
 * @param about absent for what was counted without a person: then it counts for the whole campaign only
 * @param networkOf the network of a state, from the geography
 */
export function cutsOf(about: About | undefined, networkOf: (state: string) => string | undefined): Cut[] {
  const { state, district, group, language, channel, joined } = about ?? {};
  const network = state === undefined ? undefined : networkOf(state);
  const areas = [
    'all',
    ...named('network', network),
    ...named('state', state),
    ...named('district', district),
    ...named('group', group),
  ];
  const facets = [
    WHOLE,
    ...named('language', language),
    ...named('channel', channel),
    ...named('joined', joined),
  ];
  return areas.flatMap((area) => facets.map((facet) => ({ area, facet })));
}

/** The network of each state, by the geography. */
export function networks(
  states: readonly { id: string; network: string }[],
): (state: string) => string | undefined {
  const byState = new Map(states.map(({ id, network }) => [id, network]));
  return (state) => byState.get(state);
}

function named(what: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`${what}:${value}`];
}
