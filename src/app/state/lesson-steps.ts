/** The steps of the lesson in their order; a link names one. */
export const STEPS = ['average', 'sampling', 'curve', 'taylor', 'mmse', 'margins', 'digit', 'photo'] as const;
export type StepId = (typeof STEPS)[number];

/** Steps that run a bundled model in the engine, and which. */
export const ENGINE_STEPS = { digit: 'mnist-cnn', photo: 'cifar10-resnet20' } as const satisfies Partial<
  Record<StepId, string>
>;
export type EngineStep = keyof typeof ENGINE_STEPS;

export type PlaneStep = Exclude<StepId, EngineStep>;

export const isEngineStep = (step: StepId): step is EngineStep => step in ENGINE_STEPS;
