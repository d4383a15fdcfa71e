/**
 * The officer's hat: the cases of his tier and place. What a preview on a locked screen could show is neutral; a name
 * and a number come only when he asks for them, and only for a case that he has taken.
 */
import type { Outcome } from '../../src/conversation/case';
import { to } from '../everywhere';
import { takeOff } from '../hats';
import { chosen, note, options, part, question, when, type Step } from '../phrases';
import { leave } from '../discretion';
import type { Flow, FlowState } from '../setup';
import {
  caseInHand,
  CASES_A_PAGE,
  casesOf,
  described,
  listed,
  listedAs,
  look,
  noteList,
  timeWords,
} from './cases';

const inHand = ({ context }: Step) => {
  const found = caseInHand(context);
  return found ? [found.id] : [];
};

const onList = ({ context }: Step) =>
  casesOf(context)
    .slice(0, CASES_A_PAGE)
    .map(({ id }) => id);

/** A question about cases: what it says is for his eyes only, and what he looks at is on record. */
function seeing(
  spec: Parameters<typeof question>[0],
  which: (step: Step) => string[],
  more: { contact?: true } = {},
) {
  const asked = question({
    isPatient: true,
    discreet: () => [{ key: 'officer.waiting' }],
    ...spec,
  });
  const entry = [look(which, more), ...(asked.entry as unknown[])];
  return { ...asked, entry } as FlowState;
}

const OUTCOMES: Record<string, Outcome> = {
  'case-helped': 'helped',
  'case-passed-on': 'passed-on',
  'case-unreached': 'unreached',
};

export const officer: Flow = () => {
  const toList = when('officer-list', { target: 'home' });
  const home = seeing(
    {
      ask: ({ context }) => [
        part('officer.home', { count: casesOf(context).length }),
        ...(casesOf(context).length > CASES_A_PAGE ? ['officer.more'] : []),
      ],
      options: (context) => [...listed(context), ...options('officer-list', 'saathi-hat', 'help')],
      chosen: [
        {
          guard: (step) => listedAs(step) !== undefined,
          target: 'one',
          actions: [note((step) => ({ case: listedAs(step) }))],
        },
        when('officer-list', { target: 'home', reenter: true }),
        when('help', { target: to.help }),
        ...takeOff.map((transition) => when('saathi-hat', transition)),
      ],
    },
    onList,
  );
  return {
    initial: 'home',
    entry: [leave, note(() => ({ hat: 'officer' as const, fresh: undefined }))],
    states: {
      home: { ...home, entry: [noteList, ...(home.entry as unknown[])] } as FlowState,
      one: seeing(
        {
          ask: ({ context }) => {
            const found = caseInHand(context);
            return found ? described(found) : 'officer.gone';
          },
          options: (context) => {
            const found = caseInHand(context);
            if (!found) return options('officer-list');
            return found.isMine
              ? options('show-contact', 'close-case', 'officer-list')
              : options('take-case', 'officer-list');
          },
          chosen: [
            when('take-case', {
              target: 'taking',
              actions: [
                {
                  type: 'order',
                  params: ({ context }: Step) => ({
                    do: 'take case' as const,
                    case: context.scratch.case ?? '',
                  }),
                },
              ],
            }),
            when('show-contact', { target: 'contact' }),
            when('close-case', { target: 'closing' }),
            toList,
          ],
        },
        inHand,
      ),
      // Whether it is his comes back as a signal in a moment.
      taking: question({
        ask: () => 'officer.taking',
        isPatient: true,
        options: options('officer-list'),
        chosen: [toList],
      }),
      contact: seeing(
        {
          ask: ({ context }, again) => {
            const found = caseInHand(context);
            if (!found?.contact) return 'officer.gone';
            if (again) return [];
            const way = found.reach.endsWith('phone') ? 'phone' : found.reach;
            return {
              ...part(`officer.contact-${way}`, {}, { time: timeWords(found) }),
              sealed: { text: found.contact, place: found.id },
            };
          },
          options: options('close-case', 'officer-list'),
          chosen: [when('close-case', { target: 'closing' }), toList],
        },
        inHand,
        { contact: true },
      ),
      closing: question({
        ask: () => 'officer.closing',
        isPatient: true,
        options: options('case-helped', 'case-passed-on', 'case-unreached', 'officer-list'),
        chosen: [
          toList,
          {
            target: 'closed',
            actions: [
              {
                type: 'order',
                params: ({ context, event }: Step) => ({
                  do: 'close case' as const,
                  case: context.scratch.case ?? '',
                  outcome: OUTCOMES[chosen(event)] ?? 'helped',
                }),
              },
            ],
          },
        ],
      }),
      // His list shows it no more once the order is carried out.
      closed: question({
        ask: () => 'officer.closed',
        isPatient: true,
        options: options('officer-list'),
        chosen: [toList],
      }),
      last: { type: 'history', history: 'deep', target: 'home' },
    },
  };
};
