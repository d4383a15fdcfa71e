/** Small helpers that every part of the page uses: elements, icons, labels, dates. */

export const base = document.body.dataset.base;
const labels = JSON.parse(document.body.dataset.labels);
const zone = document.body.dataset.zone;

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

const digits = new Intl.NumberFormat(
  `en-IN-u-nu-${{ bn: 'beng', or: 'orya' }[document.documentElement.lang] ?? 'latn'}`,
  { useGrouping: false },
);
const zoned = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  hourCycle: 'h23',
  weekday: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});

/** A number in the digits of the page's language. */
export const count = (number) => digits.format(number);
const twoDigits = (number) => count(number).padStart(2, count(0));

/** Year, month, day, weekday, hour and minute in the product's zone. Names are labels: not every browser knows Odia. */
function parts(moment) {
  const values = Object.fromEntries(zoned.formatToParts(moment).map(({ type, value }) => [type, value]));
  return {
    ...values,
    month: Number(values.month),
    day: Number(values.day),
    hour: Number(values.hour),
    minute: Number(values.minute),
  };
}

export function timeOfDay(moment) {
  const { hour, minute } = parts(moment);
  return label(hour < 12 ? 'am' : 'pm', { time: `${count(hour % 12 || 12)}:${twoDigits(minute)}` });
}

/** Minutes and seconds of a voice note. */
export const lengthOf = (seconds) => `${count(Math.floor(seconds / 60))}:${twoDigits(seconds % 60)}`;

export function longDate(moment) {
  const { weekday, day, month } = parts(moment);
  return label('longDate', {
    weekday: label(`weekday_${weekday}`),
    day: count(day),
    month: label(`month_${month}`),
  });
}

export function shortDay(moment) {
  const { weekday, day, month } = parts(moment);
  return label('shortDate', {
    weekday: label(`weekdayShort_${weekday}`),
    day: count(day),
    month: label(`monthShort_${month}`),
  });
}

export const dateAndTime = (moment) => `${shortDay(moment)}, ${timeOfDay(moment)}`;

/** Equal for moments of the same day in the product's zone. */
export function dayOf(moment) {
  const { year, month, day } = parts(moment);
  return `${year}-${month}-${day}`;
}

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

/** Shows a fault, or good news, for some seconds or until `undefined` takes it away. */
let noticeTimer;
export function notice(text, { stays = false, isGood = false } = {}) {
  const element = document.getElementById('notice');
  clearTimeout(noticeTimer);
  element.textContent = text ?? '';
  element.hidden = !text;
  element.classList.toggle('good', isGood);
  if (text && !stays) noticeTimer = setTimeout(() => notice(undefined), 6000);
}
