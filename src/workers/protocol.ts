/** Everything that crosses between the page and its workers. Plain data; typed arrays are copied or transferred. */
export type * from './protocol/batch';
export type * from './protocol/engine';
export type * from './protocol/explain';
export type * from './protocol/images';
export type * from './protocol/models';
export type * from './protocol/sweep';
