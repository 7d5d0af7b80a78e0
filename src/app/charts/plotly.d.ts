/** What is used of plotly.js. */
declare module 'plotly.js-gl3d-dist-min' {
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
