/** How the mentor's last broadcast stands: progress while it goes out, and pausing, going on, cancelling, trying again. */
import { STEERINGS, type BroadcastSteering } from '../../src/conversation/broadcast';
import type { Part } from '../../src/conversation/effect';
import type { BroadcastView } from '../../src/conversation/view';
import { chosen, options, part, question, record, say, when, type Step } from '../phrases';
import { line } from '../words-to-many';
import type { Context, FlowState, Transition } from '../setup';

/** The one he asks about: his last. */
export function lastBroadcast({ view }: Context): BroadcastView | undefined {
  return view?.broadcasts?.latest[0];
}

/** As much of it as is recognised. */
export function beginning(words: string): string {
  const [first = ''] = words.split('\n');
  const letters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(first)];
  return letters.length <= 40
    ? first
    : `${letters
        .slice(0, 39)
        .map(({ segment }) => segment)
        .join('')}…`;
}

/** Kinds of failure that a mentor can do something about, or should know; every other is "could not be delivered". */
const REASONS = ['address', 'consent', 'window', 'marketing-cap', 'filter'];

/** Failures by what he reads: reason → people. */
function reasonsOf(reasons: Record<string, number>): [string, number][] {
  const told = new Map<string, number>();
  for (const [kind, count] of Object.entries(reasons)) {
    const reason = REASONS.includes(kind) ? kind : 'other';
    told.set(reason, (told.get(reason) ?? 0) + count);
  }
  return [...told];
}

/** "18 of 23 delivered, 2 failed: …" */
export function progressLines({ state, words, media, told, counts }: BroadcastView): Part[] {
  const head = part('broadcast.sent.head', words === '' ? {} : { words: beginning(words) }, {
    state: `broadcast.state.${state}`,
    ...(words === '' && media && { words: `broadcast.with.${media}` }),
  });
  if (!counts || told === 0) return [head];
  const { sent, delivered, read, failed, unreachable, expired, cancelled, reasons } = counts;
  const some = (key: string, count: number) => (count > 0 ? [line(part(key, { count }))] : []);
  return [
    head,
    line(part('broadcast.sent.delivered', { count: delivered, all: told })),
    ...some('broadcast.sent.read', read),
    ...some('broadcast.sent.sent', sent),
    ...some('broadcast.sent.failed', failed),
    ...reasonsOf(reasons).map(([kind, count]) =>
      line(part('broadcast.sent.reason', { count }, { reason: `broadcast.reason.${kind}` })),
    ),
    ...some('broadcast.sent.unreachable', unreachable),
    ...some('broadcast.sent.expired', expired),
    ...some('broadcast.sent.cancelled', cancelled),
  ];
}

/** What can be done about one that stands like this. */
export function steeringsFor({ state, counts, told }: BroadcastView): BroadcastSteering[] {
  const isUnderway = state === 'scheduled' || state === 'sending';
  const isWaiting = state === 'done' && (counts === undefined || over(counts) < told);
  return STEERINGS.filter((how) => {
    if (how === 'pause') return isUnderway || isWaiting;
    if (how === 'resume') return state === 'paused';
    if (how === 'cancel') return isUnderway || isWaiting || state === 'paused';
    return state === 'done' && (counts?.failed ?? 0) > 0;
  });
}

/** From how many nothing can be held back any more. */
function over(counts: NonNullable<BroadcastView['counts']>): number {
  const { sent, delivered, failed, expired, cancelled } = counts;
  return sent + delivered + failed + expired + cancelled;
}

/** What he taps for each. */
export const STEER_OPTION: Record<BroadcastSteering, string> = {
  pause: 'broadcast-pause',
  resume: 'broadcast-resume',
  cancel: 'broadcast-cancel',
  retry: 'broadcast-retry',
};

const left = ({ view }: Context) => view?.broadcasts?.left ?? 0;

const steering = ({ event }: Step) => STEERINGS.find((how) => chosen(event) === STEER_OPTION[how]);

/**
 * Pausing, going on, cancelling, trying again.
 * @param hat under which he does it
 * @param which the broadcast in hand
 */
export function steer(
  hat: 'mentor' | 'coordinator',
  which: (context: Context) => BroadcastView | undefined,
): Transition {
  return {
    guard: (step) => steering(step) !== undefined && which(step.context) !== undefined,
    target: 'home',
    actions: [
      record('broadcast.steered', (step) => ({ how: steering(step) ?? '' })),
      {
        type: 'order',
        params: (step: Step) => ({
          do: 'steer broadcast' as const,
          hat,
          broadcast: which(step.context)?.id ?? '',
          how: steering(step) ?? 'pause',
        }),
      },
      say((step) => `broadcast.steered.${steering(step) ?? 'pause'}`),
    ],
  };
}

export const broadcastsSent: FlowState = question({
  ask: ({ context }) => {
    const last = lastBroadcast(context);
    return [
      ...(last ? progressLines(last) : [part('broadcast.none')]),
      ...(left(context) > 0 ? [] : [part('broadcast.refused.limit')]),
    ];
  },
  options: (context) => {
    const last = lastBroadcast(context);
    return options(
      ...(left(context) > 0 ? ['broadcast-new'] : []),
      ...(last ? steeringsFor(last).map((how) => STEER_OPTION[how]) : []),
      'broadcast-look',
      'mentor-menu',
    );
  },
  chosen: [
    when('mentor-menu', { target: 'home' }),
    when('broadcast-look', { target: 'sent', reenter: true }),
    when('broadcast-new', { target: 'whom' }),
    steer('mentor', lastBroadcast),
  ],
});
