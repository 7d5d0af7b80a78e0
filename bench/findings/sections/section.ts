/** One claim of the paper: what it says, what was seen in a few sentences, and the figures. */
export interface Section {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
}
