/** Parts of the page that a link can hide, by the names that it has for them. */
export const PARTS = [
  'header',
  'steps',
  'question',
  'input',
  'noise',
  'worst',
  'compare',
  'classes',
  'convergence',
  'landscape',
  'table',
  'settings',
  'export',
  'help',
] as const;
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
] as const satisfies readonly (typeof PARTS)[number][];
export type PanelName = (typeof PANELS)[number];

export type PartName = (typeof PARTS)[number];
