/* global indexedDB */
/** The page's line to the stand-in's server, and the login that it keeps in the browser's profile. */

const STORE = 'login';

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('standin', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore(mode, work) {
  const db = await database();
  return new Promise((resolve, reject) => {
    // As the real page's keys: on disk before anybody is told, so that a killed browser comes back logged in.
    const transaction = db.transaction(STORE, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  });
}

export const readToken = () => inStore('readonly', (store) => store.get('token'));
export const writeToken = (token) => inStore('readwrite', (store) => store.put(token, 'token'));
export const forgetToken = () => inStore('readwrite', (store) => store.delete('token'));

/** Tells the server something; its answer comes back. */
export async function tell(type, data = {}) {
  const answer = await fetch('/up', { method: 'POST', body: JSON.stringify({ type, ...data }) });
  return answer.json();
}

/** Hears the server's commands; resolves with what it says first. */
export function listen(token, onCommand) {
  return new Promise((resolve) => {
    const source = new EventSource(`/events?token=${encodeURIComponent(token ?? '')}`);
    source.addEventListener('hello', (event) => resolve(JSON.parse(event.data)), { once: true });
    source.addEventListener('command', async (event) => {
      const { number, ...command } = JSON.parse(event.data);
      const then = await onCommand(command);
      await tell('done', { number });
      then?.();
    });
  });
}
