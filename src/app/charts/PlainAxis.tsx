interface PlainFrame {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly height: number;
}

interface PlainAxisProps {
  readonly frame: PlainFrame;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly labels: { readonly x: string; readonly y: string };
}

/** The lower axis with its ticks, at pixels, and the titles of both: that of the other stands above the chart. */
export function PlainAxis({ frame, ticks, labels }: PlainAxisProps) {
  const { left, right, bottom, height } = frame;
  return (
    <g className="chart-axis">
      <line x1={left} x2={right} y1={bottom} y2={bottom} />
      {ticks.map(({ at, text }) => (
        <g key={text} transform={`translate(${at},${bottom})`}>
          <line y2={5} />
          <text y={18} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
      <text className="chart-axis-label" x={(left + right) / 2} y={height - 4} textAnchor="middle">
        {labels.x}
      </text>
      <text className="chart-axis-label" x={4} y={14}>
        {labels.y}
      </text>
    </g>
  );
}

interface PlainGridProps {
  readonly frame: PlainFrame;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** Lines across the chart, with what they stand for. */
export function PlainGrid({ frame: { left, right }, ticks }: PlainGridProps) {
  return (
    <g className="chart-grid">
      {ticks.map(({ at, text }) => (
        <g key={text} transform={`translate(0,${at})`}>
          <line x1={left} x2={right} />
          <text x={left - 8} dy="0.32em" textAnchor="end">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}
