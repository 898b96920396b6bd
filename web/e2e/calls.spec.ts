import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, hire, signedIn, singapore, southChina } from './colleagues'
import { desktop, test } from './stage'
import { Talk } from './talk'

/** After a failure a test begins a group of its own. */
const title = `值班 ${Date.now() % 100_000}`

/** The system's list of notifications, which a browser without windows does not have, and its question, to which people say yes. */
function systemOfTheDevice(): void {
  const list: { title: string; tag: string; body: string; close: () => void }[] = []
  let permission: NotificationPermission = 'default'
  Object.defineProperty(Notification, 'permission', { get: () => permission })
  Notification.requestPermission = async () => {
    permission = 'granted'
    return permission
  }
  const remove = (tag: string) => list.splice(0, list.length, ...list.filter(each => each.tag !== tag))
  ServiceWorkerRegistration.prototype.showNotification = async (title, { tag = '', body = '' } = {}) => {
    remove(tag)
    list.push({ title, tag, body, close: () => remove(tag) })
  }
  ServiceWorkerRegistration.prototype.getNotifications = async ({ tag } = {}) =>
    list.filter(each => tag === undefined || each.tag === tag) as unknown as Notification[]
}

async function standing(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const all = (await registration?.getNotifications()) ?? []
    return all.map(each => `${each.title}: ${each.body}`)
  })
}

test('who looks elsewhere is called until it is read, asked first, and not while they want no call', async ({
  stage,
  baseURL,
}, info) => {
  const { 'calls.he': me, 'calls.nora': other } = await hire(baseURL ?? '', {
    'calls.he': ['何在别处', southChina],
    'calls.nora': ['Nora Berg', singapore],
  })
  const group = await beginGroup(baseURL ?? '', other, title, [me])
  const api = await signedIn(baseURL ?? '', other)
  const say = async (text: string) => {
    const content = { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text }] }] }
    const answer = await api.post(`/api/conversations/${group}/messages`, { data: { content } })
    expect(answer.status(), await answer.text()).toBe(201)
  }
  await say('先看这里')
  const { page, context } = await stage.enter(me, { locale: 'zh-CN', keepsClient: true, viewport: desktop })
  // A browser without windows gives the focus to every page: here somebody is in another window or in this one.
  const look = (isHere: boolean) =>
    page.evaluate(here => {
      document.hasFocus = () => here
      window.dispatchEvent(new Event(here ? 'focus' : 'blur'))
    }, isHere)
  await expect(new Talk(page).row(title)).toBeVisible()

  await test.step('the browser may show calls once somebody said so', async () => {
    await context.addInitScript(systemOfTheDevice)
    await page.reload()
    const question = page.getByText('在其他窗口时，有新消息要通知你吗？')
    await expect(question).toBeVisible({ timeout: 30_000 })
    await expectAccessible(page)
    await page.screenshot({ path: info.outputPath('question.png') })
    await page.getByRole('button', { name: '开启', exact: true }).click()
    await expect(question).toHaveCount(0)
  })

  await test.step('a message calls, and the call ends when it is read', async () => {
    await look(false)
    await say('有人吗')
    await expect.poll(() => standing(page)).toEqual([`${title}: Nora Berg：有人吗`])
    await expect(page).toHaveTitle(/^\(2\)/)
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/icon-unread.svg')
    await look(true)
    // As the system says to the service worker that somebody pressed it.
    const path = `/messages/${group}`
    await context.serviceWorkers()[0]?.evaluate(where => {
      const notification = { close: () => undefined, data: { path: where } }
      self.dispatchEvent(Object.assign(new Event('notificationclick'), { notification, waitUntil: () => undefined }))
    }, path)
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    await expect.poll(() => standing(page)).toEqual([])
    await expect(page).toHaveTitle(/^[^(]/)
  })

  await test.step('do not disturb, until it is ended', async () => {
    await page.getByRole('button', { name: /何在别处的账号/ }).click()
    await page.getByRole('menuitem', { name: '勿扰' }).click()
    await expectAccessible(page)
    await page.getByRole('menuitem', { name: '2 小时' }).click()
    const sign = page.getByRole('button', { name: /^勿扰至 \d\d:\d\d/ })
    await expect(sign).toBeVisible()
    await page.screenshot({ path: info.outputPath('quiet.png') })
    await sign.click()
    await expect(sign).toHaveCount(0)
    await page.goto('/settings/notifications')
    await expect(page.getByText('系统通知')).toBeVisible()
    await expectAccessible(page)
    await page.screenshot({ path: info.outputPath('settings.png') })
  })
  await api.dispose()
})
