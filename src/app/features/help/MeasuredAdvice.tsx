import study from '../../../estimators/accuracy-study.json';
import { CATALOGUE } from '../../../estimators/catalogue';
import { strings } from '../../strings';
import { formatCount, formatError } from '../../ui/format';
import styles from './help.module.css';
import { type AccuracyStudy, adviceOf, measuredOf } from './study';

const words = strings.help;
const measurements: AccuracyStudy = study;
const nameOf = (id: string): string => CATALOGUE.find((each) => each.id === id)?.name ?? id;
const times = (ratio: number): string => ratio.toPrecision(2);

/** Which estimator came closest, range by range; every figure is read from the accuracy study. */
export function MeasuredAdvice() {
  const { images, models, truthSamples } = measurements;
  return (
    <section className={styles.advice} aria-labelledby="help-which">
      <h3 id="help-which">{words.which}</h3>
      <dl>
        {adviceOf(measurements).map(({ range: [low, high], closest, quick, besideMc }) => (
          <div key={low}>
            <dt>{words.range(low, high)}</dt>
            <dd>
              {words.closest(
                nameOf(closest.id),
                formatError(closest.score.rmse),
                formatCount(closest.score.cost),
              )}{' '}
              {quick !== null &&
                words.quick(
                  nameOf(quick.id),
                  formatError(quick.score.rmse),
                  formatCount(quick.score.cost),
                )}{' '}
              {besideMc !== null &&
                (besideMc >= 1 ? words.wins(times(besideMc)) : words.loses(times(1 / besideMc)))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">{words.study(images, models.join(', '), formatCount(truthSamples))}</p>
    </section>
  );
}

/** What one estimator cost and how far off it was in the study; nothing where it took no part. */
export function Measured({ id }: { id: string }) {
  const found = measuredOf(measurements, id);
  if (found === null) return null;
  const [low, high] = found.cost.map(formatCount);
  const errors = found.scores.map(({ range, score }) => words.errorAt(formatError(score.rmse), ...range));
  return (
    <p className="hint">{words.measured(low === high ? `${low}` : `${low}–${high}`, errors.join(', '))}</p>
  );
}
