/** A lesson for the ear, in pieces and as a picture; series. With a voice in some languages, and none in others. */
import { content as shipped } from '../conversation/world';
import { Player } from '../support/player';

const LINK = 'https://example.org/one';
const content = {
  ...shipped,
  voices: { ...shipped.voices, hi: [1, 2], 'hi-Latn': [1, 2], en: [] },
  series: [
    { id: 'naye-daur-ki-nayi-baatein', episodes: [...Array<object>(9).fill({ hi: LINK }), { en: LINK }] },
  ],
  resources: Object.fromEntries(
    Object.entries(shipped.resources).map(([language, texts]) => [language, withEpisodes(texts)]),
  ) as typeof shipped.resources,
};

function withEpisodes(resources: Record<string, unknown>): Record<string, unknown> {
  const series = resources.series as Record<string, object>;
  const episode = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [index, `भाग ${index + 1}`]));
  const one = { ...series['naye-daur-ki-nayi-baatein'], episode };
  return { ...resources, series: { ...series, 'naye-daur-ki-nayi-baatein': one } };
}

/** Joined, with his first lesson and its question before him. */
function learning(language: string, medium: 'whatsapp' | 'sms' = 'whatsapp'): Player {
  const player = new Player(content, { medium });
  for (const text of [
    'namaste',
    language,
    'yes',
    'yes',
    'Ramesh',
    'up',
    'sitapur',
    'skip',
    'wednesday',
    '10 am',
  ])
    player.write(text);
  player.write('1');
  expect(player.state).toBe('talk.lesson.question');
  return player;
}

const texts = (bubbles: { text: string }[]) => bubbles.map(({ text }) => text).join('\n');

test('LISTEN plays the voice note as a message of its own, and asks whether it shall always come', () => {
  const saathi = learning('hindi');
  const [note, question] = saathi.write('suno');
  expect(note).toMatchObject({ picture: 'voice', options: [] });
  expect(question?.picture).toBeUndefined();
  saathi.write('haan');
  expect(saathi.participant.profile.listens).toBe(true);
  expect(saathi.state).toBe('talk.lesson.question');
});

test('whoever chose it hears the next lesson before he reads it, until he wants it in writing only', () => {
  const saathi = learning('hindi');
  for (const text of ['suno', 'haan', '1', 'skip', 'not this week']) saathi.write(text);
  const fortnight = saathi.wait(14 * 86_400_000);
  expect(fortnight.find(({ picture }) => picture === 'voice')).toBeDefined();
  saathi.write('suno');
  saathi.write('likha hua');
  expect(saathi.participant.profile.listens).toBe(false);
});

test('where nobody has recorded it, the words that are made for speaking come instead', () => {
  const saathi = learning('english');
  const said = saathi.write('listen');
  expect(said.some(({ picture }) => picture === 'voice')).toBe(false);
  expect(texts(said)).toContain(shipped.lessons[0]!.text.en.spoken.slice(0, 40));
});

test('by SMS the voice note is a link', () => {
  expect(texts(learning('hindi', 'sms').write('suno'))).toContain('/audio/hi/01.ogg');
});

test.each(['hindi', 'bengali', 'odia', 'english'])(
  'SLOWLY, %s: a paragraph at a time, the whole of it',
  (language) => {
    const saathi = learning(language);
    const { profile } = saathi.participant;
    const pieces = shipped.lessons[0]!.text[profile.language!].lesson.split(/\n\s*\n/).map((one) =>
      one.trim(),
    );
    let said = saathi.write('slowly');
    for (const [index, piece] of pieces.entries()) {
      expect(texts(said)).toContain(piece);
      if (pieces[index + 1]) expect(texts(said)).not.toContain(pieces[index + 1]);
      if (saathi.state === 'aside.slowly') said = saathi.write('1');
    }
    expect(saathi.state).toBe('talk.lesson.question');
    expect(saathi.participant.conversation.scratch.piece).toBeUndefined();
  },
);

test('SHARE sends the lesson as a picture, with the question that is still open', () => {
  const saathi = learning('odia');
  expect(saathi.write('share')[0]).toMatchObject({ picture: 'card' });
  expect(saathi.effects.findLast(({ type }) => type === 'say')).toMatchObject({
    picture: { kind: 'card', week: 1, language: 'or' },
  });
});

test('a series: its episodes in pages, the address as text; whoever has none in his language sees no series', () => {
  const saathi = learning('hindi');
  const more = (player: Player) => {
    player.write('menu');
    player.write('aur vikalp');
    return player.lastOptions.map(({ id }) => id);
  };
  expect(more(saathi)).toContain('series');
  saathi.write('series');
  saathi.write('1');
  expect(saathi.lastOptions).toHaveLength(10);
  saathi.write('9');
  expect(saathi.lastOptions.map(({ id }) => id)).toEqual(['episode-8', 'back']);
  expect(texts(saathi.write('1'))).toContain(LINK);
  expect(saathi.state).toBe('talk.lesson.question');
  expect(more(learning('bengali'))).not.toContain('series');
});
