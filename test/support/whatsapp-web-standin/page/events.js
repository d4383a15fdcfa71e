/* global crypto */
/** What WhatsApp's page builds its models on, as far as whatsapp-web.js touches it: events, ids, collections. */

export class Events {
  #listeners = new Map();

  on(names, listener) {
    for (const name of names.split(' '))
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  off(name, listener) {
    this.#listeners.set(
      name,
      (this.#listeners.get(name) ?? []).filter((one) => one !== listener),
    );
  }

  once(name, listener) {
    const heard = (...args) => {
      this.off(name, heard);
      listener(...args);
    };
    this.on(name, heard);
  }

  trigger(name, ...args) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(...args);
  }

  hears(name) {
    return (this.#listeners.get(name) ?? []).length > 0;
  }
}

/** A WhatsApp id: `919800000001@c.us`, `…@lid`, `…@g.us`, `status@broadcast`. */
export class Wid {
  constructor(serialized) {
    const [user, server] = serialized.split('@');
    if (!user || !server) throw new Error('wid error: invalid wid');
    this.user = user;
    this.server = server;
    this._serialized = serialized;
  }

  isLid() {
    return this.server === 'lid';
  }
  isGroup() {
    return this.server === 'g.us';
  }
  isUser() {
    return this.server === 'c.us' || this.server === 'lid';
  }
  isStatus() {
    return this._serialized === 'status@broadcast';
  }
  toString() {
    return this._serialized;
  }
}

export const serialized = (id) => (typeof id === 'string' ? id : id._serialized);
export const createWid = (id) => (id instanceof Wid ? id : new Wid(serialized(id)));

/** A message's id: who sent it, in which chat, and a random part. */
export class MsgKey {
  constructor({ from, to, id, participant, selfDir }) {
    this.fromMe = selfDir === 'out';
    this.remote = createWid(this.fromMe ? to : from);
    this.id = id;
    if (participant) this.participant = participant;
    this._serialized = `${this.fromMe}_${this.remote._serialized}_${id}`;
  }

  static newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(10));
    return Promise.resolve(
      '3EB0' +
        [...bytes]
          .map((b) => b.toString(16).padStart(2, '0'))
          .join('')
          .toUpperCase(),
    );
  }
}

/** Models by their serialized id. */
export class Collection extends Events {
  #models = new Map();

  add(model) {
    this.#models.set(serialized(model.id), model);
    return model;
  }
  get(id) {
    return this.#models.get(serialized(id));
  }
  find(id) {
    const model = this.get(id);
    return model ? Promise.resolve(model) : Promise.reject(new Error('not found'));
  }
  getModelsArray() {
    return [...this.#models.values()];
  }
}
