/** The mark of a class, told apart by shape as well as by colour. @param r half its size */
export function ClassMark({
  k,
  x,
  y,
  r,
}: {
  readonly k: number;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}) {
  const className = `class-mark class-${k}`;
  if (k === 0) return <circle className={className} cx={x} cy={y} r={r} />;
  if (k === 1)
    return <rect className={className} x={x - r * 0.9} y={y - r * 0.9} width={1.8 * r} height={1.8 * r} />;
  const d = `M${x},${y - 1.2 * r} l${1.1 * r},${2 * r} h${-2.2 * r} z`;
  return <path className={className} d={d} />;
}

/** A noisy copy: the mark of its class, or a cross where it is another one than asked for. */
export function CopyMark({ x, y, lost }: { readonly x: number; readonly y: number; readonly lost: boolean }) {
  if (!lost) return <circle className="copy-kept" cx={x} cy={y} r={2.4} />;
  const s = 3.2;
  return (
    <path
      className="copy-lost"
      d={`M${x - s},${y - s} l${2 * s},${2 * s} m0,${-2 * s} l${-2 * s},${2 * s}`}
    />
  );
}
