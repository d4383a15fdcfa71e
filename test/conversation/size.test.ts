/** What is stored of a participant stays small, however long and however restlessly he uses it. */
import { BSON } from 'bson';
import { beginning, happen, type Moment } from './explore';
import { happenings } from './happenings';
import { content, core, live, type Act } from './world';

const sizeOf = (value: object) => BSON.calculateObjectSize(value);

/** Two years of every lesson, every action, every check-in, and a pledge every week. */
function* faithful(): Generator<Act> {
  const send = (text: string): Act => ({ type: 'sends', incoming: { kind: 'text', text } });
  const answers = (nth: number): Act => ({ type: 'answers', nth });
  for (const text of [
    'namaste',
    '4',
    '1',
    '25',
    'Ramesh Kumar Prajapati',
    'up',
    'sitapur',
    'SITA12',
    '7',
    '3',
    '2',
  ])
    yield send(text);
  for (let week = 0; week < 104; week += 1) {
    yield { type: 'waits', for: 7 * 86_400_000, isOff: false };
    for (const nth of [0, 0, 0, 0]) yield answers(nth);
    yield send('pledge');
    for (const nth of [week % 5, 0, week % 2]) yield answers(nth);
    yield send('menu');
  }
}

test('two faithful years fit into a document of 32 kilobytes', () => {
  const last = [...live([...faithful()])].at(-1)!.stepped.participant;
  expect(last.lessons).toHaveLength(content.lessons.length);
  expect(last.pledges.length).toBeGreaterThan(0);
  expect(sizeOf(last)).toBeLessThan(32 * 1_024);
});

test('taking pledges all day long does not make the document grow without end', () => {
  const joining = [...faithful()].slice(0, 11);
  const pledging: Act[] = ['pledge', '1', '1', '1'].map((text) => ({
    type: 'sends',
    incoming: { kind: 'text', text },
  }));
  const many = Array.from({ length: 500 }, () => pledging).flat();
  const last = [...live([...joining, ...many])].at(-1)!.stepped.participant;
  expect(last.pledges.length).toBeGreaterThan(0);
  expect(sizeOf(last)).toBeLessThan(32 * 1_024);
});

test('a message of any length leaves no more behind than any other', () => {
  const long = { type: 'sends', kind: 'text', text: 'अ'.repeat(4_096) } as const;
  const seen = new Set<string>();
  const walk = (moment: Moment, depth: number): void => {
    const { state } = moment.participant.conversation;
    if (depth === 0 || seen.has(state)) return;
    seen.add(state);
    const after = happen(core, moment, long).participant;
    expect(sizeOf(after) - sizeOf(moment.participant)).toBeLessThan(1_024);
    for (const happening of happenings(core, moment)) walk(happen(core, moment, happening), depth - 1);
  };
  walk(beginning(), 20);
  expect(seen.size).toBeGreaterThan(15);
});
