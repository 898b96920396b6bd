import { expect, test } from '@playwright/test'
import { galleryAddress } from './gallery-address'

/** Popups come with the first press; from there on they must behave as if they had always been there. */
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('bilin.locale', 'en'))
  await page.goto(galleryAddress)
})

test('a menu opens by mouse and keys, closes by its own button and by Escape, and gives the focus back', async ({
  page,
}) => {
  const trigger = page.locator('[aria-haspopup=menu]').first()
  const menu = page.getByRole('menu')
  await trigger.click()
  await expect(menu).toBeVisible()
  await expect(trigger).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()
  await expect(trigger).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(menu).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[role=menuitem][data-highlighted]')).toHaveCount(1)
  await page.getByRole('menuitem', { name: 'Copy link' }).click()
  await expect(menu).toBeHidden()
  await trigger.click()
  await expect(menu).toBeVisible()
  await page.mouse.click(5, 5)
  await expect(menu).toBeHidden()
})

test('a second press on the button closes a popover; so do Escape and a press elsewhere', async ({ page }) => {
  const trigger = page.getByRole('button', { name: 'Popover' })
  const popover = page.getByRole('dialog', { name: 'Read by' })
  for (const close of [() => trigger.click(), () => page.keyboard.press('Escape'), () => page.mouse.click(5, 5)]) {
    await trigger.click()
    await expect(popover).toBeVisible()
    await close()
    await expect(popover).toBeHidden()
    await page.waitForTimeout(300)
    await expect(popover).toBeHidden()
  }
})

test('a right click opens the menu where it was, and its items act', async ({ page }) => {
  const target = page.getByText('Right-click or long-press')
  await target.click({ button: 'right', position: { x: 30, y: 20 } })
  const box = await target.boundingBox()
  const menu = await page.getByRole('menu').boundingBox()
  expect(Math.abs((menu?.x ?? 0) - (box?.x ?? 0) - 30)).toBeLessThan(8)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeHidden()
})

test('pointing at a name shows its card, which stays while one reads it', async ({ page }) => {
  const name = page.getByRole('link', { name: '@陈思远' })
  const card = page.getByText('深圳仓 · 负责人')
  await name.hover()
  await expect(card).toBeVisible()
  await card.hover()
  await page.waitForTimeout(500)
  await expect(card).toBeVisible()
  await page.mouse.move(5, 5)
  await expect(card).toBeHidden()
})

test('a hint shows on hover and on focus by keys, and says the shortcut', async ({ page }) => {
  const button = page.getByRole('button', { name: 'React' })
  await expect(async () => {
    await page.mouse.move(5, 5)
    await button.hover() // hints come a moment after the page: a pointer that was there before gets none
    await expect(page.getByRole('tooltip')).toHaveText('ReactE', { timeout: 2_000 })
  }).toPass()
  await page.mouse.move(5, 5)
  await expect(page.getByRole('tooltip')).toBeHidden()
  await page.getByRole('button', { name: 'Sign in' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('tooltip')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tooltip')).toBeHidden()
})

test('dialogs hold the focus and give it back', async ({ page }) => {
  const opener = page.getByRole('button', { name: 'ConfirmDialog', exact: true })
  await opener.click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toBeVisible()
  for (let index = 0; index < 5; index++) await page.keyboard.press('Tab')
  await expect(dialog.locator(':focus')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expect(opener).toBeFocused()
})
