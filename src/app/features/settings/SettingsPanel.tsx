import { useShallow } from 'zustand/react/shallow';
import { sigmaRange } from '../../state/radii';
import { recommendedRange } from '../../state/selectors';
import { HALF_WIDTH_RANGE, RADII_RANGE, SAMPLES_RANGE, SIGMA_RANGE } from '../../state/settings';
import { updateSettings, useStore } from '../../state/store';
import { usePanel } from '../../state/use-panel';
import { strings } from '../../strings';
import { Choice } from '../../ui/Choice';
import { NumberField } from '../../ui/fields';
import { formatSigma } from '../../ui/format';
import { Panel } from '../../ui/Panel';

const stops = (['precision', 'fixed'] as const).map((value) => ({ value, text: strings.settings[value] }));

/** Radii, seed and stop rule. */
export function SettingsPanel() {
  const panel = usePanel('settings');
  const settings = useStore((state) => state.settings);
  const recommended = useStore(useShallow(recommendedRange));
  if (recommended === null) return null;
  const { min, max } = sigmaRange(settings, recommended);
  const messages = strings.settings;
  const custom = settings.sigmaMin !== null || settings.sigmaMax !== null;
  return (
    <Panel title={messages.heading} {...panel}>
      <div className="fields">
        <NumberField
          label={messages.sigmaMin}
          value={min}
          range={SIGMA_RANGE}
          step="any"
          refuse={(value) => (value < max ? null : messages.orderError)}
          onCommit={(value) => updateSettings({ sigmaMin: value })}
        />
        <NumberField
          label={messages.sigmaMax}
          value={max}
          range={SIGMA_RANGE}
          step="any"
          refuse={(value) => (value > min ? null : messages.orderError)}
          onCommit={(value) => updateSettings({ sigmaMax: value })}
        />
        <NumberField
          label={messages.radii}
          value={settings.radii}
          range={RADII_RANGE}
          step={1}
          onCommit={(radii) => updateSettings({ radii })}
        />
        <NumberField
          label={messages.seed}
          value={settings.seed}
          range={{ min: 0, max: Number.MAX_SAFE_INTEGER }}
          step={1}
          onCommit={(seed) => updateSettings({ seed })}
        />
      </div>
      {custom && (
        <button type="button" onClick={() => updateSettings({ sigmaMin: null, sigmaMax: null })}>
          {messages.recommended} ({formatSigma(recommended.min)}–{formatSigma(recommended.max)})
        </button>
      )}
      <div>
        <p className="field-title">{messages.stop}</p>
        <Choice
          label={messages.stop}
          options={stops}
          value={settings.stop}
          onChange={(stop) => updateSettings({ stop })}
        />
      </div>
      <div className="fields">
        {settings.stop === 'precision' ? (
          <>
            <NumberField
              label={messages.halfWidth}
              value={settings.halfWidth}
              range={HALF_WIDTH_RANGE}
              step="any"
              onCommit={(halfWidth) => updateSettings({ halfWidth })}
            />
            <NumberField
              label={messages.maxSamples}
              value={settings.maxSamples}
              range={SAMPLES_RANGE}
              step={1}
              onCommit={(maxSamples) => updateSettings({ maxSamples })}
            />
          </>
        ) : (
          <NumberField
            label={messages.samples}
            value={settings.samples}
            range={SAMPLES_RANGE}
            step={1}
            onCommit={(samples) => updateSettings({ samples })}
          />
        )}
      </div>
    </Panel>
  );
}
