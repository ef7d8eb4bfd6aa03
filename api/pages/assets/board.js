// The board of deals with a mouse or a finger: dropping a deal posts the same move as *Move to…* does, and the
// board is then shown as the server has it. Without this file, *Move to…* posts on its own.

const LIST = '.deal-cards';
// A finger that rests this long wants the deal; one that moves at once wants to scroll.
const TOUCH_MS = 250;

function board() {
  return document.querySelector('#board');
}

/** Makes the lists of all stages take deals; those that do already are left alone. */
function makeSortable() {
  for (const list of document.querySelectorAll(LIST)) {
    if (window.Sortable.get(list)) continue;
    window.Sortable.create(list, {
      group: { name: 'deals', put: (to, _from, card) => asksIn(card, to.el) !== undefined },
      sort: false,
      draggable: '.deal-card',
      filter: '.move-to',
      preventOnFilter: false,
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 5,
      delay: TOUCH_MS,
      delayOnTouchOnly: true,
      touchStartThreshold: 5,
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150,
      onStart: ({ item }) => showPlaces(item),
      onEnd: dropped,
    });
  }
}

/** What moving a card into a list asks first; undefined where it cannot go there. */
function asksIn(card, list) {
  return JSON.parse(card.dataset.targets)[list.dataset.stage];
}

/** While a deal is dragged, the stages that would take it say so. */
function showPlaces(card) {
  for (const list of document.querySelectorAll(LIST))
    list.closest('.column').classList.toggle('takes', asksIn(card, list) !== undefined);
}

async function dropped({ item: card, from, to, oldIndex }) {
  for (const column of document.querySelectorAll('.takes')) column.classList.remove('takes');
  if (from === to) return;
  const putBack = () => from.insertBefore(card, from.children[oldIndex] ?? null);
  const { move, version } = card.dataset;
  // As long as it is held, news do not change the board.
  card.classList.add('sortable-chosen');
  const answer = await ask(asksIn(card, to), card);
  if (answer) await send(move, { stageId: to.dataset.stage, version, back: 'board', ...answer }, putBack);
  else putBack();
  card.classList.remove('sortable-chosen');
}

/** The answer to what a move asks; undefined: it is not to be moved. */
async function ask(asks, card) {
  if (asks === 'nothing') return {};
  const dialog = document.querySelector(`#ask-${asks}`);
  const form = dialog.querySelector('form');
  form.reset();
  dialog.querySelector('.ask-deal').textContent = card.querySelector('h3').textContent;
  dialog.returnValue = '';
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  const { returnValue } = dialog;
  card.querySelector('h3 a').focus({ preventScroll: true });
  return returnValue === 'yes' ? Object.fromEntries(new FormData(form)) : undefined;
}

/** Posts a move, and shows the board that comes back: also when somebody else was faster. */
async function send(path, fields, putBack) {
  let text;
  try {
    const response = await fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
    text = await response.text();
  } catch {
    putBack?.();
    document.querySelector('#board-news').textContent = board().dataset.offline;
    return;
  }
  const page = new DOMParser().parseFromString(text, 'text/html');
  // Signed out, or worse: the whole page says so.
  if (!page.querySelector('#board')) return location.reload();
  const target = board();
  await window.htmx.swap({ text, target, sourceElement: target, select: '#board', swap: 'outerMorph' });
  document.querySelector('#board .notice')?.scrollIntoView({ block: 'nearest' });
}

/** *Move to…* stays on the page, too, and the keyboard stays with the deal. */
document.addEventListener('submit', async (event) => {
  const form = event.target;
  const card = form.closest('#board .deal-card');
  if (!card || !form.matches('.move-form')) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = 'yes';
  const { id } = card;
  card.classList.add('sortable-chosen');
  await send(form.getAttribute('action'), Object.fromEntries(new FormData(form)));
  const moved = document.getElementById(id);
  for (const sent of document.querySelectorAll('form[data-sent]')) delete sent.dataset.sent;
  moved?.classList.remove('sortable-chosen');
  const wrong = moved?.querySelector('[aria-invalid]');
  (wrong ?? moved?.querySelector('h3 a'))?.focus();
});

/** An open menu goes when one looks elsewhere, and on Escape, like menus do. */
function closeMenus(but) {
  for (const menu of document.querySelectorAll('#board .move-to[open]')) if (menu !== but) menu.open = false;
}

document.addEventListener('click', (event) => {
  // A click on what is not there any more was a click into the menu.
  if (event.target.isConnected) closeMenus(event.target.closest('.move-to'));
});

document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && document.activeElement?.closest('#board .move-to[open]');
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

document.addEventListener('htmx:after:swap', makeSortable);
makeSortable();
