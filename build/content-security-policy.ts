import type { Plugin } from 'vite';
import { PAGE_POLICY } from '../src/service-worker/content-security-policy.ts';

/** Puts the policy first into the head of the built page. Not while developing: hot replacement needs inline scripts. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'probust:content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}
