// Runs before anything is painted: what the link says of the page's look holds from the first picture on, and the files
// of the view that it names are fetched beside the page's own.
(() => {
  const link = new URLSearchParams(window.location.search);
  const root = document.documentElement;
  const theme = link.get('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (link.get('text') === 'large') root.dataset.text = 'large';
  const hidden = (link.get('hide') ?? '').split('.');
  const isEmbedded = link.has('embed');
  const files = JSON.parse(document.currentScript?.dataset.files ?? '{}');
  const fetchFiles = () => {
    for (const file of files[isEmbedded ? 'embed' : (link.get('view') ?? 'explore')] ?? files.explore ?? []) {
      const preload = document.createElement('link');
      if (file.endsWith('.css')) {
        preload.rel = 'preload';
        preload.as = 'style';
        // As the page asks for it later; else it is fetched twice.
        preload.crossOrigin = '';
      } else preload.rel = 'modulepreload';
      // Painting needs none of them.
      preload.fetchPriority = 'low';
      preload.href = `./${file}`;
      document.head.append(preload);
    }
  };
  // After the files that index.html itself asks for.
  document.addEventListener('readystatechange', fetchFiles, { once: true });
  if (isEmbedded || hidden.includes('header')) root.dataset.shell = 'none';
})();
