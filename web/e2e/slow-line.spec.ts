import { expect } from '@playwright/test'
import { beginGroup, hire, singapore } from './colleagues'
import { company, foundCompany } from './company'
import { test } from './stage'
import { Talk } from './talk'

test('a slow line: the frame at once, rows for what is coming, and never "no conversations"', { tag: '@slow' }, async ({
  stage,
  baseURL,
}) => {
  const people = await hire(baseURL ?? '', { 'slow.mei': ['Mei Slow', singapore] })
  await beginGroup(baseURL ?? '', people['slow.mei'], 'Slow line', [])
  const { page } = await stage.enter(people['slow.mei'], { locale: 'en' })
  const talk = new Talk(page)
  await expect(talk.row('Slow line')).toBeVisible()
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  let scripts = () => {}
  const late = new Promise<void>(resolve => {
    scripts = resolve
  })
  await page.route('**/assets/*.js', async route => {
    await late
    await route.continue()
  })
  await page.route('**/api/sync*', async route => {
    await held
    await route.continue()
  })
  await page.goto('/messages', { waitUntil: 'commit' })
  await expect(page.locator('#opening')).toBeVisible()
  await expect(page.locator('#opening img')).toBeVisible()
  scripts()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await expect(page.locator('#opening')).toBeHidden()
  const list = page.getByRole('region', { name: 'Conversations' })
  await expect(list.locator('[aria-busy=true]')).toBeVisible()
  await expect(list.getByText('No conversations yet')).toHaveCount(0)
  await page.waitForTimeout(5_500) // as long as a lost connection goes without a word
  await expect(page.getByText('The server cannot be reached')).toHaveCount(0)
  await expect(list.getByText('No conversations yet')).toHaveCount(0)
  release()
  await expect(talk.row('Slow line')).toBeVisible()
  await expect(list.locator('[aria-busy=true]')).toHaveCount(0)
})

test('signing in after a while on the sign-in page is no lost connection', async ({ stage, request, baseURL }) => {
  await foundCompany(request, baseURL ?? '')
  const page = await stage.visit({ locale: 'en' })
  await page.clock.install()
  await page.goto('/sign-in')
  await page.clock.fastForward('05:00')
  const seen: string[] = []
  await page.exposeFunction('sayBar', (text: string) => void seen.push(text))
  await page.evaluate(() => {
    const say = (window as unknown as { sayBar: (text: string) => void }).sayBar
    const look = () => document.body.innerText.includes('cannot be reached') && say('cannot be reached')
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  await page.locator('input[name=login]').fill(company.login)
  await page.locator('input[name=password]').fill(company.password)
  await page.locator('button[type=submit]').click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  expect(seen).toEqual([])
})
