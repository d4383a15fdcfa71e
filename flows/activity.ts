/**
 * Work beyond the lessons: he reports what he did at home or in the community, in three taps. What is kept is which
 * entry of the campaign's list it was and roughly how many people were there, never names or a story.
 */
import type { Activity, Content } from '../src/content/model';
import type { Option } from '../src/conversation/effect';
import { to } from './everywhere';
import { chosen, note, options, part, question, record, sayWith, when, type Step } from './phrases';
import type { FlowState } from './setup';

const nameOf = ({ id }: Pick<Activity, 'id'>): Option => ({ id, key: `activity.${id}` });

/** Whatever is not on the list counts as well. */
const other = options('something-else');

const wordsFor = (id: string) => (id === 'something-else' ? 'options.something-else' : `activity.${id}`);

/** The three questions, as sibling states of the asides: where, what, and (in the community) before how many. */
export function activityStates({ activities }: Content): Record<string, FlowState> {
  const at = (where: Activity['where']) => activities.filter((one) => one.where === where);
  const what = ({ context, event }: Step) => context.scratch.activity ?? chosen(event);
  const forget = note(() => ({ activity: undefined }));
  return {
    activity: question({
      ask: () => 'reporting.where',
      options: options('at-home', 'in-community', 'back'),
      chosen: [
        when('back', { target: to.resume }),
        when('at-home', { target: 'activityAtHome' }),
        when('in-community', { target: 'activityInCommunity' }),
      ],
    }),
    activityAtHome: question({
      ask: () => 'reporting.at-home',
      options: [...at('home').map(nameOf), ...other],
      chosen: [
        {
          target: to.resume,
          actions: [
            record('activity.reported', (step) => ({ where: 'home', kind: what(step) })),
            sayWith((step) => ({
              parts: [part('reporting.noted-home', {}, { what: wordsFor(what(step)) })],
            })),
          ],
        },
      ],
    }),
    activityInCommunity: question({
      ask: () => 'reporting.in-community',
      options: [...at('community').map(nameOf), ...other],
      chosen: [{ target: 'activityBefore', actions: [note(({ event }) => ({ activity: chosen(event) }))] }],
    }),
    activityBefore: question({
      ask: () => 'reporting.people',
      options: options('people-few', 'people-some', 'people-many', 'people-crowd'),
      chosen: [
        {
          target: to.resume,
          actions: [
            record('activity.reported', (step) => ({
              where: 'community',
              kind: what(step),
              people: chosen(step.event).replace('people-', ''),
            })),
            sayWith((step) => ({
              parts: [
                part(
                  'reporting.noted-community',
                  {},
                  { what: wordsFor(what(step)), people: `options.${chosen(step.event)}` },
                ),
              ],
            })),
            forget,
          ],
        },
      ],
    }),
  };
}
