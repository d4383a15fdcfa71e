/** Twilio's Messages API over the store: send, list, fetch, redact, delete. */
import { SegmentedMessage } from 'sms-segments-calculator';
import type { ContentStore } from './contents';
import { isTaken, type FaultScript } from './faults';
import { newSid, type MessageStore, type StoredMessage } from './messages';
import { error, json, type Reply } from './reply';
import { API, messagePage, messageResource } from './resources';
import { problemWithSend } from './rules';

export interface ApiState {
  accountSid: string;
  messages: MessageStore;
  contents: ContentStore;
  faults: FaultScript;
  optedOut: Set<string>;
  /** Messages that Twilio is not done with: they cannot be deleted yet. */
  unfinished: Set<string>;
  accepted: StoredMessage[];
  now: () => Date;
}

const segmentsOf = (body: string, smart: boolean) =>
  body === '' ? 1 : new SegmentedMessage(body, 'auto', smart).segmentsCount;

function messageFrom(params: URLSearchParams, now: Date): StoredMessage {
  const optional = (name: string) => params.get(name) ?? undefined;
  const statusCallback = optional('StatusCallback');
  const outboxId = statusCallback === undefined ? null : new URL(statusCallback).searchParams.get('o');
  const mediaUrls = params.getAll('MediaUrl');
  const body = params.get('Body') ?? '';
  const contentSid = optional('ContentSid');
  const contentVariables = optional('ContentVariables');
  const validity = optional('ValidityPeriod');
  return {
    sid: newSid(mediaUrls.length > 0 ? 'MM' : 'SM'),
    to: params.get('To') ?? '',
    from: params.get('From'),
    messagingServiceSid: params.get('MessagingServiceSid'),
    body,
    mediaUrls,
    status: params.has('MessagingServiceSid') ? 'accepted' : 'queued',
    errorCode: null,
    direction: 'outbound-api',
    createdAt: now,
    sentAt: null,
    // A Messaging Service has not chosen its sender yet, and so does not know (Twilio's description of num_segments).
    segments: params.has('MessagingServiceSid') ? 0 : segmentsOf(body, params.get('SmartEncoded') === 'true'),
    ...(contentSid !== undefined && { contentSid }),
    ...(contentVariables !== undefined && { contentVariables }),
    ...(validity !== undefined && { validityPeriod: Number(validity) }),
    ...(statusCallback !== undefined && { statusCallback }),
    ...(outboxId !== null && { outboxId }),
  };
}

/** @param taken is told of every message taken, before its answer goes out. */
export function messagesApi(state: ApiState, taken: (message: StoredMessage) => void) {
  const { accountSid, messages, contents, faults, optedOut, unfinished, accepted, now } = state;
  const home = `${API}${accountSid}/Messages`;

  function send(params: URLSearchParams): Reply {
    const to = params.get('To') ?? '';
    const fault = faults.take(to);
    if (fault && !isTaken(fault)) return { status: 0, fault };
    if (optedOut.has(to)) return error(400, 21610, `Attempt to send to unsubscribed recipient ${to}`);
    const problem = problemWithSend(params, contents);
    if (problem) return error(400, problem.code, problem.message);
    const message = messageFrom(params, now());
    messages.add(message);
    accepted.push(message);
    const reply = json(201, messageResource(accountSid, message));
    taken(message);
    return fault ? { ...reply, fault } : reply;
  }

  function list(params: URLSearchParams): Reply {
    if (faults.listing) return { status: 0, fault: faults.listing };
    const [to, from, after, before] = ['To', 'From', 'DateSent>', 'DateSent<'].map((name) =>
      params.get(name),
    );
    const found = messages.list({
      ...(to && { to }),
      ...(from && { from }),
      ...(after && { sentAfter: new Date(after) }),
      ...(before && { sentBefore: new Date(before) }),
    });
    const [page, size] = [Number(params.get('Page') ?? 0), Number(params.get('PageSize') ?? 50)];
    return json(200, messagePage(accountSid, found, page, size, params));
  }

  function one(method: string, sid: string, params: URLSearchParams): Reply {
    const message = messages.get(sid);
    if (!message) return error(404, 20404, 'The requested resource was not found');
    if (method === 'DELETE' && unfinished.has(sid))
      return error(409, 20009, 'Cannot delete this resource before it is complete');
    if (method === 'DELETE') {
      messages.delete(sid);
      return { status: 204 };
    }
    // Redaction: Twilio takes nothing but an empty body.
    if (method === 'POST' && params.get('Body') !== '')
      return error(400, 20009, 'Cannot update this resource');
    if (method === 'POST') message.body = '';
    return json(200, messageResource(accountSid, message));
  }

  return (method: string, pathname: string, params: URLSearchParams): Reply => {
    if (pathname === `${home}.json`) return method === 'POST' ? send(params) : list(params);
    const sid = pathname.startsWith(`${home}/`) ? pathname.slice(home.length + 1).replace(/\.json$/, '') : '';
    return one(method, sid, params);
  };
}
