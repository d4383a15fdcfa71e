/** Words and previews of broadcasts, and what becomes of one in a conversation. */
import fc from 'fast-check';
import {
  broadcastWordsFrom,
  emptyPreview,
  LANGUAGES,
  LONGEST_BROADCAST,
  newcomer,
  render,
  waysOf,
  withAddressee,
  type Addressee,
  type BroadcastMode,
  type MediaKind,
  type Participant,
  type Signals,
  type SignalTimer,
} from '../../src/conversation';
import { content, core, SEED } from './world';

const AT = new Date('2026-03-01T12:00:00+05:30');
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(AT.getTime() - hours * HOUR);

describe('words', () => {
  test.each([
    ['  Meeting on Sunday.  ', 'Meeting on Sunday.'],
    ['Bring   a friend \n\n\n\n and tea', 'Bring a friend\n\nand tea'],
    ['नमस्ते साथी', 'नमस्ते साथी'],
  ])('%j → %j', (given, words) => expect(broadcastWordsFrom(given)).toBe(words));

  test.each(['', 'ok', '1234567', '👍👍👍👍👍👍', 'अ'.repeat(LONGEST_BROADCAST + 1)])('none in %j', (given) =>
    expect(broadcastWordsFrom(given)).toBeUndefined(),
  );

  test('whatever is typed: short enough, in few lines, and taken the same when it is typed again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), (typed) => {
        const words = broadcastWordsFrom(typed);
        if (words === undefined) return;
        expect(Array.from(words).length).toBeLessThanOrEqual(LONGEST_BROADCAST);
        expect(words).not.toMatch(/\n{3}/);
        expect(broadcastWordsFrom(words)).toBe(words);
      }),
      { seed: SEED },
    );
  });
});

describe('preview', () => {
  const approved = {
    whatsapp: [
      {
        id: 'words-to-many',
        name: 'words',
        category: 'marketing' as const,
        purpose: 'broadcast' as const,
        key: 'broadcast.from.*',
        languages: {
          hi: { approved: true, contentSid: 'HX1', variables: {} },
          bn: { approved: false, variables: {} },
        },
      },
    ],
  };
  const ways = waysOf(approved, 'broadcast.from.mentor', () => 'अ'.repeat(71));
  const after = (...people: Addressee[]) =>
    people.reduce((preview, one) => withAddressee(preview, one, ways, AT), emptyPreview());

  test('counts people by language and way; SMS by parts; and who is not reachable', () => {
    expect(
      after(
        { language: 'hi', medium: 'whatsapp', lastHeardAt: ago(30) },
        { language: 'bn', medium: 'whatsapp', lastHeardAt: ago(30) },
        { language: 'bn', medium: 'whatsapp', lastHeardAt: ago(23) },
        { language: 'or', medium: 'whatsapp' },
        { language: 'hi', medium: 'sms', lastHeardAt: ago(300) },
      ),
    ).toEqual({
      people: 5,
      languages: { hi: 2, bn: 2, or: 1 },
      whatsapp: 4,
      sms: 1,
      segments: 2,
      unreachable: 2,
      byTemplate: 1,
    });
  });

  test('the sums always agree', () => {
    const addressee = fc.record({
      language: fc.constantFrom(...LANGUAGES),
      medium: fc.constantFrom('whatsapp' as const, 'sms' as const),
      lastHeardAt: fc.option(fc.integer({ min: 0, max: 99 }).map(ago), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(addressee, { maxLength: 40 }), (people) => {
        const { languages, whatsapp, sms, segments, unreachable, byTemplate, ...preview } = after(...people);
        expect(preview.people).toBe(people.length);
        expect(whatsapp + sms).toBe(people.length);
        expect(Object.values(languages).reduce((sum, count) => sum + count, 0)).toBe(people.length);
        expect(segments).toBe(2 * sms);
        expect(unreachable + byTemplate).toBeLessThanOrEqual(whatsapp);
      }),
      { seed: SEED },
    );
  });
});

describe('in a conversation', () => {
  const joined: Participant = {
    ...newcomer('p1', ago(999)),
    status: 'active',
    profile: { zone: 'Asia/Kolkata', language: 'en', name: 'Asif', joinedAt: ago(900) },
  };
  const at = (state: string, lastHeardAt: Date, changes: Partial<Participant> = {}): Participant => ({
    ...joined,
    lastHeardAt,
    conversation: { ...joined.conversation, state },
    ...changes,
  });
  const gets = (participant: Participant, mode: BroadcastMode, more: Partial<Signals['BROADCAST']> = {}) => {
    const data = {
      broadcast: 'b1',
      from: 'mentor' as const,
      name: 'Dev',
      words: 'Meeting on {{name}} $t(menu.ask)',
      mode,
      ...more,
    };
    const timer: SignalTimer = { id: 'broadcast:b1', event: 'BROADCAST', due: AT, data };
    const { conversation } = participant;
    return core.fireDue({ ...participant, conversation: { ...conversation, timers: [timer] } }, AT)!;
  };
  const says = ({ effects }: ReturnType<typeof gets>) =>
    effects.flatMap((effect) => (effect.type === 'say' ? [effect] : []));

  test('it comes with the name of who sent it, carries its broadcast, and leaves him where he is', () => {
    const stepped = gets(at('talk.home', ago(5)), 'free');
    const [said] = says(stepped);
    expect(said).toMatchObject({ purpose: 'broadcast', broadcast: 'b1' });
    expect(core.translate(said!.parts[0]!, 'en')).toBe(
      'Meeting on {{name}} $t(menu.ask)\n\n– Dev, your mentor',
    );
    expect(stepped.participant.conversation.state).toBe('talk.home');
    expect(said!.standalone).toEqual(said!.parts);
  });

  test('a picture goes with the words; a voice note before them, by itself, and only the words are counted', () => {
    const of = (kind: MediaKind, words: string) =>
      says(gets(at('talk.home', ago(5)), 'free', { media: { kind, contentType: 'audio/ogg' }, words }));
    const file = { kind: 'sent', broadcast: 'b1', contentType: 'audio/ogg' };
    expect(of('picture', 'Come!')).toMatchObject([{ picture: file, broadcast: 'b1' }]);
    const [note, words] = of('voice', 'Come!');
    expect(note).toMatchObject({ parts: [], picture: file, broadcast: 'b1', beside: true });
    expect([words?.picture, words?.beside]).toEqual([undefined, undefined]);
    const abilities = { canReply: true, canTap: 0, canSendMedia: false, textLimit: 1600 };
    expect(render(core.translate, note!, 'en', abilities)).toBeUndefined();
    expect(render(core.translate, of('picture', '')[0]!, 'en', abilities)?.text).toBe(
      'Dev, your mentor, has sent you a picture.',
    );
  });

  test('while he is writing it waits; passive it does not; interrupting it asks his question again', () => {
    const busy = at('aside.menu', new Date(AT.getTime() - 60_000));
    const waiting = gets(busy, 'free');
    expect(says(waiting)).toEqual([]);
    expect(waiting.participant.conversation.timers).toMatchObject([{ id: 'broadcast:b1' }]);
    expect(says(gets(busy, 'passive'))[0]!.options).toBeUndefined();
    const [said] = says(gets(at('talk.home', busy.lastHeardAt!), 'interrupt'));
    expect(said!.parts.length).toBeGreaterThan(1);
  });

  test.each(['care.told', 'stopped', 'talk.onboarding.name'])(
    'in %s nothing is said, in no mode',
    (state) => {
      const status = { stopped: 'stopped' as const, 'talk.onboarding.name': 'joining' as const }[state];
      const { joinedAt: _joinedAt, ...fresh } = joined.profile;
      const changes = { ...(status && { status }), ...(status === 'joining' && { profile: fresh }) };
      for (const mode of ['free', 'interrupt', 'passive'] as const)
        expect(says(gets(at(state, ago(50), changes), mode))).toEqual([]);
    },
  );

  test('every word of the templates in content is one that a broadcast carries', () => {
    const entry = content.templates.whatsapp.find(({ id }) => id === 'words-to-many');
    expect(Object.values(entry?.languages.hi?.variables ?? {})).toEqual(['param:words', 'param:name']);
  });
});
