import { lessonStrings } from './strings';
import { type SymbolName, symbolHtml } from './symbols';

/** A symbol within a sentence or beside a formula; `SymbolTooltip` explains it when it is pointed at, focused or tapped. */
export function SymbolButton({ name }: { readonly name: SymbolName }) {
  return (
    <button type="button" className="symbol" data-symbol={name}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own TeX, made into HTML by the build. */}
      <span aria-hidden="true" dangerouslySetInnerHTML={{ __html: symbolHtml(name) }} />
      <span className="visually-hidden">{lessonStrings.symbolWords[name]}</span>
    </button>
  );
}
