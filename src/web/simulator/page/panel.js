/** Beside the chat: the pretend date, moving time forward, and where the conversation stands. */
import {
  count,
  dateAndTime,
  el,
  hasLabel,
  label,
  languageOf,
  longDate,
  notice,
  post,
  shortDay,
  timeOfDay,
} from './dom.js';

const DAY = 86_400_000;
const $ = (id) => document.getElementById(id);
let now = new Date(0);

export function showNow(moment) {
  now = moment;
  $('now').dateTime = now.toISOString();
  $('now').replaceChildren(
    el('span', { textContent: longDate(now) }),
    ' ',
    el('strong', { textContent: timeOfDay(now) }),
  );
  showSlider();
}

function showSlider() {
  const days = Number($('days').value);
  $('days-count').textContent = count(days);
  $('days-until').textContent = label('until', { date: shortDay(new Date(now.getTime() + days * DAY)) });
}

async function wait(duration) {
  const controls = document.querySelectorAll('.time button, .time input');
  const focused = document.activeElement;
  for (const control of controls) control.disabled = true;
  $('moving').textContent = label('moving');
  try {
    const answer = await post('/wait', { duration });
    $('days').value = 0;
    showNow(new Date(answer.now));
  } catch (error) {
    notice(error.message);
  } finally {
    for (const control of controls) control.disabled = false;
    $('moving').textContent = '';
    focused?.focus();
  }
}

export function wireTime() {
  for (const button of document.querySelectorAll('[data-wait]')) {
    button.addEventListener('click', () => void wait(button.dataset.wait));
  }
  $('days').addEventListener('input', showSlider);
  $('travel').addEventListener('submit', (event) => {
    event.preventDefault();
    if (Number($('days').value) > 0) void wait(`${$('days').value}d`);
  });
}

const known = (prefix, value) => (hasLabel(`${prefix}_${value}`) ? label(`${prefix}_${value}`) : value);

function fact(term, value) {
  const text = value ?? label('notGiven');
  return [
    el('dt', { textContent: label(term) }),
    el('dd', { lang: languageOf(text), className: value ? '' : 'hint', textContent: text }),
  ];
}

function path(state) {
  const steps = state.split('.').map((step) => el('li', {}, el('code', { textContent: step })));
  return [
    el('dt', { textContent: label('step') }),
    el('dd', {}, el('ol', { className: 'path', lang: 'en' }, ...steps)),
  ];
}

function timers(list) {
  if (list.length === 0) return el('p', { className: 'hint', textContent: label('noTimers') });
  const rows = [...list]
    .sort((a, b) => new Date(a.due) - new Date(b.due))
    .map(({ event, due }) =>
      el(
        'li',
        {},
        el('span', { textContent: known('timer', event) }),
        el('time', { dateTime: due, textContent: dateAndTime(new Date(due)) }),
      ),
    );
  return el('ul', { className: 'timers' }, ...rows);
}

function lessons(list) {
  if (list.length === 0) return el('p', { className: 'hint', textContent: label('noLessons') });
  const dots = list.map(({ week, done }) => {
    const spoken = label(done ? 'lessonDone' : 'lessonBegun', { week: count(week) });
    return el(
      'li',
      { className: done ? 'done' : 'begun', title: spoken },
      el('span', { 'aria-hidden': 'true', textContent: count(week) }),
      el('span', { className: 'hidden-words', textContent: spoken }),
    );
  });
  return el('ul', { className: 'lessons' }, ...dots);
}

/** @param person a PersonView, or null for somebody the product does not know. */
export function showState(person) {
  if (!person) {
    $('state').replaceChildren(el('p', { className: 'hint', textContent: label('stranger') }));
    return;
  }
  const facts = [
    ...path(person.state),
    ...fact('status', known('person', person.status)),
    ...fact('name', person.name),
    ...fact('language', person.language && known('language', person.language)),
    ...fact('pledges', count(person.pledges)),
  ];
  $('state').replaceChildren(
    el('dl', { className: 'facts' }, ...facts),
    el('h3', { textContent: label('timers') }),
    timers(person.timers),
    el('h3', { textContent: label('lessons') }),
    lessons(person.lessons),
  );
}
