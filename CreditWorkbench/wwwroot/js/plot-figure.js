// <plot-figure figure="{json}">: draws a figure with plotly.js, in the colours of the page's theme, and again when either changes.
let loading;
function plotly() {
  if (globalThis.Plotly) return Promise.resolve(globalThis.Plotly);
  loading ??= new Promise((loaded, failed) => {
    const script = document.createElement('script');
    script.src = new URL('lib/plotly/plotly.min.js', document.baseURI).href;
    script.onload = () => loaded(globalThis.Plotly);
    script.onerror = () => failed(new Error('plotly.js did not load'));
    document.head.append(script);
  });
  return loading;
}

// Colours are written as token names ("--cw-c1"); the theme of the moment gives them a value.
function resolved(value, style) {
  if (typeof value === 'string') return value.startsWith('--cw-') ? style.getPropertyValue(value).trim() : value;
  if (Array.isArray(value)) return value.map(v => resolved(v, style));
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolved(v, style)]));
  return value;
}

class PlotFigure extends HTMLElement {
  static observedAttributes = ['figure'];
  connectedCallback() {
    this.theme = new MutationObserver(() => this.draw());
    this.theme.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
    this.draw();
  }
  disconnectedCallback() {
    this.theme?.disconnect();
    if (this.surface) { globalThis.Plotly?.purge(this.surface); this.surface.remove(); this.surface = undefined; }
  }
  attributeChangedCallback() { if (this.isConnected) this.draw(); }
  async draw() {
    const text = this.getAttribute('figure');
    if (!text) return;
    const p = await plotly();
    if (!this.isConnected) return;
    if (!this.surface) { this.surface = document.createElement('div'); this.append(this.surface); }
    const figure = resolved(JSON.parse(text), getComputedStyle(document.documentElement));
    await p.react(this.surface, figure.data, figure.layout, figure.config);
    this.dataset.drawn = String(Number(this.dataset.drawn ?? 0) + 1);
  }
}
customElements.define('plot-figure', PlotFigure);
