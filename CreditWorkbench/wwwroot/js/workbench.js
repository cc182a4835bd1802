// What only the browser can do: theme switch, drawer, copy, saving files, the connection bar. Everything is delegated, so it outlives re-renders.
const floats = 'details.help[open], details.user-menu[open], details.pop[open]';
const closest = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

function saveAddress(name, href) {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}
function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  saveAddress(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// A file that the server has just written into the page; saved when it appears.
class SaveFile extends HTMLElement {
  connectedCallback() { save(this.dataset.name, this.dataset.type, this.dataset.text); }
}
customElements.define('save-file', SaveFile);

// After a move to another page the focus goes to its heading, as soon as that is there, unless the reader has put it elsewhere in the page.
class PageArrival extends HTMLElement {
  static observedAttributes = ['page'];
  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === null || before === now) return;
    this.disconnectedCallback();
    this.watch = new MutationObserver(() => this.arrive());
    this.watch.observe(document.body, { childList: true, subtree: true });
    queueMicrotask(() => this.arrive());
  }
  disconnectedCallback() { this.watch?.disconnect(); }
  arrive() {
    const elsewhere = document.activeElement?.closest('main');
    const heading = document.querySelector('main h1');
    if (!elsewhere && !heading) return;
    this.disconnectedCallback();
    if (elsewhere) return;
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    heading.focus();
  }
}
customElements.define('page-arrival', PageArrival);

// An SVG by itself knows no style sheet: computed paint is written into the copy.
const painted = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'paint-order', 'letter-spacing'];
function styledCopy(drawing) {
  const copy = drawing.cloneNode(true), from = drawing.querySelectorAll('*'), to = copy.querySelectorAll('*');
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    to[i].setAttribute('style', painted.map(p => `${p}:${style.getPropertyValue(p)}`).join(';'));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('style', `background:${surface()}`);
  return new XMLSerializer().serializeToString(copy);
}
const surface = () => getComputedStyle(document.documentElement).getPropertyValue('--cw-surface').trim();

// Twice the size on screen, so that a picture stays sharp in a document.
async function picture(svg, width, height) {
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svg);
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: width * 2, height: height * 2 });
  const paper = canvas.getContext('2d');
  paper.fillStyle = surface();
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png');
}

async function saveDrawing(id, name, format) {
  const frame = document.querySelector(`[data-drawing="${CSS.escape(id)}"]`);
  const plot = frame?.querySelector('plot-figure');
  if (plot?.surface) return saveAddress(`${name}.${format}`, await globalThis.Plotly.toImage(plot.surface, { format, scale: format === 'png' ? 2 : 1 }));
  const drawing = [...frame?.querySelectorAll('svg') ?? []].find(s => s.getBoundingClientRect().width > 0);
  if (!drawing) return;
  const { width, height } = drawing.viewBox.baseVal, svg = styledCopy(drawing);
  if (format === 'png') saveAddress(`${name}.png`, await picture(svg, width, height));
  else save(`${name}.svg`, 'image/svg+xml', svg);
}

document.addEventListener('click', event => {
  if (closest(event, '[data-theme-toggle]')) globalThis.workbenchTheme.toggle();
  const copy = closest(event, '[data-copy]');
  if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => copy.classList.add('copied'));
  const drawing = closest(event, '[data-save-drawing]');
  if (drawing) saveDrawing(drawing.dataset.saveDrawing, drawing.dataset.name, drawing.dataset.format ?? 'svg');
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
  for (const floating of document.querySelectorAll(floats))
    if (!floating.contains(event.target) || closest(event, '.sheet a, .sheet .menu-line')) floating.open = false;
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  if (document.body.classList.contains('nav-open')) { drawer(false); document.querySelector('.menu-button')?.focus(); }
  const floating = document.querySelector(floats);
  if (floating) { floating.open = false; floating.querySelector('summary').focus(); }
});

function drawer(open) {
  document.body.classList.toggle('nav-open', open);
  document.querySelector('.menu-button')?.setAttribute('aria-expanded', String(open));
  if (open) document.querySelector('.shell-nav a')?.focus();
}

// What needs the line is not asked for while there is none, by mouse or key.
document.addEventListener('click', event => {
  if (!document.documentElement.hasAttribute('data-offline') || !closest(event, '.needs-connection')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// Blazor puts its state as a class on this element; the bar words it, and says so when the connection is back.
function watchConnection() {
  const bar = document.getElementById('components-reconnect-modal');
  if (!bar || bar.dataset.watched) return;
  bar.dataset.watched = 'true';
  const states = { show: 'retrying', retrying: 'retrying', failed: 'failed', rejected: 'rejected', paused: 'retrying' };
  new MutationObserver(() => {
    const name = [...bar.classList].find(c => c.startsWith('components-reconnect-'))?.slice('components-reconnect-'.length);
    const lost = bar.dataset.state && bar.dataset.state !== 'back';
    // Somebody who reconnects by hand ends Blazor's own tries; it then says that they failed, though the line is up.
    if (name === 'failed' && !lost) return;
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
