import { CATALOGUE } from '../estimators/catalogue';
import { shortHash } from './provenance';
import type { SweepResult } from './sweep-result';

export interface Citation {
  /** One sentence for a list of references. */
  readonly text: string;
  /** Entries for the sweep and for the theory. */
  readonly bibtex: string;
}

const THEORY = `@inproceedings{han2024characterizing,
  title = {Characterizing Data Point Vulnerability via Average-Case Robustness},
  author = {Han, Tessa and Srinivas, Suraj and Lakkaraju, Himabindu},
  booktitle = {Uncertainty in Artificial Intelligence (UAI)},
  year = {2024},
  eprint = {2307.13885},
  archivePrefix = {arXiv}
}`;

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Text as TeX prints it, whatever a model is called. */
export function escapeTex(text: string): string {
  return text.replace(/[\\~^&%$#_{}]/g, (character) => ESCAPED[character] ?? `\\${character}`);
}

/** A URL between braces, where only a brace or backslash could do harm. */
const escapeUrl = (url: string): string => url.replace(/[{}\\]/g, encodeURIComponent);

/**
 * How to cite a sweep: version, seed, and model and image by their SHA-256.
 * @param link brings the sweep back, but for a picture that is not a sample @param date when it was looked at
 */
export function cite(result: SweepResult, link: string, date: Date): Citation {
  const { app, model, image, seed, sigmas, target, estimates, backend } = result;
  const names = CATALOGUE.filter(({ id }) => id in estimates).map(({ name }) => name);
  const [low, high] = [Math.min(...sigmas), Math.max(...sigmas)].map((sigma) => Number(sigma.toPrecision(3)));
  const day = date.toISOString().slice(0, 10);
  const what = `average-case robustness of ${model.id} at one image, class ${target.label}`;
  const how = `noise radii ${low} to ${high}, ${names.join(', ')}; seed ${seed}; backend ${backend}`;
  const hashes = `model SHA-256 ${model.sha256}, image SHA-256 ${image.sha256}`;
  return {
    text: `Probust ${app}: ${what}; ${how}; ${hashes}. ${link} (${day}).`,
    bibtex: `@misc{probust-${shortHash(model.sha256)}-${shortHash(image.sha256)}-${seed},
  title = {${escapeTex(`A${what.slice(1)}`)}},
  author = {{Probust ${escapeTex(app)}}},
  year = {${day.slice(0, 4)}},
  note = {${escapeTex(`${how}; ${hashes}`)}},
  url = {${escapeUrl(link)}},
  urldate = {${day}}
}

${THEORY}
`,
  };
}
