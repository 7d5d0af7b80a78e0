import { useEffect, useState } from 'react';
import type { CurveSeries } from '../../charts/curve';
import { GuessChart } from '../../charts/GuessChart';
import { Legend, Swatch } from '../../charts/primitives/Legend';
import type { NoisyPicture } from '../../charts/Thumbnails';
import { recordGuess, useStore } from '../../state/store';
import { formatProbability, formatShare, formatSigma } from '../../ui/format';
import { lessonStrings } from './strings';

interface GuessProps {
  /** Step of the lesson: a guess is there again when one comes back to it. */
  readonly step: string;
  /** Names what the guess is of; another one hides what was revealed. */
  readonly about: string;
  readonly sigmas: readonly number[];
  /** What may be revealed: the first of it is what the guess is held against. */
  readonly truth: readonly CurveSeries[];
  /** All of it is there. */
  readonly isReady: boolean;
  readonly picture?: NoisyPicture | null;
  readonly onReveal?: (open: boolean) => void;
}

const START = 0.5;
const CLOSE = 0.1;

/** First a guess, then the truth beside it. */
export function Guess({ step, about, sigmas, truth, isReady, picture = null, onReveal }: GuessProps) {
  const guess = useStore(({ guesses }) => guesses[step]);
  const setGuess = (given: readonly number[]): void => recordGuess(step, given);
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: about says when to start anew
  useEffect(() => {
    setOpen(false);
    onReveal?.(false);
  }, [about]);
  const drawn = guess?.length === sigmas.length ? guess : sigmas.map(() => START);
  const messages = lessonStrings.guess;
  const reveal = (open: boolean): void => {
    setOpen(open);
    onReveal?.(open);
  };
  if (sigmas.length < 2) return null;
  return (
    <div className="guess">
      <Legend
        items={[
          { key: 'guess', mark: <Swatch kind="dotted" />, text: messages.name },
          ...(isOpen ? truth : []).map(({ id, name, colour }) => ({
            key: id,
            mark: <Swatch kind="line" colour={colour} />,
            text: name,
          })),
        ]}
      />
      <GuessChart
        sigmas={sigmas}
        guess={drawn}
        onGuess={setGuess}
        truth={isOpen ? truth : []}
        isOpen={isOpen}
        picture={picture}
        label={messages.chart}
        handleLabel={messages.handle}
        axisLabels={messages.axes}
      />
      <div className="row">
        {isOpen ? (
          <button type="button" onClick={() => reveal(false)}>
            {messages.again}
          </button>
        ) : (
          <button type="button" className="primary" disabled={!isReady} onClick={() => reveal(true)}>
            {isReady ? messages.reveal : messages.waiting}
          </button>
        )}
        {!isOpen && <span className="hint">{messages.hint}</span>}
      </div>
      <p className="guess-score" role="status">
        {isOpen && scoreOf(drawn, sigmas, truth[0])}
      </p>
    </div>
  );
}

function scoreOf(
  guess: readonly number[],
  sigmas: readonly number[],
  truth: CurveSeries | undefined,
): string {
  const errors = sigmas.map((sigma, i) => {
    const found = truth?.points.find((point) => point.sigma === sigma)?.p;
    return found === undefined ? 0 : Math.abs((guess[i] as number) - found);
  });
  const most = errors.indexOf(Math.max(...errors));
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const messages = lessonStrings.guess;
  const found = truth?.points.find(({ sigma }) => sigma === sigmas[most]);
  if (found === undefined) return '';
  const score = messages.score(
    mean.toFixed(2),
    formatSigma(sigmas[most] as number),
    formatProbability(guess[most] as number),
    formatShare(found.p, found.lo ?? found.p, found.hi ?? found.p),
  );
  return (errors[most] as number) <= CLOSE ? `${messages.close} ${score}` : score;
}
