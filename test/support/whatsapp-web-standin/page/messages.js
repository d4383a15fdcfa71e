/** Messages and chats: what the library hears, reads and sends through. */
import { Collection, Events, MsgKey, Wid, createWid } from './events.js';
import { mediaModules } from './media.js';
import { tell } from './link.js';

export const Msg = new Collection();
export const Chat = new Collection();
export const Contact = new Collection();
const nothing = new Collection();
/** Earlier messages of each chat that are not loaded yet, as in the real page. */
const earlier = new Map();
const PAGE = 5;

class Message extends Events {
  constructor(data) {
    super();
    Object.assign(this, data);
  }
  serialize() {
    return Object.fromEntries(Object.entries(this).filter(([key]) => key !== 'mediaData'));
  }
  toJSON() {
    return this.serialize();
  }
  unsafe() {
    return this;
  }
  msgContextInfo() {
    return { quotedStanzaID: this.id.id, quotedMsg: { type: this.type, body: this.body } };
  }
  downloadMedia() {
    this.mediaData.mediaStage = 'RESOLVED';
    return Promise.resolve();
  }
}

/** From the server's plain record to what the page holds. */
function model({ id, chatId, fromMe, from, to, author, ...rest }, isNewMsg) {
  const key = new MsgKey({ from: chatId, to: chatId, id, selfDir: fromMe ? 'out' : 'in' });
  const message = new Message({
    ...rest,
    id: key,
    from: new Wid(from),
    to: new Wid(to),
    ...(author && { author: new Wid(author) }),
    isNewMsg,
    local: false,
  });
  if (rest.directPath) message.mediaData = { mediaStage: 'PENDING' };
  return message;
}

class ChatModel {
  constructor({ id, unread, t }) {
    this.id = new Wid(id);
    this.unreadCount = unread;
    this.t = t;
    this.formattedTitle = 'somebody';
    this.archive = false;
    if (this.id.isGroup())
      this.groupMetadata = { announce: false, serialize: () => ({ id: this.id, participants: [] }) };
    const loaded = [];
    Object.defineProperty(this, 'msgs', {
      value: { loaded, getModelsArray: () => [...loaded] },
    });
    Object.defineProperty(this, 'mute', { value: { expiration: 0 } });
  }
  serialize() {
    const { id, unreadCount, t, archive } = this;
    return { id, unreadCount, t, archive, msgs: this.msgs.loaded.map((one) => one.serialize()) };
  }
  toJSON() {
    const { id, unreadCount, t } = this;
    return { id, unreadCount, t };
  }
}

/** What was there before the page was loaded: no news, so nothing is told to anybody. */
export function restore(chats) {
  for (const { messages, ...data } of chats) {
    const chat = Chat.add(new ChatModel(data));
    const models = messages.map((message) => Msg.add(model(message, false)));
    chat.msgs.loaded.push(...models.slice(-1));
    earlier.set(data.id, models.slice(0, -1));
  }
}

function chatFor(id, t) {
  return Chat.get(id) ?? Chat.add(new ChatModel({ id, unread: 0, t }));
}

/** A message comes in while the page is open; a second time it comes as it came first. */
export function arrive(data) {
  const chat = chatFor(data.chatId, data.t);
  const message = model(data, true);
  if (!Msg.get(message.id)) {
    Msg.add(message);
    chat.msgs.loaded.push(message);
    chat.t = data.t;
    if (!data.fromMe) chat.unreadCount += 1;
    Chat.trigger('change:unreadCount', chat);
  }
  Msg.trigger('add', message);
}

/** WhatsApp's ticks: -1 error, 1 server, 2 his phone, 3 read. */
export function tick(id, ack) {
  const message = Msg.getModelsArray().find((one) => one.id.id === id);
  if (!message) return;
  message.ack = ack;
  Msg.trigger('change:ack', message, ack);
}

const never = () => new Promise(() => {});

function addAndSendMsgToChat(chat, data) {
  const message = new Message({ ...data, isNewMsg: true });
  const asked = tell('send', {
    id: data.id.id,
    chatId: chat.id._serialized,
    kind: data.type,
    body: data.body ?? '',
    caption: data.caption,
    mimetype: data.mimetype,
    directPath: data.directPath,
    quoted: data.quotedStanzaID,
  });
  const added = asked.then(({ verdict }) => {
    if (verdict === 'hang') return never();
    if (verdict === 'no-lid') throw new Error('No LID for user');
    if (verdict === 'vanish') return undefined;
    Msg.add(message);
    chat.msgs.loaded.push(message);
    if (verdict === 'error') message.ack = -1;
    Msg.trigger('add', message);
    if (verdict === 'accept') setTimeout(() => tick(data.id.id, 1));
    if (verdict === 'error-later') setTimeout(() => tick(data.id.id, -1));
    return undefined;
  });
  return [added, added.then(() => (message.ack >= 1 ? undefined : never()))];
}

const getters = (names) => Object.fromEntries(names.map((name) => [name, () => undefined]));

/** Modules for `window.require` that have to do with chats. `lids` pairs hidden ids with numbers. */
export function messageModules(hello) {
  const lids = hello.lids.map(({ lid, pn }) => ({ lid: new Wid(lid), pn: new Wid(pn) }));
  const numberOf = (wid) => lids.find(({ lid }) => lid._serialized === wid._serialized)?.pn;
  const lidOf = (wid) => lids.find(({ pn }) => pn._serialized === wid._serialized)?.lid;
  return {
    ...mediaModules(),
    WAWebCollections: {
      Msg: Object.assign(Msg, {
        getMessagesById: (ids) => Promise.resolve({ messages: ids.map((id) => Msg.get(id)).filter(Boolean) }),
      }),
      Chat,
      Contact: Object.assign(Contact, {
        find: (id) => Promise.resolve({ id: createWid(id), serialize: () => ({ id }) }),
      }),
      Blocklist: nothing,
      BusinessProfile: nothing,
      GroupMetadata: { update: () => Promise.resolve() },
    },
    WAWebSyncGatingUtils: {},
    WALinkify: { findLink: () => undefined, findLinks: () => [] },
    WAWebWidFactory: { createWid, createWidFromWidLike: createWid, asUserWidOrThrow: createWid },
    WAWebFindChatAction: {
      findOrCreateLatestChat: (wid) => Promise.resolve({ chat: chatFor(wid._serialized, 0) }),
    },
    WAWebStreamModel: { Stream: { markAvailable: () => undefined, markUnavailable: () => undefined } },
    WAWebUpdateUnreadChatAction: {
      sendSeen: ({ chat }) => {
        chat.unreadCount = 0;
        return tell('seen', { chatId: chat.id._serialized });
      },
    },
    WAWebChatGetters: { getIsNewsletter: () => false, getIsBroadcast: () => false },
    WAWebLinkPreviewChatAction: { getLinkPreview: () => Promise.resolve(undefined) },
    WAWebMsgKey: MsgKey,
    WAWebGetEphemeralFieldsMsgActionsUtils: { getEphemeralFields: () => ({}) },
    WAWebMsgReply: { canReplyMsg: () => true },
    WAWebSendMsgChatAction: { addAndSendMsgToChat },
    WAWebChatLoadMessages: {
      loadEarlierMsgs: ({ chat }) => {
        const waiting = earlier.get(chat.id._serialized) ?? [];
        const loaded = waiting.splice(-PAGE);
        chat.msgs.loaded.unshift(...loaded);
        return Promise.resolve(loaded);
      },
    },
    WAWebQueryExistsJob: {
      queryWidExists: async (wid) =>
        (await tell('exists', { id: wid._serialized })).exists ? { wid } : undefined,
    },
    WAWebApiContact: {
      getPhoneNumber: numberOf,
      getCurrentLid: lidOf,
      getAlternateUserWid: (wid) => numberOf(wid) ?? lidOf(wid),
    },
    WAWebContactGetters: getters([
      'getIsMe',
      'getIsUser',
      'getIsGroup',
      'getIsWAContact',
      'getUserid',
      'getVerifiedName',
      'getVerifiedLevel',
      'getStatusMute',
      'getName',
      'getShortName',
      'getPushname',
      'getIsEnterprise',
    ]),
    WAWebFrontendContactGetters: getters(['getIsMyContact']),
    WAWebLidMigrationUtils: { toPn: numberOf },
  };
}
