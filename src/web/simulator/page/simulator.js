/** The page: one phone in view, fed by the product's events. */
import { bubble, daySeparator, emptyChat, inWords, setTicks, typingBubble } from './bubbles.js';
import { base, el, label, notice, post } from './dom.js';
import { closeDrawer, wireDrawers, wireMenu, wireViewer } from './drawers.js';
import { showNow, showState, wireTime } from './panel.js';
import { drawPeople, setBadge, unreadCounts } from './people.js';

const $ = (id) => document.getElementById(id);
const CHOSEN = 'simulator-as';
const unread = unreadCounts();
const view = { medium: 'whatsapp', phone: '+919800000001', people: [], now: new Date(0), last: undefined };
let stream;
let arrivals = [];
let showing = false;

const address = (phone = view.phone, medium = view.medium) => `${medium}/${phone}`;
const isNear = () => $('log').scrollHeight - $('log').scrollTop - $('log').clientHeight < 160;
let following = true;

function toEnd() {
  following = true;
  $('log').scrollTop = $('log').scrollHeight;
}

const on = { tap, enlarge: wireViewer() };

function draw(message) {
  const separator = daySeparator(message, view.last, view.now);
  $('log').querySelector('.empty')?.remove();
  for (const option of $('log').querySelectorAll('.option:not(:disabled)')) option.disabled = true;
  $('log').append(...[separator, bubble(message, view.medium, on)].filter(Boolean));
  view.last = message;
}

function drawSides() {
  const unreadOf = (phone) => unread.of(address(phone, 'whatsapp'), address(phone, 'sms'));
  drawPeople($('people-list'), { ...view, unreadOf, choose: (phone) => look({ phone }) });
  setBadge($('total-unread'), unread.total());
  for (const button of document.querySelectorAll('.media button')) {
    button.setAttribute('aria-pressed', String(button.dataset.medium === view.medium));
    setBadge(button.querySelector('.badge'), unread.of(address(view.phone, button.dataset.medium)));
  }
  document.title = unread.total() > 0 ? `(${unread.total()}) ${label('title')}` : label('title');
}

/** Messages appear one after the other; an answer to what was just written takes a moment of typing. */
async function showArrivals() {
  if (showing) return;
  showing = true;
  while (arrivals.length > 0) {
    const message = arrivals[0];
    const answers =
      message.direction === 'received' && view.last?.direction === 'sent' && arrivals.length < 3;
    if (answers) await typing(message.text);
    if (arrivals[0] !== message) continue; // somebody else came into view meanwhile
    arrivals.shift();
    const follow = message.direction === 'sent' || isNear();
    draw(message);
    if (follow) toEnd();
    if (message.direction === 'received')
      $('announcer').textContent = label('saathiSaid', { text: inWords(message) });
  }
  showing = false;
}

async function typing(text) {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const dots = typingBubble();
  $('log').append(dots);
  $('presence').textContent = label('typing');
  toEnd();
  await new Promise((resolve) => setTimeout(resolve, Math.min(350 + text.length * 4, 1100)));
  dots.remove();
  showPresence();
}

const showPresence = () =>
  ($('presence').textContent = label(view.medium === 'sms' ? 'smsSubtitle' : 'online'));

const hear = {
  phone({ messages, people, person, now }) {
    notice(undefined);
    Object.assign(view, { people, now: new Date(now), last: undefined });
    arrivals = [];
    $('log').replaceChildren(...(messages.length === 0 ? [emptyChat(say)] : []));
    for (const message of messages) draw(message);
    unread.clear(address());
    showNow(view.now);
    showState(person);
    showPresence();
    drawSides();
    toEnd();
    $('phone').setAttribute('aria-busy', 'false');
  },
  message({ address: at, message }) {
    const phone = at.slice(at.indexOf('/') + 1);
    const person = view.people.find((each) => each.phone === phone);
    if (person) person.last = message;
    else view.people.push({ phone, last: message });
    if (at === address()) {
      arrivals.push(message);
      void showArrivals();
    } else if (message.direction === 'received') unread.add(at);
    drawSides();
  },
  status({ address: at, id, status }) {
    if (at !== address()) return;
    const waiting = arrivals.find((message) => message.id === id);
    if (waiting) waiting.status = status;
    setTicks($('log').querySelector(`[data-id="${window.CSS.escape(id)}"]`), status);
  },
  state({ as, person }) {
    if (as !== address()) return;
    showState(person);
    const listed = view.people.find((each) => each.phone === view.phone);
    if (listed && person?.name !== undefined && listed.name !== person.name) {
      listed.name = person.name;
      drawSides();
    }
  },
  clock({ now }) {
    view.now = new Date(now);
    showNow(view.now);
  },
  /** An author saved a file: what is wrong stays on the screen until it is put right. */
  content({ faults, isFresh }) {
    $('faults').hidden = faults.length === 0;
    $('faults-list').replaceChildren(...faults.map((fault) => el('li', { lang: 'en', textContent: fault })));
    if (isFresh && faults.length === 0) notice(label('contentFresh'), { isGood: true });
  },
};

/** Listens for the phone in view; comes back by itself when the connection is lost. */
function listen() {
  stream?.close();
  const mine = new EventSource(`${base}/events?as=${encodeURIComponent(address())}`);
  stream = mine;
  for (const [name, handle] of Object.entries(hear)) {
    mine.addEventListener(name, (event) => stream === mine && handle(JSON.parse(event.data)));
  }
  mine.addEventListener('error', () => {
    if (stream !== mine) return;
    notice(label('lost'), { stays: true });
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => stream === mine && listen(), 3000);
  });
}

/** Brings another phone or medium into view. */
function look({ phone = view.phone, medium = view.medium }) {
  Object.assign(view, { phone, medium });
  window.sessionStorage.setItem(CHOSEN, address());
  $('phone').dataset.medium = medium;
  $('phone').setAttribute('aria-busy', 'true');
  closeDrawer('people');
  arrivals = [];
  listen();
}

async function send(message) {
  try {
    await post('/messages', { as: address(), ...message });
    return true;
  } catch (error) {
    notice(error.message);
    return false;
  }
}

const say = (text) => send({ kind: 'text', text });

async function tap(optionId, button) {
  for (const option of button.parentElement.children) option.disabled = true;
  button.classList.add('chosen');
  $('entry').focus({ preventScroll: true });
  if (!(await send({ kind: 'tap', optionId })))
    for (const option of button.parentElement.children) option.disabled = false;
}

async function sendEntry() {
  const text = $('entry').value;
  if (text.trim() === '') return;
  $('entry').value = '';
  fit();
  if (!(await say(text)) && $('entry').value === '') $('entry').value = text;
  fit();
}

/** The box grows with what is written. */
function fit() {
  $('entry').style.height = 'auto';
  $('entry').style.height = `${Math.min($('entry').scrollHeight + 2, 132)}px`;
}

function wire() {
  $('log').addEventListener('scroll', () => (following = isNear()));
  $('log').addEventListener('load', () => following && toEnd(), true); // a picture takes its place after the text
  $('composer').addEventListener('submit', (event) => (event.preventDefault(), void sendEntry()));
  $('entry').addEventListener('input', fit);
  $('entry').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void sendEntry();
  });
  $('voice').addEventListener('click', () =>
    send({ kind: 'voice', seconds: 4 + (($('log').children.length * 7) % 23) }),
  );
  wireMenu((kind) => send({ kind }));
  for (const button of document.querySelectorAll('.media button')) {
    button.addEventListener('click', () => look({ medium: button.dataset.medium }));
  }
  $('add-person').addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = $('new-phone').value.trim();
    try {
      const { phone } = await post('/people', typed ? { phone: typed } : {});
      $('new-phone').value = '';
      look({ phone });
    } catch (error) {
      notice(error.message);
    }
  });
  wireDrawers();
  wireTime();
}

const [, medium, phone] = /^(whatsapp|sms)\/(\+\d+)$/.exec(window.sessionStorage.getItem(CHOSEN) ?? '') ?? [];
wire();
look({ medium, phone });
