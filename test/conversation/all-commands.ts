/** Every word that works everywhere. */
import type { Command } from '../../src/conversation';

/** A record, so that the type check names the word that is missing here: the walk sends each of them. */
const EVERY: Record<Command, true> = {
  stop: true,
  start: true,
  help: true,
  menu: true,
  progress: true,
  language: true,
  pledge: true,
  lesson: true,
  delete: true,
  'my-data': true,
  consents: true,
  activity: true,
  back: true,
  again: true,
  listen: true,
  slowly: true,
  share: true,
  weather: true,
  mentor: true,
  saathi: true,
  digest: true,
  'my-mentor': true,
  jodi: true,
  officer: true,
  coordinator: true,
};

export const COMMANDS = Object.keys(EVERY) as Command[];
