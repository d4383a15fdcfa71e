/** The shapes of what the page may ask, and what to say when it asks for something else. */
import { z } from 'zod';
import { parseAddress } from '../../channels/simulator/address';

/** A refused request; its message is one sentence for whoever sent it, without numbers or texts. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

const address = z
  .string({ error: 'as is missing: write whatsapp/+919800000001 or sms/+919800000001.' })
  .refine(
    (text) => parseAddress(text) !== undefined,
    'as must be like whatsapp/+919800000001 or sms/+919800000001.',
  );

const WITHOUT_WORDS = [
  'image',
  'video',
  'document',
  'sticker',
  'location',
  'contact',
  'call',
  'unknown',
] as const;
const LONGEST_TEXT = 10_000;

const caption = z.string().max(LONGEST_TEXT, `text must be at most ${LONGEST_TEXT} characters.`);

const message = z.discriminatedUnion(
  'kind',
  [
    z.object({
      as: address,
      kind: z.literal('text'),
      text: caption.refine((text) => text.trim() !== '', 'text must not be empty.'),
    }),
    z.object({
      as: address,
      kind: z.literal('tap'),
      optionId: z.string('optionId is missing.').min(1).max(200),
    }),
    z.object({
      as: address,
      kind: z.literal('voice'),
      seconds: z.int('seconds must be a whole number.').min(1).max(300).default(7),
    }),
    ...WITHOUT_WORDS.map((kind) =>
      z.object({ as: address, kind: z.literal(kind), text: caption.optional() }),
    ),
  ],
  { error: `kind must be one of text, tap, voice, ${WITHOUT_WORDS.join(', ')}.` },
);

const view = z.object({ as: address });
const wait = z.object({ duration: z.string('duration is missing: write 30m, 3h, 7d or 2w.') });

/** `9800000012`, `98000 00012` and `+91-98000-00012` are all `+919800000012`. */
const phone = z
  .string()
  .transform((text) => text.replace(/[\s()-]/g, '').replace(/^0?(?=\d{10}$)/, '+91'))
  .refine((text) => parseAddress(`sms/${text}`), 'phone must be ten digits, or + and the country code.');
const person = z.object({ phone: phone.optional() });

function reader<Shape extends z.ZodType>(shape: Shape): (input: unknown) => z.output<Shape> {
  return (input) => {
    const read = shape.safeParse(input ?? {});
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    const text = issue?.message ?? 'This request has the wrong shape.';
    throw new BadRequest(where === '' || text.startsWith(where) ? text : `${where}: ${text}.`);
  };
}

/** Each reads a body or query into its shape, or throws BadRequest with one clear sentence. */
export const readMessage = reader(message);
export const readView = reader(view);
export const readWait = reader(wait);
export const readPerson = reader(person);
