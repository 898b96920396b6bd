import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** WCAG 2.2 AA as far as axe can tell, once nothing fades in or out any more: of the page, or of a part of it. */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  await page.evaluate(restful)
  const result = await new AxeBuilder({ page })
    .include(part)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // One frame only, asked at once: otherwise axe opens a page of its own each time to put frames together.
    .setLegacyMode()
    .analyze()
  const faults = result.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
  expect(faults).toEqual([])
}

/** Runs in the page: waits for what moves or fades to arrive. What goes on for ever, as a skeleton's shimmer, may. */
async function restful(): Promise<void> {
  const atMostMs = 10_000
  const isMoving = ({ playState, effect }: Animation) =>
    playState === 'running' && effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY
  const began = performance.now()
  while (document.getAnimations().some(isMoving) && performance.now() - began < atMostMs) {
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
