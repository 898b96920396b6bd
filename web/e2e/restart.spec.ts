import { expect } from '@playwright/test'
import { beginGroup, hire, singapore, southChina } from './colleagues'
import { untilReady, webProcess } from './server-process'
import { test } from './stage'
import { Talk } from './talk'

const title = '服务重启演练'

test('the server is killed under two people: both go on without a reload and miss nothing', async ({
  stage,
  baseURL,
}) => {
  const { 'crash.qin': one, 'crash.noah': two } = await hire(baseURL ?? '', {
    'crash.qin': ['秦重启', southChina],
    'crash.noah': ['Noah Frey', singapore],
  })
  await beginGroup(baseURL ?? '', one, title, [two])
  const here = await stage.enter(one, { locale: 'zh-CN' })
  const there = await stage.enter(two, { locale: 'en' })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  await mine.open(title)
  await theirs.open(title)
  for (const device of [here, there]) await device.page.evaluate(() => Object.assign(window, { isSameVisit: true }))
  await mine.say('重启之前')
  await expect(theirs.message('重启之前')).toBeVisible()

  const before = webProcess()
  test.skip(before === null, 'BILIN_SERVER_PID does not say which server this is')
  process.kill(before as number, 'SIGKILL')
  await mine.say('服务器正在重启')
  await theirs.say('still here')
  await expect.poll(webProcess).not.toBe(before)
  await untilReady(baseURL ?? '')

  await expect(theirs.message('服务器正在重启')).toBeVisible({ timeout: 30_000 })
  await expect(mine.message('still here')).toBeVisible({ timeout: 30_000 })
  await mine.say('重启之后')
  await expect(theirs.message('重启之后')).toBeVisible()
  for (const device of [here, there]) expect(await device.page.evaluate(() => 'isSameVisit' in window)).toBe(true)

  const fresh = new Talk((await stage.enter(two, { locale: 'en' })).page)
  await fresh.open(title)
  await expect(fresh.message('重启之后')).toBeVisible()
  const truth = await fresh.ids()
  expect(truth).toHaveLength(5) // the notice of the beginning, and four messages
  await expect.poll(() => mine.ids()).toEqual(truth)
  await expect.poll(() => theirs.ids()).toEqual(truth)
})
