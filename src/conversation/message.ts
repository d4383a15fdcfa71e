/** An inbound message as evidence: what a step may know of where his words came from. */

/** Where an inbound message came from: what consent evidence needs, and no more. */
export interface MessageContext {
  id: string;
  channel: 'whatsapp' | 'sms' | 'simulator';
  medium: 'whatsapp' | 'sms';
  /** He writes under a user name: there is no number to call him on. */
  hasNoNumber?: true;
}
