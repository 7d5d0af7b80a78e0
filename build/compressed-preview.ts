import compression from 'compression';
import type { Connect, Plugin } from 'vite';

// Its types know Express alone; by its manual it serves connect, too, which Vite's server is.
const compress = compression() as unknown as Connect.NextHandleFunction;

/** The preview server compresses what it sends, as the hosts do on which the page is published. */
export const compressedPreview = (): Plugin => ({
  name: 'compressed-preview',
  configurePreviewServer({ middlewares }) {
    middlewares.use(compress);
  },
});
