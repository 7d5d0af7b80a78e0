/** What a model.json holds, before anybody knows better. */
export type Json = { [key: string]: unknown };

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The layers of a Sequential or functional model. */
export function layersOf(model: Json): Json[] {
  const { config } = model;
  const layers = Array.isArray(config) ? config : isObject(config) ? config.layers : undefined;
  return Array.isArray(layers) ? layers.filter(isObject) : [];
}

export const nameOfLayer = (layer: Json): unknown =>
  layer.name ?? (isObject(layer.config) ? layer.config.name : undefined);

/** Whether lists and objects lie within one another more than `most` deep. Looks level by level, so that depth costs no stack. */
export function isNestedDeeper(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level
      .filter((each) => typeof each === 'object' && each !== null)
      .flatMap((each) => Object.values(each as object));
  }
  return false;
}
