import { SymbolButton } from './SymbolButton';
import { lessonStrings } from './strings';
import { formulaOf, isSymbol } from './symbols';

/** A formula, and its symbols in a row for keyboard and touch. */
export function Formula({ name }: { readonly name: string }) {
  const formula = formulaOf(name);
  if (formula === undefined) return null;
  return (
    <div className="formula">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own TeX, made into HTML by the build. */}
      <div className="formula-body" dangerouslySetInnerHTML={{ __html: formula.html }} />
      <p className="formula-symbols">
        <span>{lessonStrings.symbols}</span>
        {formula.symbols.filter(isSymbol).map((symbol) => (
          <SymbolButton key={symbol} name={symbol} />
        ))}
      </p>
    </div>
  );
}
