import { serve, type ThreadStart } from './tfjs/kernels/compiled/thread';

self.onmessage = ({ data }: MessageEvent<ThreadStart>) => {
  self.postMessage('ready');
  serve(data);
};
