import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { test } from '../stage'
import { Talk } from '../talk'
import { administrator } from './company'
import { type Actor, actorsOf, morning } from './morning'
import { settled } from './screens'

const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url))
const title = '华东区经营周会'

/** The two pictures of the README: a working morning in the sample company. */
test('pictures for the README', async ({ stage, baseURL }) => {
  test.skip(!process.env.SCREENSHOTS, 'only `make screenshots` takes pictures')
  test.setTimeout(180_000)
  const origin = baseURL ?? ''
  const me = await stage.enter(administrator, { theme: 'light', locale: 'zh-CN', density: 'comfortable' })
  const actors = await actorsOf(me.context.request, origin, title)
  await morning(me.context.request, origin, actors, title)
  for (const actor of actors.slice(0, 7)) await stage.enter(actor.account)
  const typist = new Talk((await stage.enter((actors[0] as Actor).account)).page)
  await typist.open(title)

  const talk = new Talk(me.page)
  await talk.row('张敏').click()
  await talk.write('那就定在周三，我来约会议室')
  await talk.open(title)
  await expect(me.page.getByText('以下为新消息')).toBeVisible()
  await expect(me.page.getByRole('complementary')).toContainText('在线')
  await expect(me.page.getByRole('log')).toContainText('市场费用压到 86 万')
  await talk.message('18 号之前到齐').hover()

  for (const [theme, locale] of [
    ['light', 'zh-CN'],
    ['dark', 'en'],
  ]) {
    const headers = { Origin: origin }
    await me.context.request.patch('/api/me/preferences', { data: { theme, locale }, headers })
    await expect(me.page.locator('html')).toHaveAttribute('data-theme', theme ?? '')
    await expect(me.page.locator('html')).toHaveAttribute('lang', locale ?? '')
    await typist.write('好')
    await expect(me.page.getByText(/正在输入…|is typing…/)).toBeVisible()
    await me.page.screenshot({ path: `${folder}messages-${theme}.png`, animations: 'disabled' })
  }
})

/** The pictures of docs/administrators/policies.md: a branch with values of its own, one of them open. */
test('pictures of the policies', async ({ stage }) => {
  test.skip(!process.env.SCREENSHOTS, 'only `make screenshots` takes pictures')
  for (const locale of ['zh-CN', 'en'] as const) {
    const { page, context } = await stage.enter(administrator, { theme: 'light', locale, density: 'comfortable' })
    const { units } = await (await context.request.get('/api/org/units')).json()
    const unit = units.find(({ name }: { name: string }) => name === '华南分公司').id
    await page.goto(`/administration/policies?unit=${unit}&open=messaging.recall_window_s`)
    await expect(page.getByRole('complementary').getByRole('listitem').nth(1)).toBeVisible()
    await settled(page)
    await page.screenshot({ path: `${folder}policies-${locale}.png`, animations: 'disabled' })
  }
})
