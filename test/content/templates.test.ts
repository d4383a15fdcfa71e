/** templates.yaml: what an operator may get wrong, told with its line before anything is sent. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadContent } from '../../src/content';
import { contentWith, lint, removeMade } from './support';

afterAll(removeMade);

const SID = `HX${'0c'.repeat(16)}`;
const GOOD = `whatsapp:
  - id: lesson
    name: saathi_lesson
    category: utility
    purpose: lesson
    key: lesson.*.lesson
    languages:
      hi: { contentSid: ${SID}, approved: true, variables: { '1': lesson.*.title } }
sms:
  headers: []
  templates: []
`;

function withTemplates(yaml: string): string {
  const dir = contentWith();
  writeFileSync(join(dir, 'templates.yaml'), yaml);
  return dir;
}

test('without the file nothing is approved; a good one is handed on', () => {
  expect(loadContent(contentWith()).templates).toEqual({ whatsapp: [], sms: { headers: [], templates: [] } });
  expect(lint(withTemplates(GOOD))).toEqual([]);
  expect(loadContent(withTemplates(GOOD)).templates.whatsapp[0]?.languages.hi?.contentSid).toBe(SID);
});

test.each([
  ['approved without an id', `contentSid: ${SID}, `, '', /:8: .*approved: is true without a contentSid/],
  ['an id of another kind', SID, 'MG123', /:8: .*contentSid: must be the content id/],
  [
    'a category that WhatsApp does not know',
    'utility',
    'service',
    /:4: .*utility, marketing or authentication/,
  ],
  ['a purpose that no message has', 'purpose: lesson', 'purpose: fun', /:5: .*lesson, nudge, checkin/],
  ['a variable that no text fills', 'lesson.*.title', 'lesson.*.name', /:8: .*lesson\.\*\.name is no text/],
  ['a gap that the key does not have', '    key: lesson.*.lesson\n', '', /has a \* that key does not have/],
])('%s is a fault', (_, find, replace, fault) => {
  expect(GOOD).toContain(find);
  const faults = lint(withTemplates(GOOD.replace(find, replace)));
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(fault);
});

describe('texts registered for SMS', () => {
  const { sms } = loadContent(contentWith()).lessons[0]!.text.en;
  const registered = (text: string, entity = "  entityId: '1101612345678901234'\n") =>
    withTemplates(`whatsapp: []
sms:
${entity}  headers: [SAATHI]
  templates:
    - key: lesson.1.sms
      en: { dltTemplateId: '1107161234567890123', text: ${JSON.stringify(text)} }
`);

  test('are fine while they are what we send', () => {
    expect(lint(registered(sms))).toEqual([]);
  });
  test('are a fault once our text was changed', () => {
    expect(lint(registered(`${sms} More.`))).toEqual([
      expect.stringMatching(/templates\.yaml:7: .*is no longer what lesson\.1\.sms says/),
    ]);
  });
  test('ask for the principal entity', () => {
    expect(lint(registered(sms, ''))).toEqual([expect.stringMatching(/sms\.entityId: .*is missing/)]);
  });
});
