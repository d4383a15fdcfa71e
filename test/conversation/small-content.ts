/** The content for walks through the conversation. */
import type { Content, Localised } from '../../src/content/model';
import { LANGUAGES } from '../../src/conversation';

/** Two lessons, two states, two pledges, two campaign days: every transition of the chart, little of the same. */
export function smallContent(content: Content): Content {
  const [first, second] = content.pledges;
  const asking = content.campaignDays.find(({ pledge }) => pledge);
  const greeting = content.campaignDays.find(({ pledge }) => !pledge) ?? asking;
  return {
    ...content,
    lessons: content.lessons.slice(0, 2),
    states: content.states.filter(({ id }) => id === 'UP'),
    pledges: [first!, second!],
    hubs: HUBS.map((district) => ({ district, office: OFFICE, confirmedOn: '2026-01-01' })),
    resources: withOffice(content.resources),
    activities: ['home', 'community'].map((where) => content.activities.find((one) => one.where === where)!),
    campaignDays: [
      { ...asking!, on: { month: 1, day: 20 }, pledge: true },
      { ...greeting!, on: { month: 2, day: 14 }, pledge: false },
    ],
  };
}

const HUBS = ['UP-agra', 'UP-sitapur'];
const OFFICE = Object.fromEntries(LANGUAGES.map((one) => [one, 'Block office, 10–5'])) as Localised;

const withOffice = (resources: Content['resources']) =>
  Object.fromEntries(
    Object.entries(resources).map(([language, keys]) => [
      language,
      { ...keys, hub: Object.fromEntries(HUBS.map((district) => [district, { office: OFFICE.en }])) },
    ]),
  ) as unknown as Content['resources'];
