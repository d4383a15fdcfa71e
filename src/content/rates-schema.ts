/** content/sms-rates.yaml: what an SMS costs. */
import { z } from 'zod';
import { date } from './schema';

export const ratesFile = z.strictObject({
  currency: z.literal('INR', { error: 'must be INR: the table is in rupees.' }),
  /** When the prices were last looked up. */
  verifiedOn: date,
  rates: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1),
        perSegment: z.number().positive(),
        source: z.url({ error: 'must be a web address, beginning with https://.' }),
      }),
    )
    .min(1),
});

export type RatesFile = z.infer<typeof ratesFile>;
