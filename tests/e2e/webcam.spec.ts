import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

test('a picture is taken with the camera, which is off afterwards', async ({ probust, page, context }) => {
  await context.grantPermissions(['camera']);
  await probust.openSwept({ ...SMALL, model: 'cifar10-resnet20', backend: 'wasm' });
  await probust.choice('Where the picture comes from', 'Your file').check();
  await page.getByRole('button', { name: 'Take a picture…' }).click();
  const video = page.getByLabel('What the camera sees');
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth))
    .toBeGreaterThan(0);
  const isLive = await video.evaluateHandle((element: HTMLVideoElement) => {
    const [track] = (element.srcObject as MediaStream).getTracks();
    return () => track?.readyState;
  });
  await probust.expectNewPicture(() => page.getByRole('button', { name: 'Take it' }).click());
  await expect.poll(() => isLive.evaluate((read) => read())).toBe('ended');
  await expect(video).toHaveCount(0);
});

test('without permission it says so kindly, and the page stays as it is', async ({ probust, page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
  });
  await probust.openSwept({ ...SMALL, backend: 'wasm' });
  await probust.choice('Where the picture comes from', 'Your file').check();
  await page.getByRole('button', { name: 'Take a picture…' }).click();
  await expect(probust.alert).toContainText('The camera was not allowed.');
  await expect(probust.predicted).not.toBeEmpty();
});
