import { describe, expect, it } from 'vitest';
import { FILE_POLICY, framePolicy } from '../../../src/service-worker/content-security-policy';
import { isolated } from '../../../src/service-worker/isolation';

describe('isolated', () => {
  it('adds the headers and keeps body, status and type', async () => {
    const response = isolated(
      new Response('hello', { status: 203, headers: { 'Content-Type': 'text/plain', 'X-Own': '1' } }),
      'https://host.example/assets/a.txt',
    );
    expect(response.status).toBe(203);
    expect(await response.text()).toBe('hello');
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/plain',
      'x-own': '1',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': FILE_POLICY,
    });
  });

  it('leaves what the page may load to its head, and says who may show it in a frame', () => {
    const page = (url: string) =>
      isolated(
        new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
        url,
      );
    const { headers } = page('https://host.example/probust/?model=mnist-cnn');
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    const figure = page('https://host.example/probust/?embed=curve&model=mnist-cnn');
    expect(figure.headers.get('content-security-policy')).toBe('frame-ancestors *');
  });

  it.each([
    ['/', "'self'"],
    ['/?embed=', "'self'"],
    ['/?model=embed', "'self'"],
    ['/#?embed=curve', "'self'"],
    ['/?seed=1&embed=noise#top', '*'],
  ])('%s may be shown in a frame by %s', (url, ancestors) => {
    expect(framePolicy(url)).toBe(`frame-ancestors ${ancestors}`);
  });

  it.each([204, 304])('can be applied to a response of status %s, which may have no body', (status) => {
    expect(isolated(new Response(null, { status }), '/a.js').status).toBe(status);
  });

  it('hands on what it cannot rebuild', () => {
    const failed = Response.error();
    expect(isolated(failed, '/a.js')).toBe(failed);
  });
});
