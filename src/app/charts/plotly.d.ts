/** What is used of plotly.js's bundle for figures in space. The package has no types, and `@types/plotly.js` none of surfaces. */
declare module 'plotly.js/dist/plotly-gl3d.min.js' {
  export interface PlotlyFigure {
    readonly data: readonly object[];
    readonly layout: object;
    readonly config?: object;
  }
  export interface PlotlyElement extends HTMLElement {
    on(name: string, listener: (event: Record<string, unknown>) => void): void;
  }
  interface Plotly {
    react(
      element: HTMLElement,
      data: readonly object[],
      layout: object,
      config: object,
    ): Promise<PlotlyElement>;
    relayout(element: HTMLElement, change: object): Promise<unknown>;
    purge(element: HTMLElement): void;
    toImage(
      figure: PlotlyFigure,
      options: { format: 'png'; width: number; height: number; scale: number },
    ): Promise<string>;
  }
  const plotly: Plotly;
  export default plotly;
}
