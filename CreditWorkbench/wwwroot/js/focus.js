// The focus never falls into nothing. When what has it is taken away or switched off by a re-render, it goes to what took its place: the same id, what is marked to
// take it ([data-next-focus]), the row of the table that is the tab key's stop, where it was before a dialog, or else the heading of the card or page.
const most = 12;
let trail = [], path = [], waiting;

document.addEventListener('focusin', event => {
  const element = event.target;
  if (!(element instanceof Element) || element === document.body) return;
  waiting = undefined;
  trail = [element, ...trail.filter(each => each !== element)].slice(0, most);
  path = [];
  for (let each = element; each && each !== document.documentElement; each = each.parentElement) path.push({ element: each, id: each.id, dialog: /dialog$/.test(each.getAttribute('role') ?? '') || each.tagName === 'DIALOG' });
});

const usable = element => element.isConnected && !element.disabled && !element.closest('[inert]') && element.getClientRects().length > 0;
const none = () => !document.activeElement || document.activeElement === document.body;

function give(element) {
  if (!element) return false;
  if (/^H[1-6]$/.test(element.tagName) && !element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.focus({ preventScroll: false });
  return document.activeElement === element;
}

const shown = (root, selector) => [...root.querySelectorAll(selector)].find(usable);

function successor() {
  const [gone] = path;
  const same = gone.id && document.getElementById(gone.id);
  if (same && usable(same)) return same;
  const removed = path.filter(each => !each.element.isConnected);
  if (removed.some(each => each.dialog)) {
    const before = trail.find(usable);
    if (before) return before;
  }
  for (const { element, id } of path.slice(1)) {
    const here = element.isConnected ? element : id && document.getElementById(id);
    if (!here || here === document.body) continue;
    const marked = shown(here, '[data-next-focus]') ?? (here.matches('table, .table-wrap') ? shown(here, 'tbody tr[tabindex="0"]') : undefined);
    if (marked) return marked;
    if (here.matches('section, form, main, .case-head, .page-head, dialog')) {
      const heading = shown(here, 'h1, h2, h3');
      if (heading) return heading;
    }
  }
  return shown(document, 'main h1');
}

function look() {
  if (!none() || path.length === 0) return;
  const [{ element }] = path;
  // Whoever clicked beside everything has let go of the focus on purpose.
  if (usable(element)) {
    if (waiting === element) give(element);
    waiting = undefined;
    return;
  }
  if (waiting !== element || !element.isConnected) give(successor());
}

let asked = false;
new MutationObserver(() => {
  // Switched off while it works: it gets the focus back when it is done. Seen here, because the browser takes the focus away only when it draws.
  const element = path[0]?.element;
  if (element?.isConnected && element.disabled && (none() || document.activeElement === element)) waiting = element;
  if (asked) return;
  asked = true;
  // After the batch is in the page, and after whoever moves the focus by itself has done so.
  requestAnimationFrame(() => { asked = false; look(); });
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'inert', 'open', 'hidden', 'class'] });
