import { ESTIMATORS } from '../../src/estimators/registry';
import { expect, test } from './fixtures';
import { SMALL } from './pages/probust-page';

test('every estimator is explained: formula, cost, when it is right and wrong, source', async ({
  probust,
}) => {
  await probust.openSwept(SMALL);
  await probust.openPanel('help');
  for (const { id, name } of ESTIMATORS) {
    const section = probust.panel('help').locator(`[data-help="${id}"]`);
    await section.locator('summary').click();
    await expect(section.locator('summary')).toContainText(name);
    await expect(section.locator('math')).toBeVisible();
    for (const word of ['Costs', 'Right', 'Wrong', 'Source']) await expect(section).toContainText(word);
  }
});
