/** Every word that works everywhere. */
import type { Command } from '../../src/conversation';

export const COMMANDS: readonly Command[] = [
  'stop',
  'start',
  'help',
  'menu',
  'progress',
  'language',
  'pledge',
  'lesson',
  'delete',
  'my-data',
  'consents',
  'activity',
  'back',
  'again',
  'listen',
  'slowly',
  'share',
  'weather',
  'mentor',
  'saathi',
  'digest',
  'my-mentor',
  'jodi',
  'officer',
];
