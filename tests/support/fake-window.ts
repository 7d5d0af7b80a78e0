/** Import it first: the page's state begins with the settings of the address. */
Object.assign(globalThis, {
  window: { location: { search: '', origin: 'https://probust.test', pathname: '/' } },
});
