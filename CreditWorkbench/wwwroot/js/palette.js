// The search that opens with Ctrl+K: a modal dialog, walked by arrow keys while the focus stays in the field. Also: keys that go places, theme and key choices, the first look.
const find = id => document.getElementById(id);
let before;

function openPalette() {
  const dialog = find('palette');
  if (!dialog || dialog.open) return;
  before = document.activeElement;
  dialog.showModal();
  const field = find('palette-search');
  field.focus();
  field.select();
  mark(hits()[0]);
}

function closePalette() {
  find('palette')?.close();
}

const hits = () => [...document.querySelectorAll('#palette-list .palette-hit')];
const marked = () => document.querySelector('#palette-list .palette-hit[aria-selected="true"]');

function mark(hit) {
  for (const other of hits()) other.setAttribute('aria-selected', String(other === hit));
  const field = find('palette-search');
  if (!field) return;
  if (hit) field.setAttribute('aria-activedescendant', hit.id); else field.removeAttribute('aria-activedescendant');
  hit?.scrollIntoView({ block: 'nearest' });
}

// The server renders all results unmarked; whenever they change, the first one is marked.
new MutationObserver(changes => {
  if (changes.some(change => change.target.id === 'palette-list' && change.attributeName === 'data-found')) mark(hits()[0]);
}).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-found'] });

document.addEventListener('close', event => { if (event.target.id === 'palette' && before?.isConnected) before.focus(); }, true);

document.addEventListener('click', event => {
  const at = selector => event.target instanceof Element ? event.target.closest(selector) : null;
  if (at('[data-open-palette]')) openPalette();
  else if (at('[data-close-palette]') || event.target.id === 'palette') closePalette();
  else if (at('.palette-hit')) { before = null; closePalette(); }
  const theme = at('[data-theme-choice]'), letters = at('[data-letters-choice]'), look = at('[data-first-look]');
  if (theme) { globalThis.workbenchTheme.choose(theme.dataset.themeChoice); press(theme); }
  if (letters) { globalThis.workbenchTheme.letters(letters.dataset.lettersChoice === 'on'); press(letters); }
  if (look) globalThis.workbenchTheme.firstLook(document.querySelector('[data-user]')?.dataset.user, look.dataset.firstLook === 'done');
});

function press(button) {
  for (const other of button.parentElement.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button));
}

const places = { q: '/reviews', o: '/overview', a: '/applications', m: '/models', u: '/users', h: '/help' };
let going = 0;

document.addEventListener('keydown', event => {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && find('palette')) {
    event.preventDefault();
    return openPalette();
  }
  if (event.target.id === 'palette-search') return walk(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (document.documentElement.hasAttribute('data-no-letters') || event.target.closest?.('input, select, textarea, dialog, [contenteditable]')) return;
  if (event.key === '?') go('/help');
  else if (event.key === 'g') going = event.timeStamp;
  else if (going && event.timeStamp - going < 1500 && places[event.key]) { event.preventDefault(); go(places[event.key]); going = 0; }
  else going = 0;
});

// Only where the side navigation leads: what a role may not open is not gone to.
function go(href) {
  const link = document.querySelector(`.shell-nav a[href="${href}"], .shell-top a[href="${href}"]`);
  if (link) link.click();
}

function walk(event) {
  const all = hits(), now = all.indexOf(marked());
  const to = { ArrowDown: now + 1, ArrowUp: now - 1 }[event.key];
  if (to !== undefined && all.length > 0) {
    event.preventDefault();
    mark(all[(to + all.length) % all.length]);
  } else if (event.key === 'Enter') {
    event.preventDefault();
    marked()?.click();
  }
}
