// Runs before anything is painted: what the link says of the page's look holds from the first picture on.
(() => {
  const link = new URLSearchParams(window.location.search);
  const root = document.documentElement;
  const theme = link.get('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (link.get('text') === 'large') root.dataset.text = 'large';
  const hidden = (link.get('hide') ?? '').split('.');
  if (link.has('embed') || hidden.includes('header')) root.dataset.shell = 'none';
})();
