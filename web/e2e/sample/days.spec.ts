import { expect } from '@playwright/test'
import type { Message } from '@/core/api'
import { idAt, idTime } from '../../src/core/api/ids'
import { dateText } from '../../src/core/time/formats'
import { test } from '../stage'
import { administrator, whatIsThere } from './company'

test('from the line of a day to another day of weeks ago, and back to the newest', async ({ stage }) => {
  const { page, context } = await stage.enter(administrator, { locale: 'zh-CN', theme: 'light' })
  const { group } = await whatIsThere(context.request)
  const history = async (query: string): Promise<Message[]> =>
    (await (await context.request.get(`/api/conversations/${group.id}/messages?limit=50&${query}`)).json()).messages
  const newest = (await history('')).at(-1)
  // Somebody in Shanghai, whose clock the page has, whatever this machine's is.
  const midnight = (await history(`after=${group.created}`)).map(({ id }) => shanghaiMidnight(idTime(id)))[30] ?? 0
  const first = (await history(`around=${idAt(midnight)}`)).find(({ id }) => idTime(id) >= midnight)
  await page.goto(`/messages/${group.id}`)
  const log = page.getByRole('log')
  await expect(log.locator(`[data-message="${newest?.id}"]`)).toBeVisible()
  await expect(log.locator(`[data-message="${first?.id}"]`)).toHaveCount(0)

  await log.hover()
  await expect(async () => {
    await page.mouse.wheel(0, -600)
    await expect(log.getByRole('button', { name: /星期|今天|昨天/ }).first()).toBeInViewport({ timeout: 500 })
  }).toPass()
  await log
    .getByRole('button', { name: /星期|今天|昨天/ })
    .first()
    .click()
  await log
    .getByLabel('跳到某一天')
    .first()
    .fill(dateText(new Date(midnight + 12 * 3_600_000)))
  await expect(log.locator(`[data-message="${first?.id}"]`)).toBeInViewport()

  await page.getByRole('button', { name: /^(?:回到最新|\d+ 条新消息)$/ }).click()
  await expect(log.locator(`[data-message="${newest?.id}"]`)).toBeInViewport()
})

function shanghaiMidnight(timeMs: number): number {
  const [day, ahead] = [86_400_000, 8 * 3_600_000]
  return Math.floor((timeMs + ahead) / day) * day - ahead
}
