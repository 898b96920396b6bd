import { expect, test } from '@playwright/test'
import { expectAccessible } from './accessible'
import { company, foundCompany } from './company'

test.beforeEach(async ({ page, request, baseURL }) => {
  await foundCompany(request, baseURL ?? '')
  await page.addInitScript(() => localStorage.getItem('bilin.locale') ?? localStorage.setItem('bilin.locale', 'en'))
})

test('a wrong password is said, the right one leads to where one wanted to go', async ({ page }) => {
  await page.goto('/settings/about')
  await expect(page).toHaveURL(/\/sign-in\?to=/)
  await expect(page.getByText(`to ${company.company}`)).toBeVisible()
  await expectAccessible(page)
  await page.locator('input[name=login]').fill(company.login)
  await page.locator('input[name=password]').fill('not the password')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('The login or the password is wrong.')
  await page.locator('input[name=password]').fill(company.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings\/about$/)
})

for (const width of [1440, 1024, 768])
  test(`the picture of the branches is whole, ${width} wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await page.goto('/sign-in')
    await expect(page.locator('input[name=login]')).toBeVisible()
    const cut = await page.locator('aside circle').evaluateAll(circles =>
      circles.filter(circle => {
        if (!circle.checkVisibility()) return false
        const { left, right, top, bottom } = circle.getBoundingClientRect()
        for (let around = circle.parentElement; around; around = around.parentElement) {
          if (getComputedStyle(around).overflow === 'visible') continue
          const edge = around.getBoundingClientRect()
          if (left < edge.left || right > edge.right || top < edge.top || bottom > edge.bottom) return true
        }
        return false
      }),
    )
    expect(cut).toEqual([])
  })

test('no server is said, and signing in works once it is back', async ({ page, context }) => {
  await page.goto('/sign-in')
  await page.locator('input[name=login]').fill(company.login)
  await page.locator('input[name=password]').fill(company.password)
  await context.setOffline(true)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached')
  await context.setOffline(false)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/messages/)
})

test('too many attempts are counted down', async ({ page }) => {
  await page.route('**/api/sessions', route =>
    route.fulfill({
      status: 429,
      contentType: 'application/problem+json',
      headers: { 'Retry-After': '300' },
      body: JSON.stringify({ status: 429, code: 'core.too_many', title: 'Too many attempts' }),
    }),
  )
  await page.clock.install() // five minutes are longer than any machine needs to look, and need not be waited for
  await page.goto('/sign-in')
  await page.locator('input[name=login]').fill('nobody')
  await page.locator('input[name=password]').fill('nothing-at-all')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Too many attempts. Try again in [45]:\d\d/)).toBeVisible()
  const button = page.getByRole('button', { name: 'Sign in' })
  await expect(button).toBeDisabled()
  await page.clock.fastForward(300_000)
  await expect(button).toBeEnabled()
})
