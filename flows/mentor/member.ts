/** One man of the group: he can go to another of the mentor's groups, or leave. Nothing that he did gets lost. */
import type { Option } from '../../src/conversation/effect';
import type { Order } from '../../src/conversation/order';
import { chosen, options, part, question, say, when, written, type Step } from '../phrases';
import { phoneFrom } from '../phone';
import type { Context, FlowState } from '../setup';
import { groupInHand, groupOptions, LARGEST_GROUP, memberInHand, otherGroups } from './group';
import { rosterLine } from './roster';

/** Of the man in hand; he may have left meanwhile. */
const about = (key: string, context: Context) => {
  const member = memberInHand(context);
  return member ? part(key, { name: member.name, group: groupInHand(context)?.name ?? '' }) : 'member.gone';
};
const ifThere = (context: Context, offered: Option[]) => (memberInHand(context) ? offered : []);

/** His other groups that have room. */
const groupsWithRoom = (context: Context) =>
  otherGroups(context).filter(({ members }) => members.length < LARGEST_GROUP);

/** An order about the man in hand. */
function order(build: (who: { group: string; member: string }, step: Step) => Order) {
  return {
    type: 'order' as const,
    params: (step: Step) =>
      build(
        {
          group: groupInHand(step.context)?.code ?? '',
          member: memberInHand(step.context)?.participantId ?? '',
        },
        step,
      ),
  };
}

export const memberStates = {
  member: question({
    ask: ({ context }) => {
      const member = memberInHand(context);
      return member ? [rosterLine(member), 'member.ask'] : 'member.gone';
    },
    options: (context) => [
      ...ifThere(
        context,
        options(
          ...(groupsWithRoom(context).length > 0 ? ['move-member'] : []),
          'new-number',
          'remove-member',
        ),
      ),
      ...options('list', 'mentor-menu'),
    ],
    chosen: [
      when('move-member', { target: 'moving' }),
      when('remove-member', { target: 'removing' }),
      when('new-number', { target: 'vouching' }),
      when('list', { target: 'roster' }),
      when('mentor-menu', { target: 'home' }),
    ],
  }),
  moving: question({
    ask: ({ context }) => about('member.move', context),
    options: (context) => [
      ...ifThere(context, groupOptions(groupsWithRoom(context))),
      ...options('mentor-menu'),
    ],
    chosen: [
      when('mentor-menu', { target: 'home' }),
      {
        target: 'home',
        actions: [
          order((who, { event }) => ({ do: 'move member', ...who, to: chosen(event) })),
          say(({ context }) => about('member.moved', context)),
        ],
      },
    ],
  }),
  // He has a new phone number: the mentor, who knows him, vouches for it.
  vouching: question({
    ask: ({ context }) => about('number.which', context),
    options: [],
    unspoken: () => options('mentor-menu'),
    unclear: 'handing.unclear',
    chosen: [when('mentor-menu', { target: 'home' })],
    text: [
      {
        guard: ({ event }) => phoneFrom(written(event)) !== undefined,
        target: 'home',
        actions: [
          order((who, { event }) => ({
            do: 'vouch for number',
            ...who,
            phone: phoneFrom(written(event)) ?? '',
          })),
          say(({ context }) => about('number.noted', context)),
        ],
      },
    ],
  }),
  removing: question({
    ask: ({ context }) => about('member.remove', context),
    options: (context) => [...ifThere(context, options('remove-yes')), ...options('keep-member')],
    chosen: [
      when('keep-member', { target: 'home' }),
      {
        target: 'home',
        actions: [
          order((who) => ({ do: 'remove member', ...who })),
          say(({ context }) => about('member.removed', context)),
        ],
      },
    ],
  }),
} satisfies Record<string, FlowState>;
