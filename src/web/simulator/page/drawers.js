/** On a narrow screen the two side columns are drawers; menus and the enlarged picture open and close here too. */

const $ = (id) => document.getElementById(id);

function set(id, open) {
  $(id).classList.toggle('open', open);
  $(`${id}-button`).setAttribute('aria-expanded', String(open));
}

export function closeDrawer(id, { focus = true } = {}) {
  if (!$(id).classList.contains('open')) return;
  set(id, false);
  if (focus) $(`${id}-button`).focus();
}

export function wireDrawers() {
  for (const id of ['people', 'panel']) {
    $(`${id}-button`).addEventListener('click', () => {
      const open = !$(id).classList.contains('open');
      closeDrawer(id === 'people' ? 'panel' : 'people', { focus: false });
      set(id, open);
      if (open) document.querySelector(`[data-close="${id}"]`).focus();
    });
    document.querySelector(`[data-close="${id}"]`).addEventListener('click', () => closeDrawer(id));
    $(id).addEventListener('keydown', (event) => {
      if (event.key === 'Escape') closeDrawer(id);
    });
  }
}

/** The menu behind the plus: arrow keys go round, Escape closes, a choice sends. */
export function wireMenu(choose) {
  const [button, menu] = [$('attach'), $('attach-menu')];
  const items = [...menu.querySelectorAll('[role="menuitem"]')];
  const open = (yes) => {
    menu.hidden = !yes;
    button.setAttribute('aria-expanded', String(yes));
    if (yes) items[0].focus();
  };
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  button.addEventListener('click', () => open(menu.hidden));
  menu.addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement);
    const next =
      { Home: 0, End: items.length - 1 }[event.key] ??
      (event.key in steps ? at + steps[event.key] : undefined);
    if (next !== undefined) {
      event.preventDefault();
      items[(next + items.length) % items.length].focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      open(false);
      if (event.key === 'Escape') button.focus();
    }
  });
  for (const item of items) {
    item.addEventListener('click', () => {
      open(false);
      button.focus();
      choose(item.dataset.kind);
    });
  }
  document.addEventListener('click', (event) => {
    if (!menu.hidden && !menu.parentElement.contains(event.target)) open(false);
  });
}

/** Shows a picture large; a click anywhere or Escape closes it. */
export function wireViewer() {
  const viewer = $('viewer');
  viewer.addEventListener('click', () => viewer.close());
  return (path) => {
    $('viewer-image').src = path;
    viewer.showModal();
  };
}
