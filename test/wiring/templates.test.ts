/** Which template stands in for which message, and how its variables are filled. */
import { loadContent, type Templates } from '../../src/content';
import { createCore } from '../../src/conversation';
import { CONTENT_DIR } from '../../src/paths';
import { dltTemplates, templatePort } from '../../src/wiring/templates';

const content = loadContent(CONTENT_DIR);
const { translate } = createCore(content);
const SID = `HX${'0c'.repeat(16)}`;

function templates(changes: Partial<Templates['whatsapp'][number]>, approved = true): Templates {
  return {
    whatsapp: [
      {
        id: 'lesson',
        name: 'saathi_lesson',
        category: 'utility',
        purpose: 'lesson',
        key: 'lesson.*.lesson',
        languages: {
          hi: { approved, contentSid: SID, variables: { '1': 'lesson.*.title', week: 'param:week' } },
        },
        ...changes,
      },
    ],
    sms: { headers: [], templates: [] },
  };
}
const LESSON = { parts: [{ key: 'home.heard' }, { key: 'lesson.3.lesson', params: { week: 3 } }] };

test('as the product is delivered no template is approved', () => {
  expect(content.templates.whatsapp.length).toBeGreaterThan(0);
  const port = templatePort(content.templates, translate);
  for (const purpose of ['lesson', 'nudge', 'checkin', 'broadcast'] as const)
    expect(port(LESSON, 'hi', purpose)).toBeUndefined();
  expect(dltTemplates(content.templates)).toBeUndefined();
});

test('its variables come from texts of his language and from parameters, on one line', () => {
  expect(templatePort(templates({}), translate)(LESSON, 'hi', 'lesson')).toEqual({
    contentSid: SID,
    variables: { '1': translate({ key: 'lesson.3.title' }, 'hi').trim(), week: '3' },
  });
  const manyLines = templates({
    languages: { hi: { approved: true, contentSid: SID, variables: { '1': 'lesson.*.lesson' } } },
  });
  const filled = templatePort(manyLines, translate)(LESSON, 'hi', 'lesson')?.variables['1'];
  expect(filled?.length).toBeGreaterThan(100);
  expect(filled).not.toMatch(/\n| {2}/);
});

test.each([
  ['not approved', templates({}, false), 'hi', 'lesson'],
  ['not in his language', templates({}), 'bn', 'lesson'],
  ['no language chosen yet', templates({}), undefined, 'lesson'],
  ['for another purpose', templates({}), 'hi', 'nudge'],
  ['for another text', templates({ key: 'day.*.greeting' }), 'hi', 'lesson'],
] as const)('there is none where it is %s', (_, all, language, purpose) => {
  expect(templatePort(all, translate)(LESSON, language, purpose)).toBeUndefined();
});

test('what is registered for SMS is handed on as soon as there is a header', () => {
  const registered = { dltTemplateId: '1107161234567890123', text: 'Hello {#var#}' };
  const sms = { entityId: '1101612345678901234', headers: ['SAATHI'], templates: [] };
  expect(dltTemplates({ whatsapp: [], sms })).toEqual([]);
  expect(
    dltTemplates({ whatsapp: [], sms: { ...sms, templates: [{ key: 'lesson.1.sms', en: registered }] } }),
  ).toEqual([{ id: registered.dltTemplateId, text: registered.text }]);
});
