import type { CSSProperties, HTMLAttributes, ReactNode } from 'react';
import styles from './Legend.module.css';

/** `curve` and `other-curve` are lines with points: solid, and dashed and hollow. */
type SwatchKind = 'line' | 'dashed' | 'dotted' | 'dot' | 'bar' | 'tick' | 'curve' | 'other-curve';

interface SwatchProps {
  readonly kind: SwatchKind;
  /** A CSS colour; by default `--colour` where something around sets it, else that of the text. */
  readonly colour?: string;
  /** Within a line of text, before the name. */
  readonly isInText?: boolean;
}

/** A sample of what is drawn, beside its name. */
export function Swatch({ kind, colour, isInText = false }: SwatchProps) {
  const style = colour === undefined ? undefined : ({ '--colour': colour } as CSSProperties);
  return (
    <span
      className={styles.swatch}
      data-kind={kind}
      data-is-in-text={isInText}
      style={style}
      aria-hidden="true"
    />
  );
}

interface LegendItem {
  /** Unique within the legend. */
  readonly key: string;
  readonly mark: ReactNode;
  readonly text: ReactNode;
  /** Further attributes of the item, such as what highlights it. */
  readonly attributes?: HTMLAttributes<HTMLLIElement>;
}

interface LegendProps {
  readonly items: readonly LegendItem[];
  /** Names stand out where the legend is the only place for them. */
  readonly isStrong?: boolean;
}

/** What the marks of a chart stand for. */
export function Legend({ items, isStrong = false }: LegendProps) {
  return (
    <ul className={styles.legend} data-is-strong={isStrong}>
      {items.map(({ key, mark, text, attributes }) => (
        <li key={key} {...attributes}>
          {mark}
          {text}
        </li>
      ))}
    </ul>
  );
}
