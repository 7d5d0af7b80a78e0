import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectFolder } from '../../src/node/engine';
import { mean } from '../../src/statistics';
import { environment } from '../support/environment';
import { type ClassSpread, classSpread } from './classes';
import { toDocument } from './document';
import { GALLERIES, writeGallery } from './galleries';
import { type Looks, looks } from './looks';
import { type Measurements, middleRadius } from './measure';
import { classesSvg } from './pictures/classes';
import { effectsSvg } from './pictures/effects';
import { type ErrorPoint, errorsSvg } from './pictures/errors';
import { scatterSvg } from './pictures/scatter';
import { type Strip, stripsSvg } from './pictures/strips';
import { standings } from './proxy';
import { ANALYTICAL, comparisons, floorOf } from './regularised';
import { caseSets, ownPicturesOn, type Part, survey } from './results';
import { classesSection } from './sections/classes';
import { looksSection } from './sections/looks';
import { robustSection } from './sections/robust';
import { isMiddle, type Judged, softmaxSection } from './sections/softmax';
import { vulnerableSection } from './sections/vulnerable';
import { vulnerablePoints } from './vulnerable';

const DOCS = join(projectFolder, 'docs');

const isDefined = <Value>(value: Value | undefined): value is Value => value !== undefined;

/** What belongs together by a key, in order of appearance. */
function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

function errorPoint({ set, standings: found }: Judged): ErrorPoint {
  const errors = ANALYTICAL.map((id) => [id, found.find((standing) => standing.id === id)?.difference]);
  return {
    model: set.subject.card.id,
    meanP: mean(set.p),
    floor: floorOf(set),
    errors: Object.fromEntries(errors) as ErrorPoint['errors'],
  };
}

const stripOf = (part: Part, known: Measurements): Strip => ({
  title: `${part.subject.card.id}, σ ${middleRadius(part.subject)?.sigma}`,
  shape: part.images.shape,
  pictures: ownPicturesOn(part, known),
});

export interface Run {
  readonly parts: readonly Part[];
  /** Bundled models for whose data sets there were no files. */
  readonly leftOut: readonly string[];
  readonly command: string;
}

/** The document of all that was measured; with `write` it and its pictures go to docs/. Galleries are written always. */
export function publish({ parts, leftOut, command }: Run, known: Measurements, write: boolean): string {
  const pictures = new Map<string, string>();
  const picture = (name: string, alt: string, svg: string): string => {
    pictures.set(`findings-${name}.svg`, svg);
    return `![${alt}](images/findings-${name}.svg)`;
  };

  const sets = parts.flatMap((part) => caseSets(part, known));
  const judged = sets.map((set): Judged => {
    console.error(`judging ${set.subject.card.id} at ${set.radius.sigma}`);
    return { set, standings: standings(set) };
  });
  const surveyed = parts.map((part) => ({ part, found: survey(part, known) }));
  for (const { part, found } of surveyed) if (found !== undefined) writeGallery(part, found);
  const surveys = surveyed.map(({ found }) => found).filter(isDefined);

  const scatters = Array.from(
    groupBy(sets.filter(isMiddle), ({ subject }) => subject.dataset.id),
    ([id, own]) =>
      picture(`softmax-${id}`, `Softmax and estimators against sampling, models for ${id}`, scatterSvg(own)),
  );
  const robust = comparisons(sets);
  const compared = new Set(robust.flatMap((each) => [each.ordinary, each.robust]));
  const families = groupBy(
    judged.filter(({ set }) => compared.has(set.subject.card.id) && set.radius.basis === 'matched'),
    ({ set }) => set.subject.ordinary,
  );
  const errors = errorsSvg(new Map(Array.from(families, ([id, own]) => [id, own.map(errorPoint)])));
  const spreads = surveys.map((each) => {
    console.error(`classes of ${each.subject.card.id}`);
    return classSpread(each);
  });
  const measuredSpreads = spreads.filter(isDefined) as ClassSpread[];
  const seen = surveys.map((each): Looks => {
    console.error(`looks on ${each.subject.card.id}`);
    return looks(each);
  });
  const bySet = [...groupBy(seen, ({ subject }) => subject.dataset.id).values()];
  const strips = Array.from(
    groupBy(
      parts.filter(({ subject }) => compared.has(subject.card.id)),
      ({ subject }) => subject.dataset.id,
    ),
    ([id, own]) =>
      picture(
        `own-${id}`,
        `Pictures of this project by p_robust, models for ${id}`,
        stripsSvg(own.map((part) => stripOf(part, known))),
      ),
  );

  const sections = [
    softmaxSection(judged, surveys, scatters),
    robustSection(
      robust,
      robust.length === 0 ? '' : picture('errors', 'Mean absolute error against mean p_robust', errors),
    ),
    classesSection(
      measuredSpreads,
      picture('classes', 'Mean p_robust of each class', classesSvg(measuredSpreads)),
    ),
    looksSection(
      bySet,
      {
        effects: picture('looks', 'Features at low and high p_robust', effectsSvg(bySet)),
        strips,
      },
      relative(projectFolder, GALLERIES),
    ),
    vulnerableSection(vulnerablePoints(surveys, sets)),
  ];
  const text = toDocument(parts, sections, judged, {
    command,
    leftOut,
    date: new Date().toISOString().slice(0, 10),
    environment: environment(undefined, undefined),
  });
  if (write) {
    writeFileSync(join(DOCS, 'findings.md'), text);
    for (const [name, svg] of pictures) writeFileSync(join(DOCS, 'images', name), svg);
  }
  return text;
}
