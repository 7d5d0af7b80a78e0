import rendered from './formulas.json?formulas';
import { lessonStrings } from './strings';

export type SymbolName = keyof typeof lessonStrings.symbolWords;

export const symbolHtml = (name: SymbolName): string => rendered.symbols[name] ?? '';
export const formulaOf = (name: string) => rendered.formulas[name];

export const isSymbol = (name: string): name is SymbolName => name in lessonStrings.symbolWords;
