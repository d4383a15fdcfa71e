/** A believable conversation in each language, from the product's own lessons and pledges, put straight on a phone. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { loadContent } from '../../../src/content';
import type { LessonText, Localised } from '../../../src/content/model';
import { createCore } from '../../../src/conversation';
import { certificateTexts, renderCertificate } from '../../../src/pictures';
import type { PageLanguage } from '../../../src/web/simulator/labels';
import type { FakeWorld } from './fake-world';

const ROOT = path.resolve(__dirname, '../../..');
const read = (file: string) => parse(readFileSync(path.join(ROOT, 'content', file), 'utf8')) as never;

const SAYS: Record<PageLanguage, { name: string; reflection: string; thanks: string }> = {
  hi: {
    name: 'रमेश कुमार',
    reflection: 'माँ और दीदी ने ही सब किया, मैंने गिनकर देखा तो ग्यारह काम निकले।',
    thanks: 'लिखने के लिए शुक्रिया, *रमेश जी*। आपका लिखा सिर्फ़ आपके लिए रहेगा।',
  },
  bn: {
    name: 'রফিকুল ইসলাম',
    reflection: 'মা আর বৌদিই সব করেছে। গুনে দেখলাম এগারোটা কাজ!',
    thanks: 'লেখার জন্য ধন্যবাদ, *রফিকুল ভাই*। আপনার লেখা শুধু আপনারই থাকবে।',
  },
  or: {
    name: 'ସନ୍ତୋଷ କୁମ୍ଭାର',
    reflection: 'ବୋଉ ଆଉ ଭାଉଜ ସବୁ କଲେ। ଗଣିଲା ବେଳକୁ ଏଗାରଟା କାମ ବାହାରିଲା।',
    thanks: 'ଲେଖିଥିବାରୁ ଧନ୍ୟବାଦ, *ସନ୍ତୋଷ ଭାଇ*। ଆପଣଙ୍କ ଲେଖା କେବଳ ଆପଣଙ୍କର ରହିବ।',
  },
  en: {
    name: 'Ramesh Kumar',
    reflection: 'My mother and my sister did nearly all of it. I counted eleven jobs.',
    thanks: 'Thank you for writing, *Ramesh*. What you wrote stays with you alone.',
  },
};

/** Fills both phones of +919800000001, and leaves something new for two other people. */
export async function converse(world: FakeWorld, language: PageLanguage): Promise<void> {
  const { name, reflection, thanks } = SAYS[language];
  const lesson = (read('lessons/05-housework.yaml') as Record<PageLanguage, LessonText>)[language];
  const pledge = (read('pledges.yaml') as { pledges: { title: Localised; text: Localised }[] }).pledges[0]!;
  const { simulator, clock } = world;
  const [whatsapp, sms] = ['whatsapp/+919800000001', 'sms/+919800000001'];
  let count = 0;
  const say = (to: string, text: string, options: string[] = [], url?: string) =>
    simulator.send({
      id: `chat-${++count}`,
      to,
      text,
      options: options.map((label, index) => ({ id: String(index), label })),
      ...(url ? { media: { url, contentType: 'image/png' } } : {}),
    });
  const write = (input: {
    kind: 'text' | 'tap' | 'voice';
    text?: string;
    optionId?: string;
    seconds?: number;
  }) => {
    simulator.mark(whatsapp, simulator.outgoing(whatsapp, input).id, 'read');
    clock.advance(60_000);
  };

  await say(whatsapp, lesson.lesson);
  await say(whatsapp, lesson.question.ask, lesson.question.options);
  clock.advance(240_000);
  write({ kind: 'tap', optionId: '0' });
  await say(whatsapp, `${lesson.question.feedback[0]!}\n\n${lesson.reflection}`);
  write({ kind: 'voice', seconds: 14 });
  write({ kind: 'text', text: reflection });
  clock.advance(86_400_000);
  await say(whatsapp, thanks);
  await say(whatsapp, pledge.text[language], [], `http://localhost/certificates/${language}.png`);
  await say(whatsapp, lesson.action.ask, [pledge.title[language], ...lesson.question.options.slice(1)]);
  await say(sms, lesson.sms);
  simulator.outgoing(sms, { kind: 'text', text: '1' });
  await say(
    sms,
    `${lesson.question.ask}\n${lesson.question.options.map((option, index) => `${index + 1} ${option}`).join('\n')}`,
  );
  simulator.open('whatsapp/+919800000002');
  await say('whatsapp/+919876543210', lesson.checkin);

  const due = (days: number) => new Date(clock.now().getTime() + days * 86_400_000);
  for (const address of [whatsapp, sms]) {
    world.people.set(address, {
      state: 'talk.lesson.action',
      status: 'active',
      language,
      name,
      pledges: 1,
      timers: [
        { event: 'LESSON_DUE', due: due(6) },
        { event: 'CHECKIN_DUE', due: due(2) },
        { event: 'NUDGE_DUE', due: due(1.5) },
      ],
      lessons: [
        { week: 1, done: true },
        { week: 2, done: false },
      ],
    });
  }
}

/** The certificate that he is sent, as a PNG in his own script. */
export function certificate(language: PageLanguage): Promise<Buffer> {
  const { translate } = createCore(loadContent(path.join(ROOT, 'content')));
  const at = new Date('2026-01-05T10:00:00+05:30');
  const taken = { name: SAYS[language].name, language, kind: 'share-housework', at };
  return renderCertificate(certificateTexts(translate, taken));
}
