import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { pagePolicy } from '../src/service-worker/content-security-policy.ts';

/** Hashes of the elements of a kind whose text stands in the page itself, as sources of the policy. */
function hashesOf(html: string, element: 'script' | 'style'): string[] {
  const inPage = new RegExp(`<${element}(?![^>]*\\ssrc=)[^>]*>(.*?)</${element}>`, 'gs');
  return [...html.matchAll(inPage)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
}

/**
 * Puts the policy first into the head of the built page; it names what stands in it by then. Not while developing: hot
 * replacement needs inline scripts.
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'probust:content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => [
        {
          tag: 'meta',
          attrs: {
            'http-equiv': 'Content-Security-Policy',
            content: pagePolicy(hashesOf(html, 'script'), hashesOf(html, 'style')),
          },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}
