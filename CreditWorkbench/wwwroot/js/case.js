// Keys of the review: D goes to the decision. Keys of the queue: C claims the row that has the focus, N claims the next free case; J or the arrow down enters the table.
// Single letters act outside inputs only, and not where the person has switched them off.
const typing = target => target instanceof Element && target.closest('input, select, textarea, [contenteditable], dialog');

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target)) return;
  const letters = !document.documentElement.hasAttribute('data-no-letters');
  const verdict = document.querySelector('[data-verdict]:checked');
  if (letters && verdict && event.key.toLowerCase() === 'd') { event.preventDefault(); verdict.focus(); }
  const queue = document.querySelector('[data-queue]');
  if (!queue) return;
  const row = event.target instanceof Element ? event.target.closest('table[data-rows] tbody tr') : null;
  const press = button => { if (button && !button.disabled) { event.preventDefault(); button.click(); } };
  if (letters && row && event.key.toLowerCase() === 'c') press(row.querySelector('[data-claim]'));
  else if (letters && event.key.toLowerCase() === 'n') press(queue.querySelector('[data-claim-next]'));
  else if (!row && event.target === document.body && (event.key === 'ArrowDown' || (letters && event.key.toLowerCase() === 'j'))) {
    const first = queue.querySelector('table[data-rows] tbody tr');
    if (first) { event.preventDefault(); first.focus(); }
  }
});
