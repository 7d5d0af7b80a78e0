import type { Locator, Page } from '@playwright/test';
import { Figure } from './figure';
import type { ProbustPage } from './probust-page';

export type SurfaceName = 'robustness' | 'margin';
const OPTIONS = { robustness: 'classes by radius', margin: 'margin around the picture' } as const;

/** The panel of surfaces. */
export class LandscapePanel {
  readonly root: Locator;
  readonly turn: Locator;
  readonly height: Locator;
  readonly status: Locator;

  constructor(
    readonly probust: ProbustPage,
    readonly page: Page = probust.page,
  ) {
    this.root = probust.panel('landscape');
    this.turn = this.root.getByRole('slider', { name: 'Turn' });
    this.height = this.root.getByRole('slider', { name: 'Height' });
    this.status = this.root.getByRole('status');
  }

  open(): Promise<void> {
    return this.probust.openPanel('landscape');
  }

  async show(surface: SurfaceName): Promise<void> {
    await this.root.getByRole('radio', { name: OPTIONS[surface] }).check();
  }

  async draw(shape: 'in space' | 'flat'): Promise<void> {
    await this.root.getByRole('radio', { name: shape }).check();
  }

  figure(surface: SurfaceName): Figure {
    return new Figure(this.page, surface);
  }

  /** A surface in space, once it is drawn. */
  solid(surface: SurfaceName): Locator {
    return this.figure(surface).root.locator('[data-drawn="true"]');
  }

  flat(surface: SurfaceName): Locator {
    return this.figure(surface).root.locator('svg[role="img"]');
  }
}
