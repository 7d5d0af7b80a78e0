import { useState } from 'react';
import { CATALOGUE } from '../../../estimators/catalogue';
import { seriesColour } from '../../charts/CurveMarks';
import { Swatch } from '../../charts/primitives/Legend';
import { shownEstimators } from '../../state/selectors';
import { updateSettings, useStore } from '../../state/store';
import { useSeriesAttributes } from '../../state/use-highlight';
import { strings } from '../../strings';
import { CheckboxField } from '../../ui/fields';

const messages = strings.settings;

function toggle(id: string): void {
  const wanted = useStore.getState().settings.estimators;
  const isOn = (one: string): boolean => wanted.includes(one) !== (one === id);
  updateSettings({ estimators: CATALOGUE.map((one) => one.id).filter(isOn) });
}

/** Legend and switches in one; what is off at first is folded away unless the link switched some of it on. */
export function EstimatorSwitches() {
  const shown = useStore(shownEstimators);
  const noGradients = useStore((state) => state.model?.noGradients ?? null);
  const first = CATALOGUE.filter(({ shownByDefault }) => shownByDefault);
  const more = CATALOGUE.filter(({ shownByDefault }) => !shownByDefault);
  const [opensFolded] = useState(() => more.some(({ id }) => shown.includes(id)));
  const switches = (list: typeof first) => list.map(({ id }) => <Switch key={id} id={id} />);
  return (
    <fieldset className="switches">
      <legend className="visually-hidden">{messages.estimators}</legend>
      {switches(first)}
      <details open={opensFolded}>
        <summary>{messages.moreEstimators}</summary>
        <div className="more-switches">{switches(more)}</div>
      </details>
      {noGradients !== null && <p className="hint">{messages.noGradients(noGradients)}</p>}
    </fieldset>
  );
}

function Switch({ id }: { readonly id: string }) {
  const shown = useStore(shownEstimators);
  const noGradients = useStore((state) => state.model?.noGradients ?? null);
  const attributes = useSeriesAttributes();
  const definition = CATALOGUE.find((each) => each.id === id);
  if (definition === undefined) return null;
  const { name, colour, kind, unbiased, needsGradients, summary } = definition;
  const isUnable = needsGradients && noGradients !== null;
  const isOn = shown.includes(id);
  return (
    <CheckboxField
      {...attributes(id)}
      title={isUnable ? messages.noGradients(noGradients) : summary}
      style={seriesColour(colour)}
      isChecked={isOn}
      disabled={(shown.length === 1 && isOn) || isUnable}
      onToggle={() => toggle(id)}
      data={{ 'data-estimator': id }}
    >
      <Swatch kind={kind === 'sampled' ? 'dot' : 'line'} />
      {name}
      {!unbiased && (
        <span className="tag" title={messages.biasedTitle}>
          {messages.biased}
        </span>
      )}
    </CheckboxField>
  );
}
