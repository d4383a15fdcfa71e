/** Messages as the phone shows them. */
import { base, count, dayName, dayOf, el, icon, label, languageOf, lengthOf, svg, timeOfDay } from './dom.js';

const TICKS = { sent: 'tick', delivered: 'ticks', read: 'ticks', failed: 'alert' };

/** WhatsApp's marks (*bold*, _italic_) and web addresses, as elements: never as HTML. */
function formatted(text) {
  const pattern =
    /\*(\S(?:[^*\n]*\S)?)\*|(?<![\p{L}\p{M}\d])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{M}\d])|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)।])/gu;
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    nodes.push(text.slice(from, match.index));
    const [whole, bold, italic, url] = match;
    if (bold) nodes.push(el('strong', { textContent: bold }));
    else if (italic) nodes.push(el('em', { textContent: italic }));
    else nodes.push(el('a', { href: url, target: '_blank', rel: 'noopener noreferrer', textContent: url }));
    from = match.index + whole.length;
  }
  return [...nodes, text.slice(from)];
}

function words(text, medium) {
  return el(
    'p',
    { className: 'words', lang: languageOf(text) },
    ...(medium === 'sms' ? [text] : formatted(text)),
  );
}

/** Bars whose heights come from the message's id, so that they are the same each time it is drawn. */
function wave(id) {
  const bars = Array.from({ length: 28 }, (_, index) => {
    const code = id.charCodeAt((index * 7) % id.length) + index * 31;
    const height = 4 + ((code * 37) % 17);
    return svg('rect', { x: index * 5, y: 12 - height / 2, width: 3, height, rx: 1.5 });
  });
  return svg('svg', { class: 'wave', viewBox: '0 0 138 24', 'aria-hidden': 'true' }, ...bars);
}

function voice({ id, seconds = 0 }) {
  const spoken = el('span', {
    className: 'hidden-words',
    textContent: label('voiceLength', { seconds: count(seconds) }),
  });
  return el(
    'div',
    { className: 'voice' },
    spoken,
    icon('play'),
    wave(id),
    el('span', { className: 'length', 'aria-hidden': 'true', textContent: lengthOf(seconds) }),
  );
}

function picture({ media }, enlarge) {
  const image = el('img', { src: media.path, alt: label('picture') });
  const button = el(
    'button',
    { type: 'button', className: 'picture', 'aria-label': `${label('picture')}: ${label('enlarge')}` },
    image,
  );
  button.addEventListener('click', () => enlarge(media.path));
  return button;
}

function body(message, medium, enlarge) {
  const { kind, media, text } = message;
  const caption = text && words(text, medium);
  if (media?.contentType.startsWith('image/')) return [picture(message, enlarge), caption];
  if (media?.contentType.startsWith('audio/'))
    return [el('audio', { controls: true, src: media.path, preload: 'none' }), caption];
  if (media)
    return [el('a', { href: media.path, target: '_blank', textContent: label('kind_document') }), caption];
  if (kind === 'voice') return [voice(message)];
  if (kind === 'text' || kind === 'tap') return [caption];
  return [el('div', { className: 'odd' }, icon(kind), label(`kind_${kind}`)), caption];
}

function ticks({ status }) {
  const spoken = el('span', { className: 'hidden-words', textContent: label(`status_${status}`) });
  return el('span', { className: `ticks ${status}` }, icon(TICKS[status], ''), spoken);
}

function foot(message, medium) {
  const { sms, at, direction, status } = message;
  const parts =
    sms &&
    el('span', {
      className: 'parts',
      textContent: label('smsMeta', { count: count(sms.segments), encoding: sms.encoding }),
    });
  const withTicks = direction === 'sent' && (medium === 'whatsapp' || status === 'failed');
  const time = el('time', { dateTime: message.at, textContent: timeOfDay(new Date(at)) });
  return el('div', { className: 'foot' }, parts, time, withTicks ? ticks(message) : undefined);
}

function choices(message, tap) {
  const buttons = message.options.map(({ id, label: text }) => {
    const button = el('button', {
      type: 'button',
      className: 'option',
      lang: languageOf(text),
      textContent: text,
    });
    button.addEventListener('click', () => tap(id, button));
    return button;
  });
  return el('div', { className: 'options', role: 'group', 'aria-label': label('options') }, ...buttons);
}

/** One message with its options. `on.tap(optionId, button)` and `on.enlarge(path)` are called by the person. */
export function bubble(message, medium, on) {
  const box = el('div', { className: 'bubble' }, ...body(message, medium, on.enlarge), foot(message, medium));
  const row = el('div', { className: `message ${message.direction} ${message.kind}` }, box);
  row.dataset.id = message.id;
  if (message.options.length > 0) row.append(choices(message, on.tap));
  return row;
}

/** Sets the ticks of a message that is on the screen. */
export function setTicks(row, status) {
  row?.querySelector('.ticks')?.replaceWith(ticks({ status }));
  row?.classList.toggle('failed', status === 'failed');
}

/** The line between two days, when this message begins a new one. */
export function daySeparator(message, before, now) {
  const at = new Date(message.at);
  if (before && dayOf(new Date(before.at)) === dayOf(at)) return undefined;
  return el('div', { className: 'day' }, el('span', { textContent: dayName(at, now) }));
}

export function typingBubble() {
  const dots = [0, 1, 2].map(() => el('span'));
  return el(
    'div',
    { className: 'message received typing', 'aria-hidden': 'true' },
    el('div', { className: 'bubble' }, ...dots),
  );
}

/** What stands in an empty chat: how to begin. */
export function emptyChat(greet) {
  const button = el('button', { type: 'button', className: 'button strong', textContent: label('greeting') });
  button.addEventListener('click', () => greet(label('greeting')));
  const title = el('p', { className: 'empty-title', textContent: label('emptyTitle') });
  return el(
    'div',
    { className: 'empty' },
    el('img', { src: `${base}/page/icon.svg`, alt: '' }),
    title,
    el('p', { textContent: label('emptyText') }),
    button,
  );
}

/** A message in a few words: for the list of people and for screen readers. */
export function inWords({ kind, text, media, seconds }) {
  if (kind === 'voice') return label('voiceLength', { seconds: count(seconds ?? 0) });
  const what = media || !['text', 'tap'].includes(kind) ? label(`kind_${kind}`) : '';
  return [what, text].filter(Boolean).join(': ');
}
