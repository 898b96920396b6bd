import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { shoot } from './sample/shoot'
import { phone, test } from './stage'
import { Talk } from './talk'

let xu: Colleague
let ada: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'pins.xu': ['徐置顶', southChina],
    'pins.ada': ['Ada Holt', singapore],
  })
  xu = people['pins.xu']
  ada = people['pins.ada']
})

test('what one pins, both see above the conversation, and either takes it off', async ({
  stage,
  baseURL,
}, testInfo) => {
  const title = '置顶两人'
  await beginGroup(baseURL ?? '', xu, title, [ada])
  const zh = await stage.enter(xu, { locale: 'zh-CN', theme: 'light' })
  const en = await stage.enter(ada, { locale: 'en', theme: 'dark' })
  const [hers, his] = [new Talk(zh.page), new Talk(en.page)]
  const hisBar = en.page.getByRole('region', { name: 'Pinned messages' })
  const herBar = zh.page.getByRole('region', { name: '置顶消息' })
  await hers.open(title)
  await his.open(title)
  await hers.send('二期里程碑与责任人，周五前确认')
  for (let line = 1; line <= 30; line++) await hers.say(`第${line}条`)

  await test.step('from the menu; the bar is there for both, and a reload keeps it', async () => {
    await his.say('The plan for phase two')
    await his.choose('The plan for phase two', 'Pin')
    await expect(herBar).toContainText('Ada Holt 置顶：The plan for phase two')
    await expect(hisBar).toContainText('Ada Holt pinned: The plan for phase two')
    await en.page.reload()
    await expect(hisBar).toContainText('The plan for phase two')
  })

  await test.step('from the keyboard, far above; the bar leads there', async () => {
    const log = zh.page.getByRole('log')
    await log.hover()
    while ((await hers.message('二期里程碑').count()) === 0) await zh.page.mouse.wheel(0, -600)
    await hers.message('二期里程碑').focus()
    await zh.page.keyboard.press('p')
    await expect(hisBar).toContainText('徐置顶 pinned: 二期里程碑与责任人')
    await expect(hisBar).toContainText('1/2')
    const newest = en.page.getByRole('button', { name: 'Jump to latest' })
    if (await newest.isVisible()) await newest.click() // a reload comes back to what was new
    await expect(his.message('二期里程碑')).not.toBeInViewport()
    await hisBar.getByRole('button', { name: /pinned:/ }).click()
    await expect(his.message('二期里程碑')).toBeInViewport()
  })

  await test.step('the list: who, when, and off again', async () => {
    await hisBar.getByRole('button', { name: 'Show all 2 pinned messages' }).click()
    const list = en.page.getByRole('dialog', { name: 'Pinned messages' })
    await expect(list.getByRole('listitem')).toHaveCount(2)
    await expect(list).toContainText('徐置顶 pinned it')
    await expectAccessible(en.page)
    await shoot(en.page, testInfo, 'pins-list-dark')
    await herBar.getByRole('button', { name: '查看全部 2 条置顶消息' }).click()
    await expect(zh.page.getByRole('dialog', { name: '置顶消息' })).toContainText('Ada Holt置顶于')
    await shoot(zh.page, testInfo, 'pins-list-light')
    await expectAccessible(zh.page)
    await list.getByRole('listitem').first().getByRole('button', { name: 'Unpin' }).click()
    await expect(herBar).toContainText('Ada Holt 置顶：The plan')
    await expect(herBar).not.toContainText('/2')
    await en.page.keyboard.press('Escape')
  })

  await test.step('what is recalled is not pinned any more', async () => {
    await hisBar.getByRole('button', { name: /pinned:/ }).click()
    await his.choose('The plan for phase two', 'Recall')
    await en.page.getByRole('alertdialog').getByRole('button', { name: 'Recall' }).click()
    await expect(herBar).toHaveCount(0)
    await expect(hisBar).toHaveCount(0)
  })
})

test('without network a pin waits, outlives the page, and is there for all when the line is back', async ({
  stage,
  baseURL,
}, testInfo) => {
  const title = '断网置顶'
  await beginGroup(baseURL ?? '', xu, title, [ada])
  const here = await stage.enter(xu, { locale: 'zh-CN', theme: 'dark', viewport: phone })
  const there = await stage.enter(ada, { locale: 'en', theme: 'light' })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  const bar = here.page.getByRole('region', { name: '置顶消息' })
  await mine.open(title)
  await theirs.open(title)
  await mine.say('地铁里写的')
  await expect(theirs.message('地铁里写的')).toBeVisible()
  await here.context.setOffline(true)
  await mine.choose('地铁里写的', '置顶')
  await expect(bar).toContainText('徐置顶 置顶：地铁里写的')
  await expect(bar.getByRole('img', { name: '等待网络' })).toBeVisible()
  await expectAccessible(here.page)
  await shoot(here.page, testInfo, 'pins-waiting-phone')
  await bar.getByRole('button', { name: '查看 1 条置顶消息' }).tap()
  await shoot(here.page, testInfo, 'pins-list-phone')
  await here.page.close()
  await expect(there.page.getByRole('region', { name: 'Pinned messages' })).toHaveCount(0)

  await here.context.setOffline(false)
  const again = await here.context.newPage()
  await again.goto('/messages')
  await expect(there.page.getByRole('region', { name: 'Pinned messages' })).toContainText('地铁里写的')
  await new Talk(again).open(title)
  await expect(again.getByRole('img', { name: '等待网络' })).toHaveCount(0)
  await expect(again.getByRole('region', { name: '置顶消息' })).toContainText('地铁里写的')
})

test('what the server refuses is taken back and said', async ({ stage, baseURL }) => {
  const title = '置顶太多'
  const group = await beginGroup(baseURL ?? '', xu, title, [ada])
  const { page } = await stage.enter(xu, { locale: 'en' })
  const talk = new Talk(page)
  await talk.open(title)
  await talk.send('one too many')
  const full = {
    status: 409,
    code: 'messaging.too_many_pins',
    title: '',
    detail: '',
    hint: '',
    details: { limit: 100 },
  }
  await page.route(`**/api/conversations/${group}/messages/*/pin`, route => route.fulfill({ status: 409, json: full }))
  await talk.choose('one too many', 'Pin')
  await expect(page.getByText('The message was not pinned.').first()).toBeVisible()
  await expect(page.getByText('Unpin some of them first.').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Pinned messages' })).toHaveCount(0)
})
