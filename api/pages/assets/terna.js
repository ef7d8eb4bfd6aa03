// What pages do beyond their HTML. Without this file, or without JavaScript, every page still works.

const LIVE_MS = 2_500;
const SLOWEST_MS = 30_000;

/**
 * `<div data-live="/state" data-version="abc">` is asked for anew when /state says another version: a new
 * answer, a new deal. Nobody is asked while the tab is hidden, and seldom while the server does not answer.
 */
function watch() {
  const element = document.querySelector('[data-live]');
  if (!element) return;
  let pause = LIVE_MS;
  let timer;

  async function look() {
    clearTimeout(timer);
    if (document.hidden || !element.isConnected) return;
    try {
      const response = await fetch(element.dataset.live, { headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(`answered ${response.status}`);
      const { version } = await response.json();
      pause = LIVE_MS;
      if (version !== element.dataset.version && !isBusy(element)) window.htmx.trigger(element, 'refresh');
    } catch {
      pause = Math.min(2 * pause, SLOWEST_MS);
    }
    timer = setTimeout(look, pause);
  }

  document.addEventListener('visibilitychange', look);
  timer = setTimeout(look, LIVE_MS);
}

/** Somebody is typing, choosing or dragging in there: the news can wait. */
function isBusy(element) {
  const focused =
    element.contains(document.activeElement) && document.activeElement.matches('input, textarea, select');
  return focused || element.querySelector('details[open]:not([data-calm]), .sortable-chosen') !== null;
}

/** A form that was sent is not sent again by an impatient second press. The server would not mind. */
document.addEventListener('submit', (event) => {
  const { target, submitter } = event;
  if (target.method !== 'post' || event.defaultPrevented) return;
  if (target.dataset.sent) event.preventDefault();
  target.dataset.sent = 'yes';
  submitter?.setAttribute('aria-disabled', 'true');
});

// Coming back through the browser's history finds forms that may be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll('[aria-disabled]')) button.removeAttribute('aria-disabled');
  }
});

/** The server knows no reader's clock; the browser does. */
function tellLocalTimes() {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  for (const time of document.querySelectorAll('time[data-local]'))
    time.textContent = format.format(new Date(time.dateTime));
}

/** More of a list has come in place of its button: the keyboard goes on with the first of it. */
document.addEventListener('htmx:after:swap', () => {
  tellLocalTimes();
  const added = document.querySelector('[data-added]');
  if (!added || document.activeElement !== document.body) return;
  added.removeAttribute('data-added');
  added.querySelector('a, button, summary')?.focus({ preventScroll: true });
});

/** A summary of what is wrong with a form is what its reader wants to hear first. */
document.querySelector('.summary-of-errors')?.focus();

/** `<button data-copy="#key">` copies what is there; hidden where it cannot. */
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
}

tellLocalTimes();
watch();
