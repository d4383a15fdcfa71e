/** The typed shape of everything under content/, as the rest of the product sees it. Immutable once loaded. */

/** `hi-Latn` is Hindi in Latin letters, as people type it. */
export type Language = 'hi' | 'bn' | 'or' | 'en' | 'hi-Latn';
/** A language in its own script: its words in Latin letters stand in the same lists. */
export type ScriptLanguage = Exclude<Language, 'hi-Latn'>;
export type Localised = Record<Language, string>;

/** One week of Gender ki Baat in one language. Lengths and limits: docs/adding-a-lesson.md. */
export interface LessonText {
  /** At most 700 characters, one idea. */
  lesson: string;
  question: {
    ask: string;
    /** Two or three short options. */
    options: string[];
    /** Index of the right option, the same in every language. */
    answer: number;
    /** One per option: why it is right, or a warm correction. */
    feedback: string[];
  };
  reflection: string;
  action: { ask: string };
  checkin: string;
  /** Stands alone on one-way SMS, at most 3 segments. */
  sms: string;
  /** Script of the voice note. */
  spoken: string;
}

export interface Lesson {
  week: number;
  /** `01-why-men`: the file's name without its ending. */
  slug: string;
  /** A theme key of content/calendar.yaml, shared by a month's lessons. */
  theme: string;
  title: Localised;
  /** Where facts about law or health come from. */
  sources: { title: string; url?: string; verifiedOn: string }[];
  text: Record<Language, LessonText>;
}

export interface District {
  /** `UP-sitapur` */
  id: string;
  name: Localised;
  /** Other spellings and former names, any script. */
  aliases: string[];
}

export interface State {
  /** Two-letter code as on number plates: WB UP UK OD MP RJ JH. */
  id: string;
  name: Localised;
  aliases: string[];
  network: 'FEM' | 'MASVAW' | 'MAE';
  districts: District[];
}

export interface PledgeKind {
  /** `share-housework` */
  id: string;
  /** Goes up whenever any wording changes; recorded with each pledge. */
  version: string;
  /** The few words shown as an option (at most 24 characters: WhatsApp's list row title). */
  title: Localised;
  /** The promise itself, first person, as printed on the certificate. */
  text: Localised;
  /** First steps to choose from: small, doable within a week. */
  steps: { id: string; text: Localised }[];
}

/** Something that a Saathi can report having done, at home or in the community. */
export interface Activity {
  id: string;
  where: 'home' | 'community';
  /** At most 24 characters: WhatsApp's list row title. */
  title: Localised;
}

export interface CampaignDay {
  id: string;
  /** `MM-DD`, or explicit dates for days that move: `2027-08-17`. */
  on: { month: number; day: number } | { dates: string[] };
  name: Localised;
  /** One or two warm sentences that open the message of the day. */
  greeting: Localised;
  /** Does the day offer a pledge? */
  pledge: boolean;
}

export interface Helpline {
  id: string;
  number: string;
  name: Localised;
  /** State ids; empty means the whole country. */
  states: string[];
  hours: string;
  /** In which need it is given. */
  for: CareTopic[];
  verifiedOn: string;
  source: string;
}

/** How people say it: commands and options, in every language and in Latin letters. */
export interface Words {
  /** command → phrases */
  commands: Record<string, string[]>;
  /** command that may have words of his own after it → phrases */
  worded: Record<string, string[]>;
  /** option id → phrases, beside the labels shown on the screen */
  options: Record<string, string[]>;
}

/** What may be told, in the order in which it must be answered. */
export const DISCLOSURE_ORDER = ['danger', 'self-harm', 'child', 'suffered', 'done', 'witnessed'] as const;
export type DisclosureCategory = (typeof DISCLOSURE_ORDER)[number];
export type SufferedBy = 'woman' | 'man' | 'child';

/** What decides words and helplines in care: the category, or who suffers where that asks for other help. */
export const CARE_TOPICS = [...DISCLOSURE_ORDER, 'suffered-man'] as const;
export type CareTopic = (typeof CARE_TOPICS)[number];

/** Who answers a call for help, from the lowest to the highest: what nobody answers in time rises. */
export const TIERS = ['community', 'district', 'state'] as const;
export type Tier = (typeof TIERS)[number];

export const URGENCIES = ['now', 'week', 'later'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** A district with a Gender Hub: its officers are asked before the state's. */
export interface GenderHub {
  /** `UP-sitapur` */
  district: string;
  /** Where people can go themselves, and when; without it nobody is sent there. */
  office?: Localised;
  /** The day on which the organisation confirmed that it works. */
  confirmedOn: string;
}

/** The text that says where a hub's office is. */
export function officeKey(district: string): string {
  return `hub.${district}.office`;
}

/** How long answers may take, in hours. */
export interface ResponseTimes {
  /** Until an officer takes the case: then it rises a tier. */
  take: Record<Tier, Record<Urgency, number>>;
  /** From then until it is closed. */
  close: Record<Urgency, number>;
}

/** A concept in which the guard thinks (content/care/concepts.yaml), the same in every language. */
export interface Concept {
  /** What it stands for, for whoever reviews it. */
  means: string;
  /** The broader notion: what is learned of one member counts for the others. */
  of?: string;
  /** Without any grave concept in a message the guard speaks only when it is very sure. */
  grave?: boolean;
}

/** Concepts or notions that must stand in a message (`a|b`: either), and such as must not. */
export interface Frame {
  category: DisclosureCategory;
  all: string[];
  none?: string[];
}

/** Who suffers, where the concepts in a message say so; the first that fits is taken. */
export interface Sufferer {
  category: DisclosureCategory;
  all?: string[];
  who: SufferedBy;
}

/** How people tell of violence in one language (content/care/<language>.yaml). */
export interface DisclosureWords {
  /** Small words by which a message in Latin letters is known to be in this language. */
  marks: string[];
  /** Concept → beginnings of verbs; each takes every ending. */
  verbs: Record<string, string[]>;
  /** Form of a verb ("past", "now") → endings. */
  endings: Record<string, string[]>;
  /** Concept → words and phrases; `mar*` stands for the word with any ending. */
  concepts: Record<string, string[]>;
}

/** All by which a disclosure is noticed. */
export interface DisclosureContent {
  words: Record<ScriptLanguage, DisclosureWords>;
  concepts: Record<string, Concept>;
  frames: Frame[];
  sufferers: Sufferer[];
  /** From which likelihood on the trained part speaks, by what it takes the message for. */
  thresholds: Record<DisclosureCategory, number>;
  /** The same where no grave concept stands in the message. */
  alone: number;
  /** What `saathi care train` learned (content/care/trained.tsv), as it stands in the file. */
  trained: string;
}

/** How people name days and hours: see content/when.yaml, which explains each group. */
export interface WhenWords {
  weekdays: Record<string, string[]>;
  months: Record<string, string[]>;
  ahead: Record<string, string[]>;
  past: string[];
  parts: Record<'morning' | 'noon' | 'afternoon' | 'evening' | 'night', string[]>;
  halves: Record<'am' | 'pm', string[]>;
  numbers: Record<string, string[]>;
  fractions: Record<string, string[]>;
  hours: Record<string, string[]>;
  clock: string[];
  joined: string[];
  minutes: string[];
  from: string[];
  date: string[];
  next: string[];
  coming: string[];
  day: string[];
  week: string[];
  month: string[];
  later: string[];
  in: string[];
  until: string[];
  ending: string[];
  fillers: string[];
}

/** How a mentor says who came: see content/meetings.yaml. */
export type AttendanceWords = Record<'all' | 'none' | 'but' | 'to' | 'guests' | 'fillers', string[]>;

/** What may be sent where free text may not (content/templates.yaml explains each field). */
export interface Templates {
  whatsapp: {
    id: string;
    name: string;
    category: 'utility' | 'marketing' | 'authentication';
    purpose: 'reply' | 'checkin' | 'nudge' | 'lesson' | 'meeting' | 'meeting-reminder' | 'broadcast';
    /** Pattern of a text's key: `lesson.*.lesson`. */
    key?: string;
    languages: Partial<
      Record<Language, { contentSid?: string; approved: boolean; variables: Record<string, string> }>
    >;
  }[];
  /** India's register of commercial SMS (DLT). */
  sms: {
    entityId?: string;
    headers: string[];
    templates: ({ key: string } & Partial<Record<Language, { dltTemplateId: string; text: string }>>)[];
  };
}

/** Something to listen to beside the lessons. */
export interface Series {
  /** The file's name without its ending. */
  id: string;
  /** In order; each with its address by language, where there is one. */
  episodes: readonly Partial<Record<Language, string>>[];
}

export interface Content {
  series: readonly Series[];
  /** Weeks of which there is a voice note in each language (content/audio). */
  voices: Record<Language, readonly number[]>;
  lessons: readonly Lesson[];
  states: readonly State[];
  pledges: readonly PledgeKind[];
  activities: readonly Activity[];
  campaignDays: readonly CampaignDay[];
  helplines: readonly Helpline[];
  hubs: readonly GenderHub[];
  responseTimes: ResponseTimes;
  words: Words;
  /** By which words a disclosure is noticed. */
  disclosure: DisclosureContent;
  when: WhenWords;
  attendance: AttendanceWords;
  /** Themes for which there are three questions: `discussion.<theme>.0` to `.2`. */
  discussed: readonly string[];
  templates: Templates;
  /** Rupees that a charged part of an SMS costs without tax, at the dearest of the known prices; absent where none is. */
  smsPrice?: number;
  /** i18next resources: locale keys, plus `lesson.<week>.…`, `pledge.<id>.…`, `activity.<id>`, `place.<id>`, `day.<id>.…` from the other files. */
  resources: Record<Language, Record<string, unknown>>;
  /** Version of the consent notice: `consent.version` in the locales, the same in every language. */
  consentVersion: string;
}
