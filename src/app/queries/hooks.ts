import { useContext, useMemo } from 'react';
import type { Certificate } from '../../estimators/certify';
import type { ClassReading } from '../../estimators/classes/reading';
import { joined, useNotified } from '../state/gate';
import type { Series } from '../state/question';
import { useStore } from '../state/store';
import { type Adversary, adversaryQuery } from './adversary';
import { certificateQuery } from './certificate';
import { classesQuery } from './classes';
import { type ClassifiedCopies, copiesQuery, SHOWN_COPIES, shownCopies } from './copies';
import type { Estimates } from './estimates-at';
import { type Margin, marginQuery } from './margin';
import { normalsQuery } from './normals';
import type { Query } from './query';
import { betweenRadii, radiusQuery } from './radius';
import { questionNow, SeriesContext, useQuestion } from './series';
import { type Sweep, sweepQuery } from './sweep';
import { type TargetQuestion, withTarget } from './target-question';
import { useObserved, useQuery } from './use-query';

const isOver = ({ status }: Sweep): boolean => status === 'done' || status === 'failed';

/** Selects from the sweep of the curve around, or of the one that is named, and asks for it. The compared one comes second. */
export function useSweep<T>(select: (sweep: Sweep) => T, series?: Series): T {
  const question = useQuestion(series);
  const main = useQuestion('main');
  const mayStart = useQuery(sweepQuery, main, isOver);
  const isMain = question === null || question.series === 'main';
  const isEnabled = isMain || mayStart || sweepQuery.isObserved(question);
  return useQuery(sweepQuery, question, select, isEnabled);
}

/** What is known of a curve at its radii and at the selected one; nothing is asked for. */
function estimatesNow(series: Series): Estimates {
  const question = questionNow(series);
  return {
    question,
    sweep: sweepQuery.read(question),
    atRadius: radiusQuery.read(betweenRadii(question)),
  };
}

const subscribeToEstimates = joined(useStore.subscribe, sweepQuery.subscribe, radiusQuery.subscribe);

/** Selects from the same for the curve around, or the one that is named, and asks for it. */
export function useEstimates<T>(select: (known: Estimates) => T, series?: Series): T {
  const around = useContext(SeriesContext);
  const question = useQuestion(series);
  const isKnown = useSweep(({ data }) => data.prediction !== null, series);
  useObserved(radiusQuery, betweenRadii(question), isKnown);
  return useNotified(subscribeToEstimates, () => select(estimatesNow(series ?? around)));
}

/** Noisy copies with all that is needed to draw exactly those. */
interface NoisyCopies extends ClassifiedCopies {
  /** One row of standard normals a copy. */
  readonly normals: Float32Array;
}

export interface CopiesView {
  /** Null until there are any. */
  readonly copies: NoisyCopies | null;
  /** They are of another radius than the selected one. */
  readonly isOutdated: boolean;
  readonly hasFailed: boolean;
  retry(): void;
}

/** The noisy copies of the curve around at the selected radius; those of another one until they are there. */
export function useCopies(): CopiesView {
  const question = useQuestion();
  const target = useTargetQuestion();
  const classified = useQuery(copiesQuery, target, (found) => shownCopies(found, target));
  const hasFailed = useQuery(copiesQuery, target, ({ status }) => status === 'failed');
  const length = question?.image.prepared.data.length;
  const wanted = length === undefined ? null : { seed: question?.seed ?? 0, count: SHOWN_COPIES, length };
  const normals = useQuery(normalsQuery, wanted, ({ data }) => data);
  return useMemo(() => {
    const isDrawable = classified !== null && normals !== null;
    return {
      copies: isDrawable ? { ...classified, normals } : null,
      isOutdated: isDrawable && classified.sigma !== question?.selectedSigma,
      hasFailed,
      retry: () => target !== null && copiesQuery.resume(target),
    };
  }, [classified, normals, hasFailed, question?.selectedSigma, target]);
}

/** The question of the curve around with its class; null until that is known. */
function useTargetQuestion(series?: Series): TargetQuestion | null {
  const question = useQuestion(series);
  const prediction = useSweep(({ data }) => data.prediction, series);
  return useMemo(() => withTarget(question, { prediction }), [question, prediction]);
}

/** Whether what explains a curve may be computed: after its sweep; it is not dropped if an estimator joins that. */
function useMayExplain<Data>(
  query: Query<TargetQuestion, Data>,
  question: TargetQuestion | null,
  series?: Series,
): boolean {
  const isDone = useSweep(({ status }) => status === 'done', series);
  return question !== null && (isDone || query.isObserved(question));
}

/** The nearest input of another class. */
export function useAdversary(series?: Series): Adversary {
  const question = useTargetQuestion(series);
  const asked = question?.model.noGradients === null ? question : null;
  const mayRun = useMayExplain(adversaryQuery, asked, series);
  return useQuery(adversaryQuery, asked, (found) => found, mayRun);
}

/** The certificate at the selected radius; null while it is not there. */
export function useCertificate(series?: Series): Certificate | null {
  const question = useTargetQuestion(series);
  const mayRun = useMayExplain(certificateQuery, question, series);
  return useQuery(certificateQuery, question, ({ data }) => data, mayRun);
}

/** What estimators say of all classes at the selected radius. @param isSeen whether somebody looks at it */
export function useClassReadings(isSeen: boolean): Readonly<Record<string, ClassReading>> {
  const question = useQuestion();
  return useQuery(classesQuery, question, ({ data }) => data, isSeen);
}

/** The margin around the picture, with the question that it answers. */
export function useMargin(): { readonly question: TargetQuestion | null; readonly margin: Margin } {
  const question = useTargetQuestion();
  const asked = question?.model.noGradients === null ? question : null;
  const mayRun = useMayExplain(marginQuery, asked);
  return { question: asked, margin: useQuery(marginQuery, asked, (found) => found, mayRun) };
}
