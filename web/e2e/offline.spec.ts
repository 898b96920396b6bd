import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { kept } from './kept'
import { test } from './stage'
import { Talk } from './talk'

const title = '断网演练'
let near: Colleague
let far: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'line.wang': ['王断线', southChina],
    'line.otto': ['Otto Lind', singapore],
  })
  near = people['line.wang']
  far = people['line.otto']
})

test('without network one writes on and reads on; with it everything is sent once and in order', async ({
  stage,
  baseURL,
}) => {
  await beginGroup(baseURL ?? '', near, title, [far])
  const here = await stage.enter(near, { locale: 'zh-CN' })
  const there = await stage.enter(far, { locale: 'en' })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  const bar = here.page.getByText('网络已断开')
  await mine.open(title)
  await theirs.open(title)
  await mine.say('断网之前')
  await expect(theirs.message('断网之前')).toBeVisible()

  await test.step('the line is cut: said after a while, and writing goes on', async () => {
    await here.context.setOffline(true)
    for (const text of ['第一条', '第二条', '第三条']) await mine.say(text)
    await expect(mine.message('第三条')).toContainText('发送中')
    await expect(bar).toBeVisible()
    await theirs.say('while you were away')
    await expectAccessible(here.page)
    await expect(theirs.message('第一条')).toHaveCount(0)
  })

  await test.step('the line is back: nothing is lost, doubled or out of order', async () => {
    await here.context.setOffline(false)
    await expect(bar).toBeHidden()
    await expect(mine.message('while you were away')).toBeVisible()
    await expect(mine.message('第三条')).not.toContainText('发送中')
    await expect(theirs.message('第三条')).toBeVisible()
    expect(await theirs.texts()).toEqual(['断网之前', 'while you were away', '第一条', '第二条', '第三条'])
    await expect.poll(() => mine.ids()).toEqual(await theirs.ids())
  })
})

test('what was written without network is sent even when the page was closed meanwhile', async ({ stage, baseURL }) => {
  await beginGroup(baseURL ?? '', near, '关掉的窗口', [far])
  const here = await stage.enter(near, { locale: 'zh-CN' })
  const there = await stage.enter(far, { locale: 'en' })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  await mine.open('关掉的窗口')
  await theirs.open('关掉的窗口')
  await here.context.setOffline(true)
  await mine.say('写在断网时')
  await mine.write('半句话')
  await expect.poll(() => kept(here.page, 'outbox')).toBe(1)
  await expect.poll(() => kept(here.page, 'drafts')).toBe(1)
  await here.page.close()
  await here.context.setOffline(false)
  await expect(theirs.message('写在断网时')).toHaveCount(0)

  const again = new Talk(await here.context.newPage())
  await again.page.goto('/messages')
  await expect(theirs.message('写在断网时')).toBeVisible()
  await again.open('关掉的窗口')
  await expect(again.box).toHaveText('半句话')
  expect(await theirs.texts()).toEqual(['写在断网时'])
})
