/**
 * The mentor's hat. What he sees and does here reaches only the people in his view: his own groups. Words that work
 * in this hat are commands; each leads here from everywhere, and SAATHI takes the hat off.
 */
import { note } from '../phrases';
import type { Flow } from '../setup';
import { askingAfter, digest, digestTime } from './digest';
import { attendance, attended } from './attendance';
import { calling } from './calling';
import { choosing, groupPage, home } from './home';
import { cancelling, lookAtMeetings } from './look';
import { memberStates } from './member';
import { making, naming } from './naming';
import { handingStates, offer, taking } from './offer';
import { broadcastStates } from './broadcast';
import { broadcastsSent } from './broadcasts-sent';
import { roster } from './roster';

export const mentor: Flow = (content) => ({
  initial: 'home',
  entry: [note(() => ({ hat: 'mentor' as const, care: undefined, asking: undefined, fresh: undefined }))],
  states: {
    home: home(content),
    digest: digest(content),
    askingAfter: askingAfter(content),
    digestTime: digestTime(content),
    groupPage: groupPage(content),
    choosing: choosing(content),
    roster: roster(content),
    ...memberStates,
    naming: naming(content),
    making: making(content),
    ...handingStates,
    offer: offer(content),
    taking: taking(content),
    meetings: lookAtMeetings(content),
    cancelling: cancelling(content),
    calling: calling(content),
    attendance: attendance(content),
    attended: attended(content),
    ...broadcastStates(content),
    sent: broadcastsSent,
    last: { type: 'history', history: 'deep', target: 'home' },
  },
});
