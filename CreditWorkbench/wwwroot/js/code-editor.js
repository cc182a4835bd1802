// A plain text area with line numbers beside it. Files are larger than one message of the connection, so the server reads the text as a stream.
const pause = 350;

export function mount(area, page) {
  const gutter = area.parentElement.querySelector('.editor-gutter');
  let waiting, marked = new Map();
  const number = () => {
    const lines = area.value.split('\n').length;
    const now = [];
    for (let line = 1; line <= lines; line++) now.push(`<i class="${marked.get(line) ?? ''}">${line}</i>`);
    gutter.innerHTML = now.join('');
    gutter.scrollTop = area.scrollTop;
  };
  const tell = () => { clearTimeout(waiting); waiting = setTimeout(() => page.invokeMethodAsync('TextChangedAsync').catch(() => {}), pause); };
  area.addEventListener('input', () => { number(); tell(); });
  area.addEventListener('scroll', () => { gutter.scrollTop = area.scrollTop; });
  area.addEventListener('keydown', event => {
    // Tab leaves the field, as everywhere; two spaces come with Ctrl+].
    if (event.key === ']' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); document.execCommand('insertText', false, '  '); }
  });
  number();
  return {
    text: () => new Blob([area.value]),
    write(text) { area.value = text; number(); },
    mark(errors, warnings) {
      marked = new Map([...warnings.map(line => [line, 'warned']), ...errors.map(line => [line, 'faulty'])]);
      number();
    },
    go(line) {
      const lines = area.value.split('\n'), from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
      area.focus();
      area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
      const height = parseFloat(getComputedStyle(area).lineHeight);
      area.scrollTop = Math.max(0, (line - 1) * height - area.clientHeight / 3);
    },
    dispose() { clearTimeout(waiting); },
  };
}
