import { dltMatcher } from '../../../src/channels/twilio/dlt';

const match = dltMatcher([
  { id: '1107160000000000001', text: 'Namaste {#var#}, aaj ka paath: {#var#}. Jawab WhatsApp par. -EKSAATH' },
  { id: '1107160000000000002', text: 'नमस्ते {#var#}, आज का पाठ (1/3).' },
]);

test.each([
  ['Namaste Ramesh, aaj ka paath: Ghar ka kaam. Jawab WhatsApp par. -EKSAATH', '1107160000000000001'],
  ['Namaste , aaj ka paath: . Jawab WhatsApp par. -EKSAATH', '1107160000000000001'],
  ['नमस्ते रमेश, आज का पाठ (1/3).', '1107160000000000002'],
  [`Namaste ${'x'.repeat(31)}, aaj ka paath: y. Jawab WhatsApp par. -EKSAATH`, undefined],
  ['Namaste Ramesh, aaj ka paath: Ghar ka kaam. Jawab WhatsApp par.', undefined],
  ['नमस्ते रमेश, आज का पाठ 1/3.', undefined],
  ['free text', undefined],
])('%s → %s', (text, id) => {
  expect(match(text)).toBe(id);
});
