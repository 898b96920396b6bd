import { readFileSync } from 'node:fs'
import { type BrowserContextOptions, expect, test } from '@playwright/test'
import { Talk } from '../talk'

const earlier = process.env.BILIN_EARLIER ?? ''

test('a browser of an earlier release keeps its session, its draft, and what it had not sent', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ storageState: movedTo(baseURL ?? ''), locale: 'zh-CN' })
  const talk = new Talk(await context.newPage())
  await talk.page.goto('/messages')
  await expect(talk.page.locator('[data-conversation]').first()).toBeVisible()

  const drafts = talk.page.locator('[data-conversation]').filter({ hasText: '草稿' })
  await expect(drafts).toHaveCount(2)
  await drafts.filter({ hasText: '下午把排班表再核对一遍' }).click()
  await expect(talk.box).toContainText('下午把排班表再核对一遍')
  await expect(talk.box).toContainText('roster.xlsx')

  await talk.page.locator('[data-conversation]').filter({ hasText: '还没写完的半句' }).click()
  await expect(talk.box).toHaveText('还没写完的半句')
  for (const text of ['断网时写的第一条', '断网时写的第二条']) {
    await expect(talk.message(text)).toHaveCount(1)
    await expect(talk.message(text)).toHaveAttribute('data-message')
  }
  const said = await talk.texts()
  expect(said.slice(-2)).toEqual(['断网时写的第一条', '断网时写的第二条，说到 星号 和 C:\\temp']) // it was italic then: *…*
  await context.close()
})

/** What the browser held, as if it had been at this address from the start. */
function movedTo(origin: string): BrowserContextOptions['storageState'] {
  const state = JSON.parse(readFileSync(earlier, 'utf8'))
  for (const each of state.origins) each.origin = origin
  return state
}
