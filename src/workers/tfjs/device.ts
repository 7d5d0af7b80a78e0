import * as tf from '@tensorflow/tfjs';

/** Why a graphics device can no longer be used. */
export interface DeviceTrouble {
  readonly message: string;
  /** Whether a new device may do better: not where this one was asked for something that it cannot do. */
  readonly again: boolean;
}

/** How long a failed read waits for word of a lost device, which comes by another way. */
const WORD_MS = 1000;

function runningDevice(): GPUDevice | undefined {
  if (tf.getBackend() !== 'webgpu') return undefined;
  return (tf.backend() as unknown as { device: GPUDevice }).device;
}

/**
 * Calls back once: when the running WebGPU device is lost, or did something invalid. An invalid shader drops all that was
 * submitted with it and leaves zeros to be read, so nothing of that device is believed any more, and it is destroyed.
 */
export function watchDevice(onTrouble: (trouble: DeviceTrouble) => void): void {
  const device = runningDevice();
  if (device === undefined) return;
  let told = false;
  const tell = (trouble: DeviceTrouble): void => {
    if (told) return;
    told = true;
    onTrouble(trouble);
  };
  device.addEventListener('uncapturederror', ({ error }) => {
    tell({ message: error.message, again: false });
    device.destroy();
  });
  void device.lost.then(({ message }) => tell({ message, again: true }));
}

/** To be awaited where reading from the backend failed: returns once a loss of the device would be known. */
export async function wordOfLoss(): Promise<void> {
  const device = runningDevice();
  if (device === undefined) return;
  await Promise.race([device.lost, new Promise((resolve) => setTimeout(resolve, WORD_MS))]);
}

/** Takes the WebGPU backend away with everything on it; the next start makes another. */
export function dropWebGpu(): void {
  const factory = tf.findBackendFactory('webgpu');
  if (factory === undefined) return;
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', factory, WEBGPU_PRIORITY);
}

/** As tfjs registers it. */
const WEBGPU_PRIORITY = 3;
