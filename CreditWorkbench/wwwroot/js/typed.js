// Keeps what is typed while the connection is away. The browser shows it, but the server never heard of it: when the line is back, it is
// told again; when the session is gone and the page is loaded anew, the fields are filled again.
const key = 'cw-typed', grace = 60_000, longest = 30 * 60_000;
const typed = new Map();
const root = document.documentElement;
let lostAt, telling = false;

const counts = field => field instanceof HTMLElement && field.matches('main input:not([type=file], [type=password]), main select, main textarea');
function note(event) {
  if (telling || !counts(event.target)) return;
  const known = typed.get(event.target) ?? { kinds: new Set() };
  known.kinds.add(event.type);
  known.at = performance.now();
  typed.set(event.target, known);
}
document.addEventListener('input', note, true);
document.addEventListener('change', note, true);

// A line can be dead for a while before anybody notices, so the last minute before counts as well. Telling a value twice changes nothing.
function tell() {
  telling = true;
  for (const [field, { kinds, at }] of typed) {
    if (!field.isConnected) typed.delete(field);
    else if (at >= lostAt - grace) {
      kinds.add('change');
      // A field that somebody still types in tells itself when it is left.
      if (field !== document.activeElement) for (const kind of kinds) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  telling = false;
}

new MutationObserver(() => {
  if (root.hasAttribute('data-offline')) lostAt ??= performance.now();
  else if (lostAt !== undefined) { tell(); lostAt = undefined; }
}).observe(root, { attributes: true, attributeFilter: ['data-offline'] });

const valueOf = field => field.type === 'checkbox' || field.type === 'radio' ? field.checked : field.value;
addEventListener('pagehide', () => {
  if (lostAt === undefined) return;
  const fields = [...typed].filter(([field, { at }]) => field.isConnected && field.id && at >= lostAt - grace).map(([field]) => [field.id, valueOf(field)]);
  if (fields.length > 0) sessionStorage.setItem(key, JSON.stringify({ path: location.pathname + location.search, at: Date.now(), fields }));
});

function fillAgain() {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (!kept) return;
  if (kept.path !== location.pathname + location.search || Date.now() - kept.at > longest) { sessionStorage.removeItem(key); return; }
  const open = new Map(kept.fields);
  const watch = new MutationObserver(fill);
  function fill() {
    if (!document.querySelector('.shell[data-ready]')) return;
    for (const [id, value] of open) {
      const field = document.getElementById(id);
      if (!field || !counts(field)) continue;
      open.delete(id);
      if (valueOf(field) === value) continue;
      if (typeof value === 'boolean') field.checked = value;
      else field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    if (open.size === 0) { watch.disconnect(); sessionStorage.removeItem(key); }
  }
  watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-ready'] });
  fill();
}
fillAgain();
