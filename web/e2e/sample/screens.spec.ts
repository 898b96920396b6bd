import { expect, type Page, type TestInfo } from '@playwright/test'
import { expectAccessible } from '../accessible'
import { galleryAddress } from '../gallery-address'
import { looksOfScreens } from '../looks'
import { expectNoOverflow, expectTranslated } from '../screen-checks'
import { test } from '../stage'
import { administrator, whatIsThere } from './company'
import { go, screens, settled } from './screens'
import { shoot } from './shoot'

/** Every screen: nothing beyond the edge, nothing in the other language, nothing axe finds. `make screenshots`: in all ways. */
for (const [viewport, theme, locale] of looksOfScreens) {
  const look = `${viewport.width}-${theme}-${locale}`
  const examine = async (page: Page, name: string, testInfo: TestInfo) => {
    await shoot(page, testInfo, `${name}-${look}`)
    await expectNoOverflow(page)
    await expectTranslated(page, locale)
    await expectAccessible(page)
  }

  test(`screens: ${look}`, async ({ stage }, testInfo) => {
    test.setTimeout(150_000)
    const { page, context } = await stage.enter(administrator, { viewport, theme, locale })
    const seen = await whatIsThere(context.request)
    for (const { name, at, ready } of screens) {
      await test.step(name, async () => {
        await go(page, at(seen))
        await ready(page, seen)
        await settled(page)
        await examine(page, name, testInfo)
      })
    }
  })

  test(`screens before one is signed in: ${look}`, async ({ stage }, testInfo) => {
    const page = await stage.visit({ viewport, theme, locale })
    await page.goto('/sign-in')
    await expect(page.locator('input[name=login]')).toBeVisible()
    await examine(page, 'sign-in', testInfo)
    await page.route('**/api/setup', route => route.fulfill({ json: { needed: true, company: null, joining: null } }))
    await page.goto('/set-up')
    await page.locator('button[type=submit]').click()
    await expect(page.locator('[aria-invalid=true]').first()).toBeVisible()
    await examine(page, 'set-up', testInfo)
    if (!process.env.SCREENSHOTS) return
    await page.goto(galleryAddress) // how it fits, reads and is read out, gallery.spec.ts asks
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await shoot(page, testInfo, `gallery-${look}`)
  })
}
