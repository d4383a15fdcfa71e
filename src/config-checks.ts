/** What is wrong with the environment as a whole, and what works but should be known. */
import { VARIABLES, type Name, type Readable } from './config-variables';
import { isLoopback } from './config-values';

const TWILIO_NAMES = [
  'TWILIO_ACCOUNT_SID',
  'TWILIO_AUTH_TOKEN',
  'TWILIO_AUTH_TOKEN_NEXT',
  'TWILIO_WHATSAPP_FROM',
  'TWILIO_SMS_FROM',
  'TWILIO_MESSAGING_SERVICE_SID',
  'TWILIO_API_BASE_URL',
] as const;
const GATEWAY_NAMES = (Object.keys(VARIABLES) as Name[]).filter((name) => name.startsWith('SMS_GATEWAY_'));

/** What no variable can tell alone. `isSet` also knows those that were set wrongly, so that nothing is told twice. */
export function combinationProblems(values: Readable, isSet: (name: Name) => boolean): string[] {
  const problems: string[] = [];
  const usesTwilio = TWILIO_NAMES.some(isSet);
  const production = values.NODE_ENV === 'production';
  const need = (name: Name, why: string) => isSet(name) || problems.push(`${name}: is missing; ${why}`);
  if (usesTwilio) {
    need(
      'TWILIO_ACCOUNT_SID',
      'other TWILIO_… variables are set: write the Account SID of the Twilio console, or remove them all to run without Twilio.',
    );
    need(
      'TWILIO_AUTH_TOKEN',
      'other TWILIO_… variables are set: write the Auth Token of the Twilio console, or remove them all to run without Twilio.',
    );
    need(
      'PUBLIC_BASE_URL',
      "Twilio's webhooks are checked against it: write the address at which Twilio reaches this server, such as https://saathi.example.org.",
    );
    if (!isSet('TWILIO_WHATSAPP_FROM') && !isSet('TWILIO_SMS_FROM') && !isSet('TWILIO_MESSAGING_SERVICE_SID'))
      problems.push(
        'TWILIO_WHATSAPP_FROM: is missing; nothing could be sent: write the WhatsApp sender, or set TWILIO_SMS_FROM or TWILIO_MESSAGING_SERVICE_SID for SMS.',
      );
  }
  if (GATEWAY_NAMES.some(isSet)) {
    for (const name of GATEWAY_NAMES)
      need(name, 'other SMS_GATEWAY_… variables are set: set all four, or remove them all.');
    need(
      'PUBLIC_BASE_URL',
      'the SMS gateway sends its delivery reports there: write the address at which it reaches this server, such as https://saathi.example.org.',
    );
    const bySms = (['TWILIO_SMS_FROM', 'TWILIO_MESSAGING_SERVICE_SID'] as const).find(isSet);
    if (bySms)
      problems.push(
        `SMS_GATEWAY_URL: is set beside ${bySms}; SMS can be served by one of them only: remove the SMS_GATEWAY_… variables or ${bySms}.`,
      );
  }
  if (values.WHATSAPP_WEB && isSet('TWILIO_WHATSAPP_FROM'))
    problems.push(
      'WHATSAPP_WEB: is on beside TWILIO_WHATSAPP_FROM; WhatsApp can be served by one of them only: switch it off, or remove TWILIO_WHATSAPP_FROM.',
    );
  const api = values.TWILIO_API_BASE_URL;
  if (api && !isLoopback(api) && values.NODE_ENV !== 'test' && !values.TWILIO_API_ANYWHERE)
    problems.push(
      'TWILIO_API_BASE_URL: leads to another machine, which would be given the Auth Token; write a loopback address such as http://127.0.0.1:4010, remove it to use Twilio itself, or set TWILIO_API_ANYWHERE=on if you mean it.',
    );
  if (production) {
    need(
      'SESSION_SECRET',
      'production needs one that outlives this machine: write at least 32 random characters (openssl rand -hex 32).',
    );
    if (isSet('MONGODB_URI'))
      need(
        'DATA_KEY',
        'in production with MONGODB_URI reflections need a key that outlives this machine, and without one nobody could ever read them again: write at least 32 random characters (openssl rand -hex 32), and keep a copy apart from the database.',
      );
    if (values.PUBLIC_BASE_URL?.startsWith('http:'))
      problems.push(
        'PUBLIC_BASE_URL: is not encrypted; in production write an address that begins with https://.',
      );
  }
  return problems;
}

/** What works but should be known; one sentence each. */
export function warningsFor(values: Readable): string[] {
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
