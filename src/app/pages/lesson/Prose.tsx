import { Fragment } from 'react';
import { SymbolButton } from './SymbolButton';
import type { SymbolName } from './symbols';

const PARTS = /(\{\w+\}|\*\*[^*]+\*\*)/;

/** A sentence in which {name} is a symbol that explains itself, and **words** are strong. */
export function Prose({ text }: { readonly text: string }) {
  return text.split(PARTS).map((part, i) => {
    if (part.startsWith('{')) {
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed sentence
      return <SymbolButton key={i} name={part.slice(1, -1) as SymbolName} />;
    }
    if (part.startsWith('**')) {
      // biome-ignore lint/suspicious/noArrayIndexKey: the same
      return <strong key={i}>{part.slice(2, -2)}</strong>;
    }
    // biome-ignore lint/suspicious/noArrayIndexKey: the same
    return <Fragment key={i}>{part}</Fragment>;
  });
}
