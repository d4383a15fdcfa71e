/** What the operator is warned of at the start. */

/** What the warnings look at. */
interface Warned {
  NODE_ENV?: string | undefined;
  MONGODB_URI?: string | undefined;
  WHATSAPP_WEB?: boolean | undefined;
}

/** What works, but is not for a campaign that many people depend on. */
export function warningsFor(values: Warned): string[] {
  const warnings: string[] = [];
  if (values.NODE_ENV === 'production' && !values.MONGODB_URI)
    warnings.push(
      'MONGODB_URI is not set: the embedded database is meant for pilots on one machine. Set it to a MongoDB server before many people depend on it.',
    );
  if (values.WHATSAPP_WEB)
    warnings.push(
      "WHATSAPP_WEB is on: automated messages over WhatsApp Web break WhatsApp's terms and the number may be banned. Use it for pilots only (docs/operations.md).",
    );
  return warnings;
}
