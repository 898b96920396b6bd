import { existsSync } from 'node:fs'
import { type BrowserContext, chromium, expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { kept } from './kept'
import { phone, test } from './stage'
import { Talk } from './talk'

const run = Date.now() % 100_000
const title = `装好的应用群 ${run}`
/** An app has a window of its own, which the browser without windows has not. */
const browser = ['/usr/bin/chromium', process.env.CHROMIUM ?? ''].find(existsSync)
let near: Colleague
let far: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'app.xu': ['许装机', southChina],
    'app.iris': ['Iris Appleton', singapore],
  })
  near = people['app.xu']
  far = people['app.iris']
  await beginGroup(baseURL ?? '', near, title, [far])
})

/** The app as the system starts it: its own window, at its first address, in the profile of its person. */
async function startApp(folder: string, origin: string): Promise<{ app: BrowserContext; page: Page }> {
  const app = await chromium.launchPersistentContext(folder, {
    executablePath: browser,
    args: ['--no-sandbox', '--disable-gpu', `--app=${origin}/messages`],
    baseURL: origin,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    viewport: { width: 1180, height: 800 },
  })
  const page = app.pages()[0] ?? (await app.newPage())
  return { app, page }
}

/** The machine has no network: neither pages nor what runs beside them. */
async function cutOff(app: BrowserContext, page: Page): Promise<void> {
  await app.setOffline(true)
  const asks = () =>
    fetch('/health').then(
      () => true,
      () => false,
    )
  await expect.poll(() => app.serviceWorkers()[0]?.evaluate(asks)).toBe(false)
  await expect.poll(() => page.evaluate(asks)).toBe(false)
}

test('the installed app without network: opened, read, searched, written in; then all of it once, on each device', async ({
  stage,
  baseURL,
}, testInfo) => {
  const origin = baseURL ?? ''
  const folder = testInfo.outputPath('profile')
  const there = await stage.enter(far, { locale: 'zh-CN' })
  const again = await stage.enter(near, { locale: 'zh-CN', viewport: phone })
  const [theirs, second] = [new Talk(there.page), new Talk(again.page)]
  const { app, page } = await startApp(folder, origin)
  const mine = new Talk(page)

  await test.step('installed while there was a network', async () => {
    await page.goto('/messages')
    await page.locator('input[name=login]').fill(near.login)
    await page.locator('input[name=password]').fill(near.password)
    await page.keyboard.press('Enter')
    await mine.open(title)
    await mine.send('要改的话')
    await theirs.open(title)
    await theirs.send('等你回应')
    await second.open(title)
    await expect(mine.message('等你回应')).toBeVisible()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 })
    await expect.poll(() => kept(page, 'answers'), { timeout: 30_000 }).toBeGreaterThan(1)
    await page.waitForTimeout(1_500) // the log is stored a second after what happened
  })

  await test.step('opened and read', async () => {
    await cutOff(app, page)
    await page.goto('/messages')
    await mine.open(title)
    await expect(mine.message('要改的话')).toBeVisible()
    await expect(mine.message('等你回应')).toBeVisible()
    await expectAccessible(page)
  })

  await test.step('names searched', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('appleton', { delay: 40 })
    await expect(page.getByRole('option').first()).toContainText(far.name)
    await page.keyboard.press('Escape')
  })

  await test.step('three messages written, a reaction, an edit', async () => {
    for (const text of ['断网一', '断网二', '断网三']) await mine.say(text)
    await mine.message('等你回应').click({ button: 'right' })
    await page.getByRole('menu').getByRole('menuitem', { name: '👍' }).click()
    await mine.choose('要改的话', '编辑')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('改过的话', { delay: 40 })
    await page.keyboard.press('Enter')
    await expect(mine.message('改过的话')).toContainText('等待网络')
    await expect(theirs.message('断网一')).toHaveCount(0)
  })

  await test.step('with the network: there once, in order, for the others and on the second device', async () => {
    await app.setOffline(false)
    for (const talk of [theirs, second]) {
      await expect(talk.message('断网三')).toBeVisible()
      await expect(talk.message('改过的话')).toContainText('已编辑')
      await expect(talk.message('等你回应').getByRole('button', { name: '👍' })).toContainText('1')
    }
    await expect(page.getByText('等待网络')).toHaveCount(0)
    const said = ['改过的话', '等你回应', '断网一', '断网二', '断网三']
    for (const talk of [mine, theirs, second]) {
      await expect.poll(async () => (await talk.texts()).map(text => text.split('\n')[0])).toEqual(said)
    }
    const ids = await theirs.ids()
    for (const talk of [mine, second]) await expect.poll(() => talk.ids()).toEqual(ids)
  })
  await app.close()
})
