import { type BrowserContext, expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { kept } from './kept'
import { phone, test } from './stage'
import { Talk } from './talk'

/** After a failure a test begins a group of its own. */
const run = Date.now() % 100_000
const title = `离线工作群 ${run}`
let near: Colleague
let far: Colleague
let third: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'away.wang': ['王离线', southChina],
    'away.otto': ['Otto Awaylind', singapore],
    'away.mei': ['梅远行', singapore],
  })
  near = people['away.wang']
  far = people['away.otto']
  third = people['away.mei']
})

/** The client, and whom one may look for, are kept in this browser. */
async function keptForLater(page: Page, context: BrowserContext): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 })
  await expect.poll(() => kept(page, 'answers'), { timeout: 30_000 }).toBeGreaterThan(1)
  await page.waitForTimeout(1_500) // the log is stored a second after what happened
  await context.setOffline(true)
  // Else what follows would prove nothing.
  const asks = () =>
    fetch('/health').then(
      () => true,
      () => false,
    )
  await expect.poll(() => context.serviceWorkers()[0]?.evaluate(asks)).toBe(false)
  await expect.poll(() => page.evaluate(asks)).toBe(false)
}

test('without network, after a reload too: conversations, contacts, palette, settings are there', async ({
  stage,
  baseURL,
}) => {
  await beginGroup(baseURL ?? '', near, title, [far])
  const { page, context } = await stage.enter(near, { locale: 'zh-CN', keepsClient: true })
  const talk = new Talk(page)
  await talk.open(title)
  await talk.send('断网前说的话')
  await keptForLater(page, context)
  await page.reload()

  await test.step('what was said is there, in a conversation and in the list', async () => {
    await expect(talk.row(title)).toContainText('断网前说的话')
    await expect(talk.message('断网前说的话')).toBeVisible()
    await expect(page.getByText('网络已断开')).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('so are people and units that nobody looked at before', async () => {
    await talk.goTo('通讯录')
    await expect(page.getByRole('treeitem', { name: singapore })).toBeVisible()
    await page.getByRole('treeitem', { name: singapore }).click()
    await page.getByLabel('搜索成员').fill('meiyuanxing')
    await expect(page.getByText(third.name).first()).toBeVisible()
    await page.getByLabel('搜索成员').fill('awaylind')
    await expect(page.getByText(far.name).first()).toBeVisible()
  })

  await test.step('the palette finds, and opens what is here', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('lixiangongzuo', { delay: 30 })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('离线工作', { delay: 30 })
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
  })

  await test.step('settings, shortcuts and emoji open, though they were never open before', async () => {
    await page.goto('/settings/appearance')
    await expect(page.getByRole('heading', { name: '外观' }).first()).toBeVisible()
    await page.goto('/messages')
    await talk.open(title)
    await page.keyboard.press('Control+/')
    await expect(page.getByRole('dialog', { name: '快捷键' })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '表情' }).click()
    await expect(page.getByPlaceholder('搜索表情')).toBeFocused()
    await expect(page.getByRole('dialog', { name: '表情' }).getByText('😀')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('what is not here says so', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('meiyuanxing', { delay: 30 })
    await expect(page.getByRole('option').first()).toContainText(third.name)
    await page.keyboard.press('Enter')
    await expect(page.getByText('无法连接服务器').first()).toBeVisible()
  })
})

test('what was done without network waits, is shown so, and is done once when the network is back', async ({
  stage,
  baseURL,
}) => {
  const group = `${title}二`
  await beginGroup(baseURL ?? '', near, group, [far])
  const { page, context } = await stage.enter(near, { locale: 'zh-CN', keepsClient: true })
  const there = await stage.enter(far, { locale: 'zh-CN' })
  const again = await stage.enter(near, { locale: 'zh-CN', viewport: phone })
  const [mine, theirs, second] = [new Talk(page), new Talk(there.page), new Talk(again.page)]
  for (const talk of [mine, theirs, second]) await talk.open(group)
  for (const text of ['要改的', '要撤回的', '要回应的', '要置顶的']) await mine.send(text)
  await theirs.send('对方的话')
  await expect(mine.message('对方的话')).toBeVisible()
  await keptForLater(page, context)

  await test.step('all of it is shown at once, as waiting', async () => {
    await mine.choose('要改的', '编辑')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('改好了')
    await page.keyboard.press('Enter')
    await expect(mine.message('改好了')).toContainText('等待网络')
    await mine.choose('要撤回的', '撤回')
    await page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
    await expect(page.getByText('你撤回了一条消息')).toBeVisible()
    await mine.message('要回应的').click({ button: 'right' })
    await page.getByRole('menu').getByRole('menuitem', { name: '👍' }).click()
    await expect(mine.message('要回应的').getByRole('img', { name: '等待网络' })).toBeVisible()
    await mine.choose('要置顶的', '置顶')
    await mine.say('离线第一条')
    await mine.say('离线第二条')
    await page.getByRole('button', { name: '修改名称' }).click()
    await page.getByRole('textbox', { name: '群名称' }).fill(`${group}改`)
    await page.keyboard.press('Enter')
    await expect(page.getByText(`改名为“${group}改”`)).toBeVisible()
    await expectAccessible(page)
    await expect(theirs.message('要改的')).toBeVisible()
  })

  await test.step('after a reload it still waits', async () => {
    await page.waitForTimeout(1_000)
    await page.reload()
    await expect(mine.message('改好了')).toContainText('等待网络')
    await expect(page.getByText(`改名为“${group}改”`)).toBeVisible()
    await expect(page.getByText('你撤回了一条消息')).toBeVisible()
  })

  await test.step('with the network it is there once, in order, for all and on the second device', async () => {
    await context.setOffline(false)
    for (const talk of [theirs, second]) {
      await expect(talk.page.getByRole('heading', { name: `${group}改`, level: 1 })).toBeVisible()
      await expect(talk.message('改好了')).toContainText('已编辑')
      await expect(talk.message('要撤回的')).toHaveCount(0)
      await expect(talk.message('要回应的').getByRole('button', { name: '👍' })).toContainText('1')
      await expect(talk.message('离线第二条')).toBeVisible()
    }
    await expect(page.getByText('等待网络')).toHaveCount(0)
    await expect.poll(() => theirs.texts()).toEqual(await mine.texts())
    expect((await theirs.texts()).slice(-2)).toEqual(['离线第一条', '离线第二条'])
    await expect(page.getByRole('img', { name: '等待网络' })).toHaveCount(0)
  })
})
