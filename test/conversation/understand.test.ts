/**
 * What people really answer → what is meant, question by question. Each table reads `meaning: answer | answer | …`.
 * Meanings: an option's id; `/command`; `text` where own words are an answer; `?` when it is not understood.
 */
import { join } from 'node:path';
import { loadContent } from '../../src/content';
import { normalise } from '../../src/content/normalise';
import { createCore, LANGUAGES, newcomer, type Incoming, type Participant } from '../../src/conversation';
import { createUnderstand, type Meaning } from '../../src/conversation/understand';

const content = loadContent(join(__dirname, '../../content'));
const core = createCore(content);
const understand = createUnderstand(content, core.translate);

const joined: Participant = {
  ...newcomer('p', new Date('2026-01-04T10:00:00+05:30')),
  status: 'active',
  profile: {
    zone: 'Asia/Kolkata',
    language: 'hi',
    name: 'Ramesh',
    joinedAt: new Date('2026-01-04T10:00:00+05:30'),
    state: 'UP',
    district: 'UP-sitapur',
  },
  lessons: [{ week: 1, offeredAt: new Date('2026-01-04T10:00:00+05:30') }],
};
const kind = content.pledges[0]!.id;

function meaningOf(state: string, incoming: Incoming): Meaning {
  const context = { ...joined, scratch: { week: 1, kind } };
  return understand(incoming, core.engine.expectation(state, context));
}

function shown(meaning: Meaning): string {
  if (meaning.type === 'CHOOSE') return meaning.option;
  if (meaning.type === 'COMMAND') return `/${meaning.command}`;
  if (meaning.type === 'DISCLOSURE') return `told ${meaning.category}`;
  if (meaning.type === 'ODD') return `odd ${meaning.kind}`;
  return { TEXT: 'text', VOICE: 'voice', PICTURE: 'picture', UNCLEAR: '?', NOTICE_CHANGED: 'asked anew' }[
    meaning.type
  ];
}

/** `yes: haan | hã` → [['haan', 'yes'], …] */
function rowsOf(table: string): [answer: string, meaning: string][] {
  return table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, meaning = '', answers = ''] = /^\s*([^:]+): (.*)$/.exec(line) ?? [];
      return answers.split(' | ').map((answer): [string, string] => [answer.trim(), meaning]);
    });
}

const QUESTIONS: Record<string, { state: string; table: string }> = {
  'In which language?': {
    state: 'talk.onboarding.language',
    table: `
      hi: 1 | १ | ১ | ୧ | hindi | Hindi | HINDI | हिंदी | हिन्दी | हिन्दी में | hindi me | hindii | option 1 | no 1 | 1. | 1️⃣
      bn: 2 | २ | ২ | ୨ | bangla | bengali | Bengali | বাংলা | বাঙলা | বাংলায় | बंगाली | ବଙ୍ଗଳା
      or: 3 | ३ | ৩ | ୩ | odia | oriya | odiya | ଓଡ଼ିଆ | ଓଡିଆ | ओड़िया | ওড়িয়া
      en: 4 | ४ | ৪ | ୪ | english | eng | inglish | अंग्रेजी | ইংরেজি | ଇଂରାଜୀ | english please
      hi-Latn: 5 | ५ | hindi abc
      ?: 6 | 0 | 12 | hi | or | namaste | नमस्ते | নমস্কার | ନମସ୍କାର | kya hai ye | urdu | ठीक है
      /help: help | madad | मदद | সাহায্য | ସାହାଯ୍ୟ
      /stop: stop | बंद करो | বন্ধ করুন | ବନ୍ଦ କରନ୍ତୁ`,
  },
  'Do you agree?': {
    state: 'talk.onboarding.consent',
    table: `
      agree: 1 | १ | haan | han | ha | haan ji | हाँ | हां | जी हाँ | ok | OK 👍 | thik hai | ठीक है | sahmat hun | मंज़ूर है | manjoor hai | yes | Yes, I agree | i agree | হ্যাঁ | হ্যা | রাজি | আমি রাজি | thik ache | ହଁ | ରାଜି | ମୁଁ ରାଜି | hau | haan bilkul | हाँ मंज़ूर है | haan thik hai
      disagree: 2 | २ | nahi | नहीं | नही | nahin | no | No | ना | sahmat nahi | main sahmat nahi hun | न\u200bहीं | না | রাজি না | আমি রাজি নই | ନା | ନାହିଁ | ରାଜି ନୁହେଁ | i don't agree | i dont agree
      ?: kya matlab | समझ नहीं आया | samajh nahi aaya | pata nahi | पता नहीं | i don't know | not sure | bujhte parini | বুঝতে পারিনি | বুঝলাম না | ବୁଝିଲି ନାହିଁ | kyun | hmm | hm | kya agree karna zaroori hai | nahi samjha | no idea | nahi pata | kaun ho tum | 3 | नहीं समझा
      /stop: stop | band karo | बंद | বন্ধ | ବନ୍ଦ
      /delete: mitao | मिटाओ | মুছে দিন | ଲିଭାନ୍ତୁ | delete`,
  },
  'Are you 18 or older?': {
    state: 'talk.onboarding.age',
    table: `
      adult: 1 | haan | हाँ | ji haan | yes | হ্যাঁ | ହଁ | above 18 | 18 plus | 18 se zyada | balig | হ্যাঁ, 18 বা বেশি
      minor: 2 | nahi | नहीं | no | না | ନା | under 18 | 18 se kam | 18 से कम | 18 ରୁ କମ୍ | নাবালক | nabalig | not 18
      text: 17 saal | 25 | २५ | ২৫ | ୨୫ | 18 ka hone wala hun | i am under 18 | nahi pata | समझ नहीं आया | 18 saal | balig hun`,
  },
  'What is your name?': {
    state: 'talk.onboarding.name',
    table: `
      text: Ramesh | रमेश | রমেশ মণ্ডল | ରବି | ravi | Bandu | mera naam ramesh hai | sankalp | Mangal | Som | haan | 1
      /stop: stop | बंद
      /back: wapas | back
      odd emoji: 🙂 | 👍🏽👍🏽`,
  },
  'In which state?': {
    state: 'talk.onboarding.state',
    table: `
      UP: 2 | २ | up | U.P. | यूपी | उत्तर प्रदेश | uttar pradesh | utar pardesh | uttar pradesh me | UTTAR PRADESH | উত্তরপ্রদেশ | ଉତ୍ତର ପ୍ରଦେଶ | uttarpradesh
      WB: west bengal | bengal | paschim bangal | পশ্চিমবঙ্গ | poschimbongo | পশ্চিম বঙ্গ | westbengal | wb
      UK: uttarakhand | uttrakhand | उत्तराखंड | uk | uttarakhnd
      OD: odisha | orissa | ଓଡ଼ିଶା | ଓଡିଶା | odissa
      MP: mp | madhya pradesh | एमपी | मध्य प्रदेश | madhyapradesh
      RJ: rajasthan | rajsthan | राजस्थान | rajastan
      JH: jharkhand | jharkand | झारखंड | ঝাড়খণ্ড | jhaarkhand
      ?: bihar | delhi | nepal | india | पंजाब | 8 | gaon mein`,
  },
  'Have you a group code?': {
    state: 'talk.onboarding.group',
    table: `
      no-code: 1 | १ | no | nahi | नहीं | nahi hai | code nahi hai | skip | pata nahi | না | নেই | কোড নেই | ନାହିଁ | ନା | koi code nahi | i dont have
      text: SITA12 | sita12 | sita 12 | haan | code kya hota hai | 12345678`,
  },
  'On which day?': {
    state: 'talk.onboarding.day',
    table: `
      mon: 1 | somvar | सोमवार | monday | সোমবার | ସୋମବାର | sombar | monday ko
      wed: 3 | budhwar | बुधवार | wednesday | wensday | বুধবার | ବୁଧବାର | budhvaar
      thu: guruwar | brihaspativar | बृहस्पतिवार | বৃহস্পতিবার | ଗୁରୁବାର | thrusday | वीरवार
      fri: shukravar | jumma | जुमा | শুক্রবার | friday
      sun: 7 | itvar | इतवार | रविवार | sunday | sanday | রবিবার | ରବିବାର | robibar | ravivar ko | raviwar
      ?: roz | kabhi bhi | 8 | har din | any day`,
  },
  'The question of a lesson': {
    state: 'talk.lesson.question',
    table: `
      answer-0: 1 | १ | ১ | ୧ | औरतें कमज़ोर हैं | औरतें कमजोर हैं | women are weak | মেয়েরা দুর্বল
      answer-1: 2 | २ | ২ | ୨ | option 2 | answer 2 | सबका जीवन सुधरता है | everyones life improves | সবার জীবন ভালো হয়
      answer-2: 3 | number 3 | people will praise us
      ?: 4 | sab | maloom nahi | तीनों | haan | 1 aur 2 | ठीक है
      /menu: menu | मेनू | মেনু | ମେନୁ | menuu
      /help: help | madad chahiye | मदद
      /language: bhasha badlo | भाषा | ভাষা | ଭାଷା
      /back: wapas | वापस | ফিরে যান | ଫେରନ୍ତୁ
      /again: phir se | dobara | फिर से | আবার | ପୁଣି`,
  },
  'The reflection': {
    state: 'talk.lesson.reflection',
    table: `
      skip: 1 | skip | छोड़ दो | chhod do | বাদ দিন | ଛାଡ଼ନ୍ତୁ | leave it | chodo
      text: nahi | haan | kuch nahi | behan ko school jaane nahi dete the | मुझे याद नहीं | না | ହଁ | bandh ke paani me nahaya tha | 2 | help karni chahiye thi | menu card | ghar ka kaam sirf didi karti thi, hum nahi
      /stop: stop | बंद करो
      /menu: menu`,
  },
  'Will you try it, and when?': {
    state: 'talk.lesson.action',
    table: `
      today: 1 | aaj | आज | haan | हाँ | haan aaj | আজ | হ্যাঁ | ଆଜି | today | tonight | aaj hi | aaj shaam ko | ok | आज रात
      tomorrow: 2 | kal | कल | haan kal | कल करूँगा | কাল | আগামীকাল | କାଲି | tomorrow | tommorow | kal karenge | kal subah
      weekend: 3 | sunday ko | itvar | रविवार | weekend | शनिवार | রবিবার | ରବିବାର | chhutti ke din | saturday | শনি বা রবিবার
      not-this-week: 4 | nahi | नहीं | is hafte nahi | इस हफ़्ते नहीं | না | পারব না | ପାରିବି ନାହିଁ | no | not this week | agle hafte | nahi ho payega
      ?: dekhta hun | pata nahi | samajh nahi aaya | kya karna hai | soch ke batata hun`,
  },
  'Did you do it?': {
    state: 'errand.checkin',
    table: `
      done: 1 | kar liya | karliya | kr liya | कर लिया | haan kiya | हाँ | ho gaya | ho gya | maine kiya | i did it | done | yes | করেছি | হ্যাঁ করেছি | korechi | kore felechi | କଲି | ହଁ କଲି | କରିଛି | karichi | haan bhai kar liya | donee
      tried: 2 | koshish ki | कोशिश की | thoda kiya | थोड़ा बहुत | haan thoda kiya | try kiya | চেষ্টা করেছি | একটু করেছি | chesta korechi | ଚେଷ୍ଟା କଲି | ଟିକେ କଲି | i tried | yes a little | koshish ki thi | kosish ki
      not-yet: 3 | nahi | नहीं | maine nahi kiya | nahi hua | nahi kar paya | अभी नहीं | নাহ | করিনি | এখনও না | korini | ହୋଇନାହିଁ | କରିନି | ନା | not yet | no time | bhool gaya | भूल गया | i didn't | ami korini | abhi tak nahi kiya | nahi kiya hai`,
  },
  'Do you take this pledge?': {
    state: 'errand.pledge.confirm',
    table: `
      yes: 1 | haan | हाँ | ji | bilkul | yes | ok | হ্যাঁ | ହଁ | ठीक है | हाँ देता हूँ | haan ji bilkul
      no: 2 | nahi | नहीं | no | না | ନା | abhi nahi
      ?: kya haan bolna padega | kyun haan | soch kar bataunga | pata nahi | समझ नहीं आया | i dont know | kaise | nahi pata mujhe kya karna hai`,
  },
  'Which pledge?': {
    state: 'errand.pledge.choose',
    table: `
      share-housework: 1 | ghar ka kaam | घर का काम | ঘরের কাজ | ଘରକାମ | housework
      no-early-marriage: 4 | bal vivah | बाल विवाह | বাল্যবিবাহ | child marriage
      speak-against-violence: 5 | hinsa | हिंसा | হিংসা | ହିଂସା | violence
      not-now: 7 | abhi nahi | nahi | अभी नहीं | না | ନା | not now | later`,
  },
  'Erase everything?': {
    state: 'aside.delete',
    table: `
      keep: 1 | nahi | नहीं | रहने दो | no | না | থাক | ନା | mat mitao | pata nahi | don't delete | nahi mitana | haan nahi
      erase: 2 | haan | हाँ | yes | haan mita do | हाँ, सब मिटा दें | হ্যাঁ | ହଁ | yes delete
      ?: kyun | mitao kya | erse | yess delete plz | kya hoga | sab kuch
      /delete: delte | mitao | मिटाओ`,
  },
  'The menu': {
    state: 'aside.menu',
    table: `
      lesson: 1 | पाठ | পাঠ | ପାଠ | padhna hai
      /lesson: path | aaj ka path
      pledge: 2 | वचन दें | sankalp
      /pledge: vachan | pledge | অঙ্গীকার
      activity: 3 | मैंने क्या किया
      progress: 4 | मेरी प्रगति | kitna seekha
      /progress: pragati | progress | কতটা হল
      listen: 5
      /listen: सुनाओ | শোনাও | suno
      share: 6
      /share: तस्वीर | ଛବି | tasveer
      schedule: samay badlo | समय | time | সময় বদলান | ପାଠ ସମୟ ବଦଳାନ୍ତୁ
      /stop: stop | बंद | band karo
      stop: संदेश बंद करें
      menu-more: 9 | और विकल्प | aur kuch | আরও কিছু
      back: 10 | back | ফিরে যান | wapas`,
  },
  'The second page of the menu': {
    state: 'aside.more',
    table: `
      schedule: 1 | samay badlo | সময়
      my-data: 2 | mera data | मेरा डेटा | আমার তথ্য | ମୋ ତଥ୍ୟ
      consents: 3 | meri sehmati | मेरी सहमति
      stop: 4
      report: 5 | help for others
      menu: 6
      back: 7 | wapas`,
  },
  'At home, with nothing asked': {
    state: 'talk.home',
    table: `
      menu: 1 | menu | मेनू | মেনু
      /pledge: vachan | वचन | অঙ্গীকার | ପ୍ରତିଜ୍ଞା
      /lesson: path | आज का पाठ | lesson
      /progress: meri progress | प्रगति
      /stop: stop | STOP | Stop. | बंद करो | message band karo | বন্ধ | ବନ୍ଦ କର | mat bhejo | unsubscribe | band karo 🙏
      ?: thanks | शुक्रिया | good morning | banda | बाँदा | band baja | bandobast | stopp | bus stop par hun | kaam band hai | rok | nahi | bandha hua`,
  },
};

describe.each(Object.entries(QUESTIONS))('%s', (_, { state, table }) => {
  test.each(rowsOf(table))('%s → %s', (answer, meaning) => {
    expect(shown(meaningOf(state, { kind: 'text', text: answer }))).toBe(meaning);
  });
});

describe('beside words', () => {
  const at = 'talk.onboarding.consent';
  test('a tap is taken by its id, whatever its label says', () => {
    expect(shown(meaningOf(at, { kind: 'tap', text: 'Yes, I agree', optionId: 'agree' }))).toBe('agree');
  });
  test('a tap on an option of an earlier question is not an answer to this one', () => {
    expect(shown(meaningOf(at, { kind: 'tap', text: '', optionId: 'answer-1' }))).toBe('?');
    expect(shown(meaningOf(at, { kind: 'tap', text: 'सबका जीवन सुधरता है', optionId: 'answer-1' }))).toBe('?');
  });
  test('a tap whose id the provider left out is read by its label', () => {
    expect(shown(meaningOf(at, { kind: 'tap', text: 'हाँ, मंज़ूर है' }))).toBe('agree');
  });
  test.each(['image', 'video', 'document', 'sticker', 'location', 'contact', 'call', 'unknown'] as const)(
    '%s is told apart',
    (kind) => expect(shown(meaningOf(at, { kind, text: '' }))).toBe(`odd ${kind}`),
  );
  test('a voice note is handed on with its reference', () => {
    expect(meaningOf(at, { kind: 'voice', text: '', mediaRef: 'v1' })).toEqual({ type: 'VOICE', ref: 'v1' });
  });
  test('only emoji, nothing at all, and far too much', () => {
    expect(shown(meaningOf(at, { kind: 'text', text: '🙏🏽🙏🏽' }))).toBe('odd emoji');
    expect(shown(meaningOf(at, { kind: 'text', text: '  ' }))).toBe('?');
    expect(shown(meaningOf(at, { kind: 'text', text: 'haan '.repeat(81) }))).toBe('odd long');
    expect(shown(meaningOf('talk.lesson.reflection', { kind: 'text', text: 'baat '.repeat(81) }))).toBe(
      'text',
    );
    expect(shown(meaningOf('talk.lesson.reflection', { kind: 'text', text: 'baat '.repeat(801) }))).toBe(
      'odd long',
    );
  });
});

/** Everything within one or two slips of the words that send him away, and not those words themselves. */
describe('nothing that sends him away is taken at a near miss', () => {
  const dangers: [state: string, option: string][] = [
    ['talk.onboarding.consent', 'disagree'],
    ['talk.onboarding.consent', 'agree'],
    ['talk.onboarding.age', 'minor'],
    ['aside.delete', 'erase'],
  ];
  test.each(dangers)('%s: %s', (state, id) => {
    const { options } = core.engine.expectation(state, { ...joined, scratch: {} });
    const exact = new Set(
      [
        ...(content.words.options[id] ?? []),
        ...LANGUAGES.map((l) => core.translate({ key: `options.${id}` }, l)),
      ].map(normalise),
    );
    const misses = [...exact]
      .flatMap((words) => [
        `${words} x`,
        `x ${words}`,
        ...Array.from(words, (_, index) => words.slice(0, index) + words.slice(index + 1)),
        ...Array.from(words, (letter, index) => words.slice(0, index) + letter + words.slice(index)),
      ])
      .filter((miss) => !exact.has(normalise(miss)) && normalise(miss) !== '');
    expect(misses.length).toBeGreaterThan(300);
    const number = String(options.findIndex((option) => option.id === id) + 1);
    const taken = misses.filter(
      (text) => text !== number && shown(meaningOf(state, { kind: 'text', text })) === id,
    );
    expect(taken).toEqual([]);
  });
  test('and STOP, which silences, only at its own words', () => {
    for (const text of [
      'banda',
      'stopp',
      'sto',
      'bandh gaya',
      'don’t stop',
      'bas',
      'end of story',
      'cancel mat karo',
    ])
      expect(shown(meaningOf('talk.home', { kind: 'text', text }))).not.toBe('/stop');
  });
});
