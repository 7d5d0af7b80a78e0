import type { Plugin } from 'vite';
import { strings } from '../src/app/strings.ts';

const PLACE = '<!-- shell -->';

/** The page's head, as `features/frame/Header.tsx` draws it, so that the first thing to read waits for no script, and a word of what is to come. */
const SHELL = `<div class="page shell">
        <header class="page-header">
          <h1><img src="./icon.svg" alt="" width="28" height="28" />${strings.name}</h1>
          <p class="tagline">${strings.tagline}</p>
        </header>
      </div>
      <p class="view-loading">${strings.views.loading}</p>`;

/** Puts the head of the page into index.html; the page takes its place. */
export function shell(): Plugin {
  return {
    name: 'probust:shell',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => {
        if (!html.includes(PLACE)) throw new Error(`index.html has no ${PLACE}`);
        return html.replace(PLACE, SHELL);
      },
    },
  };
}
