/** The version in package.json, put in by the build. */
declare const __APP_VERSION__: string;

/** Sections of a Markdown text as HTML by id; see build/estimator-help.ts. */
declare module '*.md?help' {
  const sections: Readonly<Record<string, string>>;
  export default sections;
}
