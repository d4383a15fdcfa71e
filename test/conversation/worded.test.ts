/** Commands with words after them: where the command ends, and who knows it. */
import { newcomer, type Participant } from '../../src/conversation';
import { createReadWorded, wordedFor } from '../../src/conversation/worded';
import { content, core } from './world';

const readWorded = createReadWorded(content);
const joined = new Date('2026-01-04T10:00:00+05:30');
const saathi: Participant = {
  ...newcomer('p', joined),
  status: 'active',
  profile: { zone: 'Asia/Kolkata', language: 'hi', joinedAt: joined },
};

test.each([
  ['JOIN KTR47', 'KTR47'],
  ['join: ktr-47', 'ktr-47'],
  ['  Join,KTR४७ ', 'KTR४७'],
  ['जुड़ें KTR47', 'KTR47'],
  ['ଯୋଗ ଦିଅନ୍ତୁ KTR47', 'KTR47'],
])('%s', (text, rest) => {
  expect(readWorded(text, ['join'])).toEqual({ command: 'join', rest });
});

test.each(['join', 'join hands with her', 'joining KTR47', 'please join KTR47', 'KTR47', ''])(
  '%s is no command',
  (text) => {
    expect(readWorded(text, ['join'])).toBeUndefined();
  },
);

test('a command that he does not know is a sentence', () => {
  expect(readWorded('JOIN KTR47', [])).toBeUndefined();
  expect(wordedFor(saathi)).toEqual(['join', 'code', 'meet']);
});

test('JOIN asks for the group and leads back to where he was', () => {
  const at = new Date(joined.getTime() + 60_000);
  const asked = core.hear(
    { ...saathi, conversation: { ...saathi.conversation, state: 'talk.home' } },
    { kind: 'text', text: 'Join ktr 47' },
    { id: 'm', channel: 'whatsapp', medium: 'whatsapp' },
    at,
  );
  expect(asked.participant.conversation.state).toBe('talk.home');
  expect(asked.effects).toContainEqual(
    expect.objectContaining({ type: 'order', order: { do: 'join group', code: 'KTR47' } }),
  );
});
