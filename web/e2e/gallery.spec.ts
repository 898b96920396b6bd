import { expect, test } from '@playwright/test'
import { expectAccessible } from './accessible'
import { galleryAddress } from './gallery-address'

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
        await page.emulateMedia({ reducedMotion: 'reduce' })
        await page.goto(galleryAddress)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(locale === 'en' ? 'Component kit' : '组件库')
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
        await expectAccessible(page)
        await page.getByRole('button', { name: 'Dialog', exact: true }).click()
        await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
        await expectAccessible(page)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('button', { name: 'Dialog', exact: true })).toBeFocused()
        await page.getByRole('button', { name: 'CommandPalette' }).click()
        await expect(page.getByRole('combobox', { expanded: true })).toBeFocused()
        await expectAccessible(page)
        expect(problems).toEqual([])
      })
    }
  }
}
