// Tabs that do not fit scroll sideways; the current one is never out of sight.
const current = new WeakMap();

function show() {
  for (const tabs of document.querySelectorAll('.tabs')) {
    const tab = tabs.querySelector('[aria-current]');
    if (!tab || current.get(tabs) === tab) continue;
    current.set(tabs, tab);
    const [frame, box] = [tabs.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (box.left < frame.left || box.right > frame.right) tabs.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
  }
}

new MutationObserver(show).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-current'] });
show();
