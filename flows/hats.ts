/** One word puts a hat on (the mentor's, the officer's), another takes it off. */
import { tellWeek } from './coordinating';
import { hasJoined, to } from './everywhere';
import { hasGroup } from './my-mentor';
import { note, say, type Step } from './phrases';
import type { Transition } from './setup';

export const isMentor = ({ context }: Step) => context.roles?.mentor !== undefined;

const isOfficer = ({ context }: Step) => context.roles?.officer !== undefined;

const isCoordinator = ({ context }: Step) => context.roles?.coordinator !== undefined;

const off = note(() => ({
  hat: undefined,
  group: undefined,
  member: undefined,
  phone: undefined,
  cases: undefined,
  case: undefined,
  broadcasts: undefined,
  broadcast: undefined,
}));

/** Back to his own lessons; a mentor who is no Saathi yet becomes one. */
export const takeOff: Transition[] = [
  { guard: (step) => !hasJoined(step), target: to.day, actions: [off, say('mentor.becomes-saathi')] },
  { target: to.resume, actions: [off] },
];

/** MENTOR, wherever he is. */
export const putOn: Transition[] = [
  { guard: isMentor, target: to.mentor },
  // A Saathi who writes the word has his own mentor in mind.
  { guard: hasGroup, target: to.myMentor },
  { target: to.resume, actions: [say('mentor.none')] },
];

/** DIGEST, wherever he is. */
export const toDigest: Transition[] = [
  { guard: isMentor, target: to.digest },
  { guard: ({ context }) => context.roles?.coordinator !== undefined, actions: [...tellWeek] },
  { target: to.resume, actions: [say('mentor.none')] },
];

/** OFFICER, wherever he is. */
export const putOnOfficers: Transition[] = [
  { guard: isOfficer, target: to.officer },
  { target: to.resume, actions: [say('officer.none')] },
];

/** COORDINATOR, wherever he is. */
export const putOnCoordinators: Transition[] = [
  { guard: isCoordinator, target: to.coordinator },
  { target: to.resume, actions: [say('coordinator.none')] },
];

/** SAATHI, wherever he is. */
export const asSaathi: Transition[] = [
  { guard: (step) => isMentor(step) && !hasJoined(step), target: to.mentor },
  { guard: (step) => isOfficer(step) && !hasJoined(step), target: to.officer },
  { guard: (step) => isCoordinator(step) && !hasJoined(step), target: to.coordinator },
  { target: to.resume, actions: [off] },
];
