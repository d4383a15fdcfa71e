/** The list of pretend people, with what is new on each phone. */
import { count, dayOf, el, label, languageOf, shortDay, timeOfDay } from './dom.js';
import { inWords } from './bubbles.js';

const KEPT = 'simulator-unread';

/** Counts of unread messages by address, kept while this tab is open (switching the language reloads the page). */
export function unreadCounts() {
  const counts = JSON.parse(window.sessionStorage.getItem(KEPT) ?? '{}');
  const keep = () => window.sessionStorage.setItem(KEPT, JSON.stringify(counts));
  return {
    of: (...addresses) => addresses.reduce((sum, address) => sum + (counts[address] ?? 0), 0),
    total: () => Object.values(counts).reduce((sum, each) => sum + each, 0),
    add: (address) => ((counts[address] = (counts[address] ?? 0) + 1), keep()),
    clear: (address) => (delete counts[address], keep()),
  };
}

/** Shows a number of new messages in a badge, or hides it. */
export function setBadge(badge, number) {
  badge.hidden = number === 0;
  badge.replaceChildren(
    el('span', { 'aria-hidden': 'true', textContent: count(number) }),
    el('span', { className: 'hidden-words', textContent: label('unread', { count: count(number) }) }),
  );
}

function preview(last) {
  if (!last) return label('noMessages');
  const said = inWords(last).replace(/\s+/g, ' ').slice(0, 90);
  return last.direction === 'sent' ? label('youSaid', { text: said }) : said;
}

function when(last, now) {
  if (!last) return '';
  const at = new Date(last.at);
  return dayOf(at) === dayOf(now) ? timeOfDay(at) : shortDay(at);
}

/** +919800000001 → +91 98000 00001 */
const spaced = (phone) => phone.replace(/^(\+91)(\d{5})(\d{5})$/, '$1 $2 $3');

function row(person, { current, unread, now, choose }) {
  const name = person.name ?? spaced(person.phone);
  const said = preview(person.last);
  const badge = el('span', { className: 'badge' });
  setBadge(badge, unread);
  const initial = person.name
    ? [...new Intl.Segmenter().segment(person.name)][0].segment
    : person.phone.slice(-2);
  const button = el(
    'button',
    { type: 'button', 'aria-current': current ? 'true' : undefined },
    el('span', { className: 'face', 'aria-hidden': 'true', textContent: initial }),
    el('span', { className: 'who', lang: languageOf(name), textContent: name }),
    el('span', { className: 'when', textContent: when(person.last, now) }),
    el('span', { className: 'said', lang: languageOf(said), textContent: said }),
    badge,
  );
  button.dataset.phone = person.phone;
  button.addEventListener('click', () => choose(person.phone));
  return el('li', {}, button);
}

/** Draws the list anew, keeping the keyboard where it was. `view`: { people, phone, unreadOf, now, choose }. */
export function drawPeople(list, { people, phone, unreadOf, now, choose }) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.phone : undefined;
  const rows = people.map((person) =>
    row(person, { current: person.phone === phone, unread: unreadOf(person.phone), now, choose }),
  );
  list.replaceChildren(...rows);
  if (focused) list.querySelector(`[data-phone="${focused}"]`)?.focus();
}
