// What a table needs of the browser: its memory, and moving between rows by key.

// <table-memory data-key data-value>: keeps data-value per person and table, and hands what it kept to the server when it appears.
class TableMemory extends HTMLElement {
  static observedAttributes = ['data-value'];
  get key() { return `cw-table:${document.querySelector('[data-user]')?.dataset.user ?? ''}:${this.dataset.key}`; }
  connectedCallback() {
    const kept = read(this.key);
    if (!kept || kept === this.dataset.value) return;
    this.value = kept;
    queueMicrotask(() => this.dispatchEvent(new Event('change', { bubbles: true })));
  }
  attributeChangedCallback(name, before, now) {
    if (before !== null && this.isConnected) write(this.key, now);
  }
}
function read(key) { try { return localStorage.getItem(key); } catch { return null; } }
function write(key, value) {
  try { if (value) localStorage.setItem(key, value); else localStorage.removeItem(key); } catch { /* a browser that keeps nothing still shows the table */ }
}
customElements.define('table-memory', TableMemory);

const typing = target => target instanceof Element && target.closest('input, select, textarea, [contenteditable]');
const steps = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const letters = key => key.length > 1 || !document.documentElement.hasAttribute('data-no-letters');

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  const row = event.target instanceof Element ? event.target.closest('table[data-rows] tbody tr') : null;
  if (!row) return;
  const rows = [...row.parentElement.children];
  const to = event.key in steps && letters(event.key) ? rows[rows.indexOf(row) + steps[event.key]] : event.key === 'Home' ? rows[0] : event.key === 'End' ? rows.at(-1) : null;
  if (to) {
    event.preventDefault();
    focusRow(to);
  } else if (event.target === row && event.key === 'Enter') row.querySelector('[data-open], a[href], button')?.click();
  else if (event.target === row && event.key === ' ') {
    event.preventDefault();
    row.querySelector('[data-select], input[type=checkbox], input[type=radio]')?.click();
  }
});

// One row of a table is a stop of the tab key: the one that was last gone to.
function focusRow(row) {
  for (const other of row.parentElement.children) other.tabIndex = other === row ? 0 : -1;
  row.focus();
}
