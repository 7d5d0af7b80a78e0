// Runs before anything is painted, from within index.html, where build/first-paint.ts puts it: what the link says of the
// page's look holds from the first picture on. Once that is painted, the files of the view that it names are fetched beside
// the page's own.
{
  /** In milliseconds from the first frame, should the browser not say what it paints. */
  const LATEST = 300;

  const link = new URLSearchParams(window.location.search);
  const root = document.documentElement;
  const theme = link.get('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (link.get('text') === 'large') root.dataset.text = 'large';
  const hidden = (link.get('hide') ?? '').split('.');
  const isEmbedded = link.has('embed');
  if (isEmbedded || hidden.includes('header')) root.dataset.shell = 'none';

  const files: Readonly<Record<string, readonly string[]>> = JSON.parse(
    document.currentScript?.dataset.files ?? '{}',
  );
  const fetchFiles = () => {
    for (const file of files[isEmbedded ? 'embed' : (link.get('view') ?? 'explore')] ?? files.explore ?? []) {
      const preload = document.createElement('link');
      if (file.endsWith('.css')) {
        preload.rel = 'preload';
        preload.as = 'style';
        // As the page asks for it later; else it is fetched twice.
        preload.crossOrigin = '';
      } else preload.rel = 'modulepreload';
      preload.href = `./${file}`;
      document.head.append(preload);
    }
  };
  const firstPaint = new Promise<void>((resolve) => {
    // A tab in the background paints nothing.
    if (document.hidden) resolve();
    new PerformanceObserver(() => resolve()).observe({ type: 'paint' });
    requestAnimationFrame(() => setTimeout(resolve, LATEST));
  });
  Object.assign(window, { firstPaint });
  void firstPaint.then(fetchFiles);
}
