/** The version in package.json, put in by the build. */
declare const __APP_VERSION__: string;

interface Window {
  /** Kept once the browser has painted what index.html shows; see first-paint.ts. */
  readonly firstPaint?: Promise<void>;
}

/** The estimators' help as HTML by id; see build/estimator-help.ts. */
declare module '*.ts?help' {
  const sections: Readonly<Record<string, string>>;
  export default sections;
}

/** Symbols and formulas as HTML by name; see build/formulas.ts. */
declare module '*.json?formulas' {
  const rendered: {
    readonly symbols: Readonly<Record<string, string>>;
    readonly formulas: Readonly<
      Record<string, { readonly html: string; readonly symbols: readonly string[] }>
    >;
  };
  export default rendered;
}
