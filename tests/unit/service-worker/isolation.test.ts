import { describe, expect, it } from 'vitest';
import { FILE_POLICY } from '../../../src/service-worker/content-security-policy';
import { isolated } from '../../../src/service-worker/isolation';

describe('isolated', () => {
  it('adds the headers and keeps body, status and type', async () => {
    const response = isolated(
      new Response('hello', { status: 203, headers: { 'Content-Type': 'text/plain', 'X-Own': '1' } }),
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

  it('leaves the policy to the page, which has one in its head that knows what stands in it', () => {
    const page = isolated(
      new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } }),
    );
    expect(page.headers.get('content-security-policy')).toBeNull();
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  });

  it.each([204, 304])('can be applied to a response of status %s, which may have no body', (status) => {
    expect(isolated(new Response(null, { status })).status).toBe(status);
  });

  it('hands on what it cannot rebuild', () => {
    const failed = Response.error();
    expect(isolated(failed)).toBe(failed);
  });
});
