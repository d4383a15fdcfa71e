/** Fields by their paths, in and out. */
import { GENERIC } from '../../../src/channels/http-gateway/description';
import { at, checkFields, filled, nested } from '../../../src/channels/http-gateway/fields';

test('a field is left out where one of its placeholders has nothing to say', () => {
  const fields = { to: '{to}', note: 'for {to} by {sender}', fixed: '1', dlt: '{templateId}' };
  expect(filled(fields, { to: '+91', text: 'x' })).toEqual({ to: '+91', fixed: '1' });
});

test('what a person is told is never read as a placeholder', () => {
  expect(filled({ text: '{text}' }, { text: '{sender} $& $1', sender: 'SAATHI' })).toEqual({
    text: '{sender} $& $1',
  });
});

test('a path makes objects, a number in it a list', () => {
  expect(
    nested({ flow: '1', 'recipients.0.mobiles': '91', 'recipients.0.VAR1': 'a', 'dlt.id': '2' }),
  ).toEqual({ flow: '1', recipients: [{ mobiles: '91', VAR1: 'a' }], dlt: { id: '2' } });
});

test.each([
  ['a.b', { a: { b: 'x' } }, 'x'],
  ['list.1.id', { list: [{ id: 1 }, { id: 42 }] }, '42'],
  ['a.b', { 'a.b': 'a form keeps its full stops' }, 'a form keeps its full stops'],
  ['a', { a: '' }, undefined],
  ['a', { a: { b: 1 } }, undefined],
  ['a', { a: ['doubled', 'field'] }, undefined],
  ['a.b.c', { a: 'x' }, undefined],
  ['constructor.name', {}, undefined],
  ['a', undefined, undefined],
  ['a', 'page', undefined],
  [undefined, { a: 'x' }, undefined],
])('%s of %j', (path, body, expected) => {
  expect(at(body, path)).toBe(expected);
});

test('a placeholder that does not exist is named', () => {
  expect(() => checkFields({ ...GENERIC, fields: { mobile: '{number}' } })).toThrow(
    /field mobile holds \{number\}.*write one of to, toDigits/,
  );
});
