import { CATALOGUE } from '../../../estimators/catalogue';
import sections from '../../../estimators/registry.ts?help';
import { strings } from '../../strings';
import { Measured, MeasuredAdvice } from './MeasuredAdvice';
import 'katex/dist/katex.min.css';
import styles from './help.module.css';

export default function EstimatorTexts() {
  return (
    <div className={styles.texts}>
      <MeasuredAdvice />
      <p className="hint">{strings.help.notation}</p>
      {CATALOGUE.map(({ id, name, summary }) => (
        <details key={id} data-help={id}>
          <summary>
            <strong>{name}</strong> <span className={styles.summary}>{summary}</span>
          </summary>
          <div
            className={styles.section}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: our own text, made into HTML by the build.
            dangerouslySetInnerHTML={{ __html: sections[id] ?? '' }}
          />
          <Measured id={id} />
        </details>
      ))}
    </div>
  );
}
