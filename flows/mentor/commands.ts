/** MEET, WHO and ATTEND, wherever he is: for a mentor about the group in hand, for a Saathi about his own meeting. */
import type { Content } from '../../src/content/model';
import type { WordedCommand } from '../../src/conversation/event';
import { to } from '../everywhere';
import { askAgain } from '../meeting';
import { afterCommand, isCommand, onlyIf, type Step } from '../phrases';
import type { Transition } from '../setup';
import { attend } from './attendance';
import { meetWith } from './calling';
import { groupInHand } from './group';
import { meetingAhead } from './meetings';

const words = ({ event }: Step) => afterCommand(event);
const hasGroup = ({ context }: Step) => groupInHand(context) !== undefined;
const looksAtIt = (step: Step) =>
  words(step) === '' && meetingAhead(groupInHand(step.context), step.event.at) !== undefined;

export function meetingCommands(content: Content): Transition[] {
  const on = (command: WordedCommand, transition: Transition) => onlyIf(isCommand(command), transition);
  const mentors = (transition: Transition) => onlyIf(hasGroup, transition);
  return [
    on('meet', mentors(onlyIf(looksAtIt, { target: to.meetings }))),
    on('meet', mentors(meetWith(content))),
    ...askAgain.map((one) => on('meet', one)),
    on('who', { target: to.meetings }),
    ...attend(content, words).map((one) => on('attend', one)),
  ];
}
