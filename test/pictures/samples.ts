/** Certificates to test with: the campaign's own pledges around words that exist before every locale does. */
import type { Certificate } from '../../src/pictures/certificate';

export const NAMES = {
  hi: 'रमेश कुमार विश्वकर्मा',
  bn: 'রফিকুল ইসলাম শ্রীবাস্তব',
  or: 'ସନ୍ତୋଷ କୁମ୍ଭାର',
  en: 'Ramesh Kumar',
} as const;

const WORDS = {
  hi: {
    heading: 'प्रमाणपत्र',
    lead: 'सम्मान सहित',
    role: 'समानता साथी',
    pledgeLead: 'जिन्होंने यह वचन दिया है',
    campaign: 'एक साथ राष्ट्रीय अभियान',
  },
  bn: {
    heading: 'শংসাপত্র',
    lead: 'সসম্মানে',
    role: 'সমতা সাথী',
    pledgeLead: 'যিনি এই অঙ্গীকার করেছেন',
    campaign: 'এক সাথ জাতীয় অভিযান',
  },
  or: {
    heading: 'ପ୍ରମାଣପତ୍ର',
    lead: 'ସମ୍ମାନର ସହ',
    role: 'ସମାନତା ସାଥୀ',
    pledgeLead: 'ଯିଏ ଏହି ପ୍ରତିଜ୍ଞା କରିଛନ୍ତି',
    campaign: 'ଏକ ସାଥ୍ ଜାତୀୟ ଅଭିଯାନ',
  },
  en: {
    heading: 'Certificate',
    lead: 'This is to honour',
    role: 'Samanta Saathi',
    pledgeLead: 'who has taken this pledge',
    campaign: 'Ek Saath National Campaign',
  },
} as const;

const PLEDGES = {
  hi: {
    title: 'घर के काम में हिस्सा',
    pledge: 'मैं वचन देता हूँ कि घर के काम का अपना हिस्सा रोज़ ख़ुद करूँगा। मदद समझकर नहीं, अपनी ज़िम्मेदारी समझकर।',
    date: '14 फ़रवरी 2026',
  },
  bn: {
    title: 'বাচ্চাদের দেখাশোনা',
    pledge:
      'আমি অঙ্গীকার করছি, বাড়ির বাচ্চাদের খাওয়ানো, স্নান করানো, পড়ানো আর তাদের সঙ্গে খেলা রোজ আমারও কাজ হবে, শুধু মায়ের নয়।',
    date: '১৪ ফেব্রুয়ারি ২০২৬',
  },
  or: {
    title: 'ବାଲ୍ୟବିବାହକୁ ନା',
    pledge:
      'ମୁଁ ପ୍ରତିଜ୍ଞା କରୁଛି, ମୋ ଘରେ କାହାରି କମ୍ ବୟସରେ ବାହାଘର ହେବାକୁ ଦେବି ନାହିଁ, ଏମିତି ବାହାଘରକୁ ଯିବି ବି ନାହିଁ। ଆଗେ ପାଠ, ପରେ ନିଜ ଇଚ୍ଛା।',
    date: '୧୪ ଫେବୃଆରୀ ୨୦୨୬',
  },
  en: {
    title: 'My share of housework',
    pledge:
      'I pledge to do my share of the housework every day. Not as a favour, but because it is my work too.',
    date: '14 February 2026',
  },
} as const;

/** A certificate in the language, with the name or whatever else is given instead. */
export function sample(language: keyof typeof NAMES, instead: Partial<Certificate> = {}): Certificate {
  return { name: NAMES[language], ...WORDS[language], ...PLEDGES[language], ...instead };
}
