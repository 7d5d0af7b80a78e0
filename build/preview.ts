import compression from 'compression';
import type { Connect, Plugin } from 'vite';
import { FILE_POLICY, framePolicy } from '../src/service-worker/content-security-policy.ts';

// Its types know Express alone; by its manual it serves connect, too, which Vite's server is.
const compress = compression() as unknown as Connect.NextHandleFunction;

/** A file that is not the page, which has its policy in its head and is also what an unknown address without extension gets. */
const OTHER_FILE = /\.(?!html\b)\w+$/;

/** The preview server sends what the hosts do on which the page is published, and the service worker: smaller, with a policy. */
export const preview = (): Plugin => ({
  name: 'probust:preview',
  configurePreviewServer({ middlewares }) {
    middlewares.use(compress);
    middlewares.use((request, response, next) => {
      const { url = '' } = request;
      const [path = ''] = url.split('?');
      const policy = OTHER_FILE.test(path) ? FILE_POLICY : framePolicy(url);
      response.setHeader('Content-Security-Policy', policy);
      next();
    });
  },
});
