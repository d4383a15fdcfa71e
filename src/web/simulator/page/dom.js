/** Small helpers that every part of the page uses: elements, icons, labels, dates. */

export const base = document.body.dataset.base;
const labels = JSON.parse(document.body.dataset.labels);
const zone = document.body.dataset.zone;
const locale = { hi: 'hi-IN', bn: 'bn-IN', or: 'or-IN', en: 'en-IN' }[document.documentElement.lang];

/** The label, with `{name}` filled in; the key itself for one that does not exist. */
export function label(key, values = {}) {
  return (labels[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}

export const hasLabel = (key) => key in labels;

/** An element with properties, attributes (names with a dash, `role`) and children. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key.includes('-') || key === 'role') element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== undefined && child !== ''));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** An SVG element: CSP forbids style attributes, not these. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A picture from the page's sprite; hidden from screen readers. */
export function icon(id, className = 'icon') {
  return svg('svg', { class: className, 'aria-hidden': 'true' }, svg('use', { href: `#i-${id}` }));
}

/** The language whose script a text is written in: the right font, the right voice. */
export function languageOf(text) {
  const letters = {
    hi: /[\u0900-\u0963\u0966-\u097f]/g,
    bn: /[\u0980-\u09ff]/g,
    or: /[\u0b00-\u0b7f]/g,
    en: /[a-z]/gi,
  };
  const counts = Object.entries(letters).map(([language, pattern]) => [
    language,
    text.match(pattern)?.length ?? 0,
  ]);
  const [language, most] = counts.reduce((best, next) => (next[1] > best[1] ? next : best));
  return most > 0 ? language : document.documentElement.lang;
}

const format = (options) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
const clock = format({ hour: 'numeric', minute: '2-digit' });
const date = format({ weekday: 'long', day: 'numeric', month: 'long' });
const shortDate = format({ weekday: 'short', day: 'numeric', month: 'short' });
const dateKey = new Intl.DateTimeFormat('en-CA', { timeZone: zone });

export const timeOfDay = (moment) => clock.format(moment);
export const longDate = (moment) => date.format(moment);
export const dateAndTime = (moment) => `${shortDate.format(moment)}, ${clock.format(moment)}`;
export const shortDay = (moment) => shortDate.format(moment);
/** `2026-01-04`: equal for moments of the same day in the product's zone. */
export const dayOf = (moment) => dateKey.format(moment);
export const count = (number) => new Intl.NumberFormat(locale).format(number);

/** Today, yesterday, or the date: seen from the pretend present. */
export function dayName(moment, now) {
  if (dayOf(moment) === dayOf(now)) return label('today');
  if (dayOf(moment) === dayOf(new Date(now.getTime() - 86_400_000))) return label('yesterday');
  return longDate(moment);
}

/** Asks the product; throws an Error with a sentence that can be shown. */
export async function post(path, body) {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? label('failed'));
  return answer;
}

/** Shows a fault for some seconds, or until `undefined` takes it away. */
let noticeTimer;
export function notice(text, { stays = false } = {}) {
  const element = document.getElementById('notice');
  clearTimeout(noticeTimer);
  element.textContent = text ?? '';
  element.hidden = !text;
  if (text && !stays) noticeTimer = setTimeout(() => notice(undefined), 6000);
}
