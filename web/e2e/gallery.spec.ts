import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'

/** The kit is accessible in every theme, language and width; so are the surfaces that open over the page. */
for (const theme of ['light', 'dark']) {
  for (const locale of ['zh-CN', 'en']) {
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      test(`gallery: ${theme}, ${locale}, ${viewport.width} px`, async ({ page }) => {
        const problems: string[] = []
        page.on('console', message => message.type() === 'error' && problems.push(message.text()))
        page.on('pageerror', error => problems.push(error.message))
        await page.setViewportSize(viewport)
        await page.addInitScript(
          ([appearance, language]) => {
            localStorage.setItem('bilin.appearance', appearance ?? '')
            localStorage.setItem('bilin.locale', language ?? '')
          },
          [JSON.stringify({ theme }), locale],
        )
        await page.goto('/dev/ui')
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(locale === 'en' ? 'Component kit' : '组件库')
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
        expect(await violations(page)).toEqual([])
        await page.getByRole('button', { name: 'Dialog', exact: true }).click()
        await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
        expect(await violations(page)).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('button', { name: 'Dialog', exact: true })).toBeFocused()
        await page.getByRole('button', { name: 'CommandPalette' }).click()
        await expect(page.getByRole('combobox', { expanded: true })).toBeFocused()
        expect(await violations(page)).toEqual([])
        expect(problems).toEqual([])
      })
    }
  }
}

async function violations(page: Page): Promise<string[]> {
  // Colours are measured when nothing fades in or out any more.
  await page.waitForTimeout(400)
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return result.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
}
