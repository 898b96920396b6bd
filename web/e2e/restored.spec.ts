import { expect } from '@playwright/test'
import { beginGroup, hire, signedIn, singapore, southChina } from './colleagues'
import { reconnect, ServerProcess, untilReady, webProcess } from './server-process'
import { test } from './stage'
import { Talk } from './talk'

const title = '备份恢复演练'

test('the server is restored from a backup: both see what is there now, without a reload, and what waited is sent', {
  tag: '@slow',
}, async ({ stage, baseURL }) => {
  test.skip(webProcess() === null, 'BILIN_SERVER_PID does not say which server this is')
  const server = new ServerProcess()
  const { 'backup.qiu': one, 'backup.ida': two } = await hire(baseURL ?? '', {
    'backup.qiu': ['邱备份', southChina],
    'backup.ida': ['Ida Frost', singapore],
  })
  const group = await beginGroup(baseURL ?? '', one, title, [two])
  const here = await stage.enter(one, { locale: 'zh-CN' })
  const there = await stage.enter(two, { locale: 'en' })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  const writer = await signedIn(baseURL ?? '', two)
  await mine.open(title)
  await theirs.open(title)
  for (const device of [here, there]) await device.page.evaluate(() => Object.assign(window, { isSameVisit: true }))
  await mine.send('备份之前')
  await expect(theirs.message('备份之前')).toBeVisible()

  await test.step('a backup is made; what is said after it will be lost', async () => {
    server.backUp()
    await mine.send('丢失的一条')
    await theirs.send('lost as well')
    await expect(mine.message('lost as well')).toBeVisible()
    await theirs.write('half a thought')
  })

  await test.step('restored, the log gives the same positions to other messages before one of them is back', async () => {
    await there.context.setOffline(true)
    await server.restore()
    await mine.say('恢复期间写的')
    await untilReady(baseURL ?? '')
    for (const text of ['new 1', 'new 2', 'new 3', 'new 4', 'new 5', 'new 6']) {
      const content = { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text }] }] }
      const answer = await writer.post(`/api/conversations/${group}/messages`, { data: { content } })
      expect(answer.status(), await answer.text()).toBe(201)
    }
    await there.context.setOffline(false)
    await reconnect(here.page)
  })

  await expect(mine.message('恢复期间写的').and(here.page.locator('[data-message]'))).toHaveCount(1)
  await expect(mine.message('恢复期间写的')).toHaveCount(1)
  await mine.send('恢复之后')
  await expect(theirs.message('恢复之后')).toBeVisible()
  await expect(theirs.box).toHaveText('half a thought')

  const fresh = new Talk((await stage.enter(two, { locale: 'en' })).page)
  await fresh.open(title)
  await expect(fresh.message('恢复之后')).toBeVisible()
  const truth = await fresh.ids()
  expect(truth).toHaveLength(10) // the notice of the beginning, one before the backup, two waited or came after, six
  for (const talk of [mine, theirs]) {
    await expect.poll(() => talk.ids()).toEqual(truth)
    await expect(talk.message('丢失的一条')).toHaveCount(0)
    await expect(talk.message('lost as well')).toHaveCount(0)
  }
  expect(await mine.texts()).toEqual(await fresh.texts())
  expect(await theirs.texts()).toEqual(await fresh.texts())
  for (const device of [here, there]) expect(await device.page.evaluate(() => 'isSameVisit' in window)).toBe(true)
  await writer.dispose()
})
