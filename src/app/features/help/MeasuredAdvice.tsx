import study from '../../../estimators/accuracy-study.json';
import { CATALOGUE } from '../../../estimators/catalogue';
import { strings } from '../../strings';
import { formatCount, formatError } from '../../ui/format';
import styles from './help.module.css';
import { type AccuracyStudy, adviceOf, measuredOf } from './study';

const messages = strings.help;
const measurements: AccuracyStudy = study;
const nameOf = (id: string): string => CATALOGUE.find((each) => each.id === id)?.name ?? id;
const times = (ratio: number): string => ratio.toPrecision(2);

/** Which estimator came closest, range by range; every figure is read from the accuracy study. */
export function MeasuredAdvice() {
  const { images, models, truthSamples } = measurements;
  return (
    <section className={styles.advice} aria-labelledby="help-which">
      <h3 id="help-which">{messages.which}</h3>
      <dl>
        {adviceOf(measurements).map(({ range: [low, high], closest, quick, besideMc }) => (
          <div key={low}>
            <dt>{messages.range(low, high)}</dt>
            <dd>
              {messages.closest(
                nameOf(closest.id),
                formatError(closest.score.rmse),
                formatCount(closest.score.cost),
              )}{' '}
              {quick !== null &&
                messages.quick(
                  nameOf(quick.id),
                  formatError(quick.score.rmse),
                  formatCount(quick.score.cost),
                )}{' '}
              {besideMc !== null &&
                (besideMc >= 1 ? messages.wins(times(besideMc)) : messages.loses(times(1 / besideMc)))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="hint">{messages.study(images, models.join(', '), formatCount(truthSamples))}</p>
    </section>
  );
}

/** What one estimator cost and how far off it was in the study; nothing where it took no part. */
export function Measured({ id }: { id: string }) {
  const found = measuredOf(measurements, id);
  if (found === null) return null;
  const [low, high] = found.cost.map(formatCount);
  const errors = found.scores.map(({ range, score }) => messages.errorAt(formatError(score.rmse), ...range));
  return (
    <p className="hint">{messages.measured(low === high ? `${low}` : `${low}–${high}`, errors.join(', '))}</p>
  );
}
