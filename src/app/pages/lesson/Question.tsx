import { useId, useState } from 'react';
import { Prose } from './Prose';
import { lessonStrings, type StepText } from './strings';

/** A question with a few answers; whichever is taken says why it is right or not. */
export function Question({ step }: { readonly step: Pick<StepText, 'question' | 'answers'> }) {
  const name = useId();
  const [chosen, setChosen] = useState<number | null>(null);
  const answer = chosen === null ? undefined : step.answers[chosen];
  return (
    <section className="question card" aria-label={lessonStrings.questionHeading}>
      <fieldset>
        <legend>
          <Prose text={step.question} />
        </legend>
        {step.answers.map(({ text, right }, i) => (
          <label key={text} data-state={i !== chosen ? undefined : right ? 'right' : 'wrong'}>
            <input type="radio" name={name} checked={i === chosen} onChange={() => setChosen(i)} />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <p className="question-why" role="status">
        {answer !== undefined && (
          <>
            <strong>{answer.right ? lessonStrings.right : lessonStrings.wrong}</strong>{' '}
            <Prose text={answer.why} />
          </>
        )}
      </p>
    </section>
  );
}
