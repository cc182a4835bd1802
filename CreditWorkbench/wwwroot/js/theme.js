// Loaded before the first paint: puts the chosen theme on <html>, so that no page flashes in the other one; so too the choice of letter keys and what was already looked at.
(() => {
  const root = document.documentElement;
  const cookie = name => new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1];
  const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax`; };
  const chosen = () => ['dark', 'light'].find(theme => theme === cookie('cw-theme'));
  const preferred = matchMedia('(prefers-color-scheme: dark)');
  const paper = matchMedia('print');
  const apply = () => {
    root.classList.toggle('dark', !paper.matches && (chosen() ?? (preferred.matches ? 'dark' : 'light')) === 'dark');
    root.toggleAttribute('data-no-letters', cookie('cw-letters') === 'off');
  };
  // The first look of a person who has closed it is hidden by a rule, so that it never flashes.
  const looked = () => { try { return JSON.parse(localStorage.getItem('cw-first-look') ?? '[]').filter(id => /^[0-9a-f-]{36}$/.test(id)); } catch { return []; } };
  const hide = () => {
    let sheet = document.getElementById('looked-at');
    if (!sheet) document.head.append(sheet = Object.assign(document.createElement('style'), { id: 'looked-at' }));
    sheet.textContent = looked().map(id => `.shell[data-user="${id}"] .first-look { display: none; }`).join('\n');
  };
  apply();
  hide();
  preferred.addEventListener('change', apply);
  // Paper is white, whatever the screen is.
  paper.addEventListener('change', apply);
  globalThis.workbenchTheme = {
    apply() { apply(); hide(); },
    toggle() { this.choose(root.classList.contains('dark') ? 'light' : 'dark'); },
    choose(theme) { keep('cw-theme', theme === 'system' ? '' : theme); apply(); },
    letters(on) { keep('cw-letters', on ? '' : 'off'); apply(); },
    firstLook(user, done) {
      const others = looked().filter(id => id !== user);
      try { localStorage.setItem('cw-first-look', JSON.stringify(done && user ? [...others, user].slice(-20) : others)); } catch { /* shown again next time */ }
      hide();
    },
  };
})();
