// What only the browser can do: theme switch, drawer, copy, saving files, the connection bar, search shortcut. Everything is delegated, so it outlives re-renders.
const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

function save(name, type, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// A file that the server has just written into the page; saved when it appears.
class SaveFile extends HTMLElement {
  connectedCallback() { save(this.dataset.name, this.dataset.type, this.dataset.text); }
}
customElements.define('save-file', SaveFile);

// An SVG by itself knows no style sheet: computed paint is written into the copy.
const painted = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'letter-spacing'];
function saveDrawing(id, name) {
  const drawing = [...document.querySelectorAll(`[data-drawing="${CSS.escape(id)}"] svg`)].find(s => s.getBoundingClientRect().width > 0);
  if (!drawing) return;
  const copy = drawing.cloneNode(true), from = drawing.querySelectorAll('*'), to = copy.querySelectorAll('*');
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    to[i].setAttribute('style', painted.map(p => `${p}:${style.getPropertyValue(p)}`).join(';'));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('style', `background:${getComputedStyle(document.documentElement).getPropertyValue('--cw-surface')}`);
  save(`${name}.svg`, 'image/svg+xml', new XMLSerializer().serializeToString(copy));
}

document.addEventListener('click', event => {
  if (closest(event, '[data-theme-toggle]')) globalThis.workbenchTheme.toggle();
  const copy = closest(event, '[data-copy]');
  if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => copy.classList.add('copied'));
  const drawing = closest(event, '[data-save-drawing]');
  if (drawing) saveDrawing(drawing.dataset.saveDrawing, drawing.dataset.name);
  if (closest(event, '[data-print]')) print();
  const reveal = closest(event, '[data-show-password]');
  if (reveal) {
    const input = document.getElementById(reveal.dataset.showPassword);
    input.type = input.type === 'password' ? 'text' : 'password';
    reveal.setAttribute('aria-pressed', String(input.type === 'text'));
  }
  const opened = document.body.classList.contains('nav-open');
  if (closest(event, '.menu-button')) drawer(!opened);
  else if (opened && (!closest(event, '.shell-nav') || closest(event, '.shell-nav a'))) drawer(false);
  for (const floating of document.querySelectorAll('details.help[open], details.user-menu[open]'))
    if (!floating.contains(event.target) || closest(event, '.sheet a')) floating.open = false;
});

document.addEventListener('keydown', event => {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
    const search = document.getElementById('workbench-search');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  }
  if (event.key !== 'Escape') return;
  if (document.body.classList.contains('nav-open')) { drawer(false); document.querySelector('.menu-button')?.focus(); }
  const floating = document.querySelector('details.help[open], details.user-menu[open]');
  if (floating) { floating.open = false; floating.querySelector('summary').focus(); }
});

function drawer(open) {
  document.body.classList.toggle('nav-open', open);
  document.querySelector('.menu-button')?.setAttribute('aria-expanded', String(open));
  if (open) document.querySelector('.shell-nav a')?.focus();
}

// Blazor puts its state as a class on this element; the bar words it, and says so when the connection is back.
function watchConnection() {
  const bar = document.getElementById('components-reconnect-modal');
  if (!bar || bar.dataset.watched) return;
  bar.dataset.watched = 'true';
  const states = { show: 'retrying', retrying: 'retrying', failed: 'failed', rejected: 'rejected', paused: 'retrying' };
  new MutationObserver(() => {
    const name = [...bar.classList].find(c => c.startsWith('components-reconnect-'))?.slice('components-reconnect-'.length);
    const lost = bar.dataset.state && bar.dataset.state !== 'back';
    if (states[name]) bar.dataset.state = states[name];
    else if (name === 'hide' && lost) {
      bar.dataset.state = 'back';
      setTimeout(() => { if (bar.dataset.state === 'back') delete bar.dataset.state; }, 4000);
    }
    document.documentElement.toggleAttribute('data-offline', Boolean(states[name]));
  }).observe(bar, { attributes: true, attributeFilter: ['class'] });
  bar.querySelector('[data-reconnect]')?.addEventListener('click', async () => {
    if (bar.dataset.state === 'rejected' || !await globalThis.Blazor?.reconnect()) location.reload();
  });
}
watchConnection();
globalThis.Blazor?.addEventListener?.('enhancedload', () => { globalThis.workbenchTheme.apply(); watchConnection(); });
