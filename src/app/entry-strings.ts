/** What is said where nothing else of the page could be loaded. */
export const entryStrings = {
  notLoaded: 'The page could not be loaded whole: the connection may be down.',
  reload: 'Reload the page',
} as const;
