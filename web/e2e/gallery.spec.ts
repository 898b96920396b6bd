import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { galleryAddress } from './gallery-address'
import { looks } from './looks'
import { expectNoOverflow, expectTranslated } from './screen-checks'
import { test } from './stage'

/** The kit fits, is translated and accessible in every theme, language and width; so are the surfaces that open over the page. */
for (const [viewport, theme, locale] of looks) {
  test(`gallery: ${theme}, ${locale}, ${viewport.width} px`, async ({ stage }) => {
    const page = await stage.visit({ viewport, theme, locale })
    await page.goto(galleryAddress)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(locale === 'en' ? 'Component kit' : '组件库')
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
    await expectNoOverflow(page)
    await expectTranslated(page, locale)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Dialog', exact: true }).click()
    await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
    await expectAccessible(page, '[role=dialog]')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Dialog', exact: true })).toBeFocused()
    await page.getByRole('button', { name: 'CommandPalette' }).click()
    await expect(page.getByRole('combobox', { expanded: true })).toBeFocused()
    await expectAccessible(page, '[role=dialog]')
  })
}
