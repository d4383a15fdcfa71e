/* global btoa, performance */
/**
 * Stands in for https://web.whatsapp.com: provides what whatsapp-web.js 1.34.7 reaches for, and plays what the
 * test asks of it. Everything that it takes is kept by the server, which is what tests judge by.
 */
import { Events, createWid } from './events.js';
import { forgetToken, listen, readToken, tell, writeToken } from './link.js';
import { arrive, messageModules, restore, tick } from './messages.js';

const Socket = Object.assign(new Events(), { state: 'UNPAIRED', hasSynced: false });
const Cmd = Object.assign(new Events(), { refreshQR: () => tell('refresh-qr') });
const Conn = Object.assign(new Events(), {
  ref: '',
  serialize: () => ({ ref: Conn.ref, pushname: 'Saathi', platform: 'android' }),
});
const calls = Object.assign(new Events(), { byId: new Map() });

function setState(state) {
  Socket.state = state;
  Socket.trigger('change:state', Socket, state);
}

function sync() {
  Socket.hasSynced = true;
  Socket.trigger('change:hasSynced', Socket, true);
}

/** The real page is in step some seconds after it is loaded, when the library has begun to listen. */
function syncWhenHeard() {
  if (Socket.hears('change:hasSynced')) sync();
  else setTimeout(syncWhenHeard, 20);
}

const commands = {
  async pair({ token, autoSync }) {
    await writeToken(token);
    setState('PAIRING');
    setState('CONNECTED');
    if (autoSync) syncWhenHeard();
  },
  ref({ ref }) {
    Conn.ref = ref;
    Conn.trigger('change:ref', Conn, ref);
  },
  state: ({ state }) => setState(state),
  sync: () => sync(),
  message: ({ message }) => arrive(message),
  ack: ({ id, ack }) => tick(id, ack),
  call: ({ id, from, group }) =>
    calls.byId.set(id, { id, peerJid: createWid(from), isVideo: false, isGroup: group, outgoing: false }),
  reload: () => () => location.reload(),
  hash: () => {
    location.hash = `n${performance.now()}`;
  },
  freeze: () => () => {
    for (;;);
  },
  away: () => () => location.assign('/away'),
  async logout() {
    await forgetToken();
    Cmd.trigger('logout');
    return () => location.assign('/?post_logout=1');
  },
};

const hello = await listen(await readToken(), (command) => commands[command.type](command));
Socket.state = hello.state;
Conn.ref = hello.ref;
restore(hello.chats);

const me = createWid(hello.me);
const bytes = new Uint8Array(32);
const modules = {
  ...messageModules(hello),
  WAWebSocketModel: {
    Socket: Object.assign(Socket, {
      takeover: () => setState('CONNECTED'),
      reconnect: () => setState('CONNECTED'),
      logout: () => commands.logout().then((then) => then()),
    }),
  },
  WAWebCmd: { Cmd },
  WAWebConnModel: { Conn },
  WAWebOfflineHandler: { OfflineMessageHandler: { getOfflineDeliveryProgress: () => 100 } },
  WAWebAltDeviceLinkingApi: {
    setPairingType: () => undefined,
    initializeAltDeviceLinking: () => Promise.resolve(),
    startAltLinkingFlow: async (number) => (await tell('pairing-code', { number })).code,
  },
  WABase64: { encodeB64: (data) => btoa(String.fromCharCode(...data)) },
  WAWebCompanionRegClientUtils: { DEVICE_PLATFORM: '1' },
  WAWebAdvSignatureApi: {},
  WAWebUserPrefsInfoStore: {
    waNoiseInfo: { get: () => Promise.resolve({ staticKeyPair: { pubKey: bytes } }) },
  },
  WAWebSignalStoreApi: {
    waSignalStore: { getRegistrationInfo: () => Promise.resolve({ identityKeyPair: { pubKey: bytes } }) },
  },
  WAWebUserPrefsMultiDevice: { getADVSecretKey: () => 'secret' },
  WAWebUserPrefsMeUser: {
    getMaybeMePnUser: () => me,
    getMaybeMeLidUser: () => createWid('900000000000000@lid'),
  },
  WAWebCallCollection: calls,
};

window.require = (name) => {
  if (name in modules) return modules[name];
  throw new Error(`Requiring unknown module "${name}"`);
};
window.Debug = { VERSION: '2.3000.0' };
if (hello.state === 'CONNECTED' && hello.autoSync) syncWhenHeard();
