import { expect, test } from '@playwright/test'
import { expectAccessible } from './accessible'
import { foundCompany, signIn } from './company'

test.beforeEach(async ({ page, request, baseURL }) => {
  await foundCompany(request, baseURL ?? '')
  await signIn(page)
})

test('language, theme and text size change at once and last', async ({ page }) => {
  await page.goto('/settings/appearance')
  await page.getByRole('radio', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Language and display' })).toBeVisible()
  await page.getByRole('radio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('radio', { name: '120%' }).click()
  await expectAccessible(page)
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('radio', { name: '120%' })).toBeChecked()
  await page.getByRole('radio', { name: '100%' }).click()
  await page.getByRole('radio', { name: 'System' }).click()
  await page.getByRole('radio', { name: '简体中文' }).click()
  await expect(page.getByRole('heading', { name: '语言与外观' })).toBeVisible()
})

test('another device is signed out from here', async ({ page, browser }) => {
  const other = await browser.newPage()
  await signIn(other)
  await page.goto('/settings/security')
  await expectAccessible(page)
  await page.getByRole('button', { name: '退出登录' }).first().click()
  await expect(other).toHaveURL(/\/sign-in/)
  await other.close()
})
