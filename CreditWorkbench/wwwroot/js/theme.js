// Loaded before the first paint: puts the chosen theme on <html>, so that no page flashes in the other one.
(() => {
  const root = document.documentElement;
  const chosen = () => /(?:^|; )cw-theme=(dark|light)/.exec(document.cookie)?.[1];
  const preferred = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => root.classList.toggle('dark', (chosen() ?? (preferred.matches ? 'dark' : 'light')) === 'dark');
  apply();
  preferred.addEventListener('change', apply);
  globalThis.workbenchTheme = {
    apply,
    toggle() {
      const next = root.classList.contains('dark') ? 'light' : 'dark';
      document.cookie = `cw-theme=${next}; path=/; max-age=31536000; samesite=lax`;
      apply();
    },
  };
})();
