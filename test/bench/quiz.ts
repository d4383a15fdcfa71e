/**
 * The same quiz for all three contestants: a question with three options, feedback and a reflection, an action
 * with four options, done. Four messages a round; the stored form is read and written around every message.
 */
export const ANSWERS = ['2', 'I had never noticed it at home.', '1'] as const;

/** A word that brings a Saathi who is done to his next lesson, so that the quiz can begin again. */
export const QUESTION = 'Who did the housework at your home this morning?';
export const OPTIONS = ['She alone', 'We both', 'Nobody'];
export const FEEDBACK = [
  'Thank you for being honest.',
  'Good, it is lighter for both.',
  'A quiet morning then.',
];
export const REFLECTION = 'What would change if you shared it? Write, or skip.';
export const ACTION = 'Will you take over one job this week? When?';
export const WHEN = ['Today', 'Tomorrow', 'At the weekend', 'Not this week'];
