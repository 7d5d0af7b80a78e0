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
export type PartName = (typeof PARTS)[number];
