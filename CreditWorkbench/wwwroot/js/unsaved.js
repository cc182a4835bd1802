// Pages that the server renders alone (the own account): whoever leaves with something typed in a form marked data-unsaved is asked first.
const touched = new Set();
const open = () => [...touched].some(form => form.isConnected);
const form = event => event.target instanceof Element ? event.target.closest('form[data-unsaved]') : null;

document.addEventListener('input', event => {
  const at = form(event);
  if (!at) return;
  if ([...at.elements].some(field => field.type !== 'hidden' && field.value && field.value !== field.defaultValue)) touched.add(at); else touched.delete(at);
});
document.addEventListener('submit', () => touched.clear(), true);
addEventListener('beforeunload', event => { if (open()) event.preventDefault(); });
// Links are followed without a reload, so the browser does not ask by itself.
document.addEventListener('click', event => {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!link || link.hash && link.pathname === location.pathname || event.ctrlKey || event.metaKey || !open()) return;
  const asked = [...touched].find(each => each.isConnected);
  if (confirm(asked.dataset.unsaved)) touched.clear();
  else { event.preventDefault(); event.stopImmediatePropagation(); }
}, true);
