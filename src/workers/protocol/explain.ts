import type { AdversarialPoint } from '../../estimators/adversarial';
import type { Certificate } from '../../estimators/certify';
import type { ClassReading } from '../../estimators/classes/reading';
import type { MarginLandscape } from '../../estimators/landscape';

/** The classes of noisy copies 0 ... count-1 of the Monte Carlo stream at one radius; a tie with the target is not it. */
interface CopiesRequest {
  readonly modelId: string;
  readonly x: Float32Array;
  readonly sigma: number;
  readonly seed: number;
  readonly count: number;
  readonly target: number;
}

/** The probability of every class at one radius, by an estimator that tells all of them from one look at the model. */
export interface ClassesRequest {
  /** From the same numbers as a job's, for `cancel`. */
  readonly id: number;
  readonly modelId: string;
  readonly x: Float32Array;
  readonly estimatorId: string;
  readonly sigma: number;
  readonly seed: number;
}

/** The nearest input that is not called t. */
export interface AdversarialRequest {
  readonly id: number;
  readonly modelId: string;
  readonly x: Float32Array;
  readonly target: number;
  readonly seed: number;
}

/** The radius within which the smoothed classifier cannot leave t, which was fixed before any noise was drawn. */
export interface CertificateRequest extends AdversarialRequest {
  readonly sigma: number;
}

/** The margin over the most dangerous plane, in a square that shows noise of radius sigma. */
export type LandscapeRequest = CertificateRequest;

/** What stands beside a curve. What has an id ends with null if it was cancelled. Everything rejects with EngineErrorInfo. */
export interface ExplainApi {
  classProbabilities(request: ClassesRequest): Promise<ClassReading | null>;
  /** `found` is null if no point was found. */
  nearestAdversarial(
    request: AdversarialRequest,
    onProgress?: (fraction: number) => void,
  ): Promise<{ readonly found: AdversarialPoint | null } | null>;
  /** `found` is null if no margin has a gradient. */
  marginLandscape(
    request: LandscapeRequest,
    onProgress?: (fraction: number) => void,
  ): Promise<{ readonly found: MarginLandscape | null } | null>;
  certify(request: CertificateRequest): Promise<Certificate | null>;
  /** Class of each copy. */
  classifyCopies(request: CopiesRequest): Promise<number[]>;
}
