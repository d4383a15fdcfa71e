/** The floor: the same quiz as a hand-written reducer with the texts in place, nothing else. */
import { BSON } from 'bson';
import { ACTION, ANSWERS, FEEDBACK, OPTIONS, QUESTION, REFLECTION, WHEN } from './quiz';

interface State {
  at: 'question' | 'reflection' | 'action' | 'done';
  answer?: number;
  reflection?: string;
  when?: number;
}

const numbered = (options: string[]) => options.map((label, index) => `${index + 1}. ${label}`).join('\n');

function choice(text: string, options: string[]): number | undefined {
  const typed = text.trim().toLowerCase();
  const index = /^\d+$/.test(typed)
    ? Number(typed) - 1
    : options.findIndex((label) => label.toLowerCase() === typed);
  return index >= 0 && index < options.length ? index : undefined;
}

function reduce(state: State, text: string): [State, string] {
  switch (state.at) {
    case 'question': {
      const answer = choice(text, OPTIONS);
      return answer === undefined
        ? [state, `${QUESTION}\n${numbered(OPTIONS)}`]
        : [{ at: 'reflection', answer }, `${FEEDBACK[answer] ?? ''}\n${REFLECTION}`];
    }
    case 'reflection':
      return [{ ...state, at: 'action', reflection: text }, `${ACTION}\n${numbered(WHEN)}`];
    case 'action': {
      const when = choice(text, WHEN);
      return when === undefined ? [state, numbered(WHEN)] : [{ ...state, at: 'done', when }, 'Good!'];
    }
    case 'done':
      return [{ at: 'question' }, `${QUESTION}\n${numbered(OPTIONS)}`];
  }
}

export function reducerQuiz(): (index: number) => void {
  const before = BSON.serialize({ at: 'question' } satisfies State);
  let stored = before;
  return (index) => {
    const place = index % ANSWERS.length;
    if (place === 0) stored = before;
    const [state, reply] = reduce(BSON.deserialize(stored) as State, ANSWERS[place] ?? '');
    if (reply === '') throw new Error('The floor said nothing.');
    stored = BSON.serialize(state);
  };
}
