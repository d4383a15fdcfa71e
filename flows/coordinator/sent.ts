/** What was sent in a coordinator's area, by himself and by mentors: how each stands, and taking hold of it. */
import type { Option } from '../../src/conversation/effect';
import type { AreaBroadcastView } from '../../src/conversation/view';
import { beginning, progressLines, STEER_OPTION, steer, steeringsFor } from '../mentor/broadcasts-sent';
import { chosen, note, options, part, question, when, type Step } from '../phrases';
import type { Context, FlowState, Transition } from '../setup';

const latest = ({ view }: Context): AreaBroadcastView[] => view?.area?.latest ?? [];

/** The one in hand; undefined where it is no longer among the latest. */
const inHand = (context: Context): AreaBroadcastView | undefined =>
  latest(context).find(({ id }) => id === context.scratch.broadcast);

/** Noted when the list is shown: his "2" means what stood there then, whatever has been sent since. */
const noteList = note(({ context }) => ({
  broadcasts: latest(context).map(({ id }) => id),
  broadcast: undefined,
}));

/** By whom and in what state, in the order in which it was shown. */
function listed(context: Context): Option[] {
  return (context.scratch.broadcasts ?? []).flatMap((id, index) => {
    const found = latest(context).find((one) => one.id === id);
    if (!found) return [];
    const words = found.words === '' && found.media ? { words: `broadcast.with.${found.media}` } : undefined;
    return [
      {
        id: `sent-${index + 1}`,
        key: 'coordinator.sent-line',
        params: { name: found.from, ...(words ? {} : { words: beginning(found.words) }) },
        texts: { state: `broadcast.state.${found.state}`, ...words },
      },
    ];
  });
}

function listedAs({ context, event }: Step): string | undefined {
  const number = /^sent-(\d+)$/.exec(chosen(event))?.[1];
  return number === undefined ? undefined : context.scratch.broadcasts?.[Number(number) - 1];
}

const leave: Transition = when('coordinator-menu', { target: 'home' });

/** The list and one of it, beside the coordinator's home. */
export function sentStates(): { sent: FlowState; one: FlowState } {
  const sent = question({
    ask: ({ context }) => (latest(context).length === 0 ? 'coordinator.sent-none' : 'coordinator.sent'),
    options: (context) => [...listed(context), ...options('coordinator-menu')],
    chosen: [leave, { target: 'one', actions: [note((step) => ({ broadcast: listedAs(step) }))] }],
  });
  return {
    sent: { ...sent, entry: [noteList, ...(sent.entry as unknown[])] } as FlowState,
    one: question({
      ask: ({ context }) => {
        const one = inHand(context);
        return one
          ? [part('coordinator.sent-by', { name: one.from }), ...progressLines(one)]
          : 'coordinator.sent-gone';
      },
      options: (context) => {
        const one = inHand(context);
        return options(
          ...(one ? steeringsFor(one).map((how) => STEER_OPTION[how]) : []),
          'broadcast-look',
          'coordinator-menu',
        );
      },
      chosen: [leave, when('broadcast-look', { target: 'one', reenter: true }), steer('coordinator', inHand)],
    }),
  };
}
