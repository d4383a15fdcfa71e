/** content/templates.yaml: templates of WhatsApp and texts of the DLT register, as operators enter them. */
import { z } from 'zod';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  error: 'an id has only letters a–z, digits and hyphens. Rename it.',
});
/** `lesson.*.title`: a text's key, `*` for anything between two full stops. */
const pattern = z.string().regex(/^[\w*-]+(\.[\w*-]+)*$/, {
  error: 'must be the key of a text such as lesson.*.title, * for anything between two full stops.',
});
const filling = z.union([pattern, z.string().regex(/^param:\w+$/)], {
  error: 'must be the key of a text such as lesson.*.title, or param:NAME.',
});

const inLanguage = z
  .strictObject({
    contentSid: z
      .string()
      .regex(/^HX[0-9a-f]{32}$/, {
        error: "must be the content id of Twilio's console: HX and 32 characters.",
      })
      .exactOptional(),
    approved: z.boolean(),
    variables: z.record(z.string().regex(/^\w{1,16}$/), filling),
  })
  .refine(({ approved, contentSid }) => !approved || contentSid !== undefined, {
    path: ['approved'],
    error: 'is true without a contentSid. Enter the HX… of the approved template, or write false.',
  });

const registered = z.strictObject({
  dltTemplateId: z.string().regex(/^\d{10,25}$/, {
    error: 'must be the number that the DLT portal gave, in quotes.',
  }),
  text,
});

export const templatesFile = z.strictObject({
  whatsapp: z.array(
    z.strictObject({
      id,
      name: text,
      category: z.enum(['utility', 'marketing', 'authentication'], {
        error: 'must be utility, marketing or authentication.',
      }),
      purpose: z.enum(['reply', 'checkin', 'nudge', 'lesson', 'meeting', 'meeting-reminder', 'broadcast'], {
        error: 'must be lesson, nudge, checkin, meeting, meeting-reminder, broadcast or reply.',
      }),
      key: pattern.exactOptional(),
      languages: z.strictObject({
        hi: inLanguage.exactOptional(),
        bn: inLanguage.exactOptional(),
        or: inLanguage.exactOptional(),
        en: inLanguage.exactOptional(),
        'hi-Latn': inLanguage.exactOptional(),
      }),
    }),
  ),
  sms: z
    .strictObject({
      entityId: z
        .string()
        .regex(/^\d{10,25}$/)
        .exactOptional(),
      headers: z.array(
        z.string().regex(/^[A-Za-z0-9]{3,11}$/, { error: 'must be a registered header such as SAATHI.' }),
      ),
      templates: z.array(
        z.strictObject({
          key: z
            .string()
            .regex(/^[\w-]+(\.[\w-]+)*$/, { error: 'must be the key of one text, such as lesson.1.sms.' }),
          hi: registered.exactOptional(),
          bn: registered.exactOptional(),
          or: registered.exactOptional(),
          en: registered.exactOptional(),
          'hi-Latn': registered.exactOptional(),
        }),
      ),
    })
    .refine(({ headers, entityId }) => headers.length === 0 || entityId !== undefined, {
      path: ['entityId'],
      error: 'is missing beside headers. Enter the number of the principal entity, in quotes.',
    }),
});

export type TemplatesFile = z.infer<typeof templatesFile>;
/** Where there is no such file: nothing is approved, nothing registered. */
export const NO_TEMPLATES: TemplatesFile = { whatsapp: [], sms: { headers: [], templates: [] } };
