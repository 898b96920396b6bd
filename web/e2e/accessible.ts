import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** WCAG 2.2 AA as far as axe can tell, once nothing fades in or out any more. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForTimeout(400)
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const faults = result.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
  expect(faults).toEqual([])
}
