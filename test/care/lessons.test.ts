/** What we ourselves write must never be taken for a disclosure when he sends it back. */
import { loadContent } from '../../src/content';
import { LANGUAGES } from '../../src/conversation';
import { createGuard } from '../../src/conversation/disclosure';
import { CONTENT_DIR } from '../../src/paths';

const content = loadContent(CONTENT_DIR);
const guard = createGuard(content);

const told = (texts: readonly string[]) =>
  texts.flatMap((text) => {
    const disclosure = guard(text);
    return disclosure ? [`${disclosure.category}: ${text}`] : [];
  });

test.each(LANGUAGES)('no text of a lesson is a disclosure: %s', (language) => {
  for (const { text } of content.lessons) {
    const { lesson, question, reflection, action, checkin, sms, spoken } = text[language];
    const { ask, options, feedback } = question;
    const all = [lesson, ask, ...options, ...feedback, reflection, action.ask, checkin, sms, spoken];
    expect(told(all)).toEqual([]);
  }
});

test('no command, no word for an option, no pledge and no name of a place is a disclosure', () => {
  const { commands, worded, options } = content.words;
  expect(
    told([...[commands, worded].flatMap(Object.values).flat(), ...Object.values(options).flat()]),
  ).toEqual([]);
  for (const language of LANGUAGES) {
    const pledges = content.pledges.flatMap(({ title, text, steps }) =>
      [title, text, ...steps.map((step) => step.text)].map((one) => one[language]),
    );
    const places = content.states.flatMap(({ name, districts }) =>
      [name, ...districts.map((district) => district.name)].map((one) => one[language]),
    );
    const days = content.campaignDays.flatMap(({ name, greeting }) => [name[language], greeting[language]]);
    expect(told([...pledges, ...places, ...days])).toEqual([]);
  }
});
