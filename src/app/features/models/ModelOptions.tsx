import { useStore } from '../../state/store';
import { strings } from '../../strings';

/** The bundled models, by data set, and those that a person brought, as the options of a select. */
export function ModelOptions() {
  const index = useStore((state) => state.index);
  const own = useStore((state) => state.ownModels);
  const datasets = [...new Set(index?.models.map(({ dataset }) => dataset))];
  return (
    <>
      {datasets.map((dataset) => (
        <optgroup key={dataset} label={dataset}>
          {index?.models
            .filter((each) => each.dataset === dataset)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </optgroup>
      ))}
      {own.length > 0 && (
        <optgroup label={strings.model.own}>
          {own.map(({ id, described }) => (
            <option key={id} value={id}>
              {described.name}
            </option>
          ))}
        </optgroup>
      )}
    </>
  );
}
