/** A stand-in for Twilio on this machine: see README.md beside this file. */
export { loadContract } from './contract';
export { refuse, tooFast, type Fault } from './faults';
export type { StoredMessage } from './messages';
export { TwilioStub, type StubOptions } from './server';
export { postWebhook, sign, type Product } from './webhook';
