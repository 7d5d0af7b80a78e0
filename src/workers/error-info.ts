/** Tells the engine's failures apart; a code keeps its meaning. */
export type EngineErrorCode =
  | 'backend_unavailable'
  | 'device_lost'
  | 'model_not_found'
  | 'model_invalid'
  | 'model_checksum'
  | 'model_output'
  | 'model_format'
  | 'model_incomplete'
  | 'model_too_large'
  | 'model_weights'
  | 'model_unsupported'
  | 'gradients_unavailable'
  | 'bad_request'
  | 'internal';

/** A failure of the engine as plain data, in which form it crosses from a worker. */
export interface EngineErrorInfo {
  readonly code: EngineErrorCode;
  /** One sentence that a person can act on. */
  readonly message: string;
}
