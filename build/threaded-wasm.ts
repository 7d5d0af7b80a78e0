import type { Plugin } from 'vite';

const FILE = 'tfjs-backend-wasm-threaded-simd.js';
const TEST = 'if(typeof _scriptDir !== "undefined" && _scriptDir){scriptDirectory=_scriptDir}';

/**
 * tfjs starts its wasm threads from the source text of this module's factory, where the variable `_scriptDir` of the
 * enclosing function does not exist. The source guards against that with `typeof`, but a minifier that sees the
 * enclosing function folds the guard away, and every thread dies with a ReferenceError. The line it guards is not
 * needed: the path of the wasm file is always given. Fails the build if a new tfjs no longer has this text.
 */
export function threadedWasm(): Plugin {
  return {
    name: 'probust:threaded-wasm',
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0]?.endsWith(FILE)) return null;
      if (!code.includes(TEST)) {
        this.error(
          `${FILE} has changed: check whether its threads still start in the built page, then this plugin`,
        );
      }
      return { code: code.replace(TEST, ''), map: null };
    },
  };
}
