/** Parts of the explorer that are folded away until asked for. */
export const PANELS = [
  'worst',
  'classes',
  'convergence',
  'landscape',
  'table',
  'settings',
  'export',
  'help',
] as const;
export type PanelName = (typeof PANELS)[number];

/** Parts of the page that a link can hide, by the names that it has for them. */
export const PARTS = ['header', 'steps', 'question', 'input', 'noise', 'compare', ...PANELS] as const;
export type PartName = (typeof PARTS)[number];
