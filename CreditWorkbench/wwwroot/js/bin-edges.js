// <bin-edges>: handles on an axis of rows. A drag snaps to the steps of the ladder and stops before its neighbours; the server works out the rest.
class BinEdges extends HTMLElement {
  connectedCallback() { this.addEventListener('pointerdown', event => this.take(event)); }

  get shares() { return JSON.parse(this.dataset.shares); }

  take(event) {
    const handle = event.target.closest?.('.bin-edge');
    if (!handle || handle.disabled || this.dataset.disabled || event.button > 0) return;
    const shares = this.shares, box = this.getBoundingClientRect();
    const from = box.left + box.width * Number(this.dataset.left) / 100, width = box.width * Number(this.dataset.width) / 100;
    const edge = Number(handle.dataset.edge), before = this.querySelector(`[data-edge="${edge - 1}"]`), after = this.querySelector(`[data-edge="${edge + 1}"]`);
    const low = before ? Number(before.dataset.step) + 1 : 0, high = after ? Number(after.dataset.step) - 1 : shares.length - 1;
    const start = handle.style.left;
    let step = null;
    const move = drag => {
      const share = (drag.clientX - from) / width;
      let near = Math.min(Math.max(low, 0), shares.length - 1);
      for (let i = low; i <= high; i++) if (Math.abs(shares[i] - share) < Math.abs(shares[near] - share)) near = i;
      step = near;
      handle.style.left = `${Number(this.dataset.left) + Number(this.dataset.width) * shares[near]}%`;
    };
    const end = drop => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
      handle.classList.remove('dragging');
      const moved = drop.type === 'pointerup' && step !== null && step !== Number(handle.dataset.step) && low <= high;
      if (!moved) { handle.style.left = start; return; }
      this.value = `${edge}:${step}`;
      this.dispatchEvent(new Event('change', { bubbles: true }));
    };
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    handle.classList.add('dragging');
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  }
}
customElements.define('bin-edges', BinEdges);
