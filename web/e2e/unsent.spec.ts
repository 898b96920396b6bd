import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, signedIn, singapore, southChina } from './colleagues'
import { test } from './stage'
import { Talk } from './talk'

/** What one wrote is never gone without a word: unsaved edits, recalled words, answers to what is gone, signing out. */
let su: Colleague
let otto: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'unsent.su': ['苏留言', southChina],
    'unsent.otto': ['Otto Keep', singapore],
  })
  su = people['unsent.su']
  otto = people['unsent.otto']
})

test('an edit that was begun is there after another conversation, a reload, and an answer in between', async ({
  stage,
  baseURL,
}) => {
  await beginGroup(baseURL ?? '', su, '改一改', [otto])
  await beginGroup(baseURL ?? '', su, '别处', [otto])
  const { page } = await stage.enter(su, { locale: 'zh-CN' })
  const talk = new Talk(page)
  await talk.open('改一改')
  await talk.send('第一句')
  await talk.send('明天三点开会')
  await page.keyboard.press('ArrowUp')
  await expect(talk.box).toHaveText('明天三点开会')
  await page.keyboard.type('，改到四点')
  await talk.open('别处')
  await expect(talk.row('改一改')).toContainText('明天三点开会，改到四点')
  await talk.open('改一改')
  await expect(talk.box).toHaveText('明天三点开会，改到四点')
  await page.reload()
  await expect(talk.box).toHaveText('明天三点开会，改到四点')
  await talk.choose('第一句', '回复')
  await expect(talk.box).toHaveText('')
  await talk.say('收到')
  await expect(talk.box).toHaveText('明天三点开会，改到四点')
  await page.keyboard.press('Enter')
  await expect(talk.message('明天三点开会，改到四点')).toContainText('已编辑')
  await expect(talk.box).toHaveText('')
})

test('two devices change one message: the later sees both texts and chooses', async ({ stage, baseURL }) => {
  const group = await beginGroup(baseURL ?? '', su, '两台设备', [otto])
  const { page } = await stage.enter(su, { locale: 'zh-CN' })
  const talk = new Talk(page)
  await talk.open('两台设备')
  await talk.send('原文')
  const message = (await talk.ids()).at(-1)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.type('，这台')
  const other = await signedIn(baseURL ?? '', su)
  const content = { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text: '原文，那台' }] }] }
  const answer = await other.patch(`/api/conversations/${group}/messages/${message}`, { data: { content } })
  expect(answer.status()).toBe(200)
  await other.dispose()
  await expect(page.getByText('已在另一台设备上修改：')).toBeVisible()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('原文，那台')
  await expect(dialog).toContainText('原文，这台')
  await dialog.getByRole('button', { name: '使用我的内容' }).click()
  await expect(talk.message('原文，这台')).toBeVisible()
  await expect(talk.box).toHaveText('')
})

test('what is too old to be changed is not offered, and the key says so at once', async ({ stage, baseURL }) => {
  await beginGroup(baseURL ?? '', su, '太晚了', [otto])
  const { page } = await stage.enter(su, { locale: 'zh-CN', at: '/contacts' })
  await page.route('**/api/sync*', async route => {
    const answer = await route.fetch()
    const sync = await answer.json()
    // Over before it began: the clock of the server is known to the second only.
    const me = { ...sync.me, policies: { ...sync.me.policies, 'messaging.edit_window_s': -2 } }
    await route.fulfill({ response: answer, json: { ...sync, me } })
  })
  await page.goto('/messages')
  const talk = new Talk(page)
  await talk.open('太晚了')
  await talk.send('开会时间是三点')
  await talk.message('开会时间是三点').click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: '复制文字' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: '编辑' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await talk.box.click()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByText('已超过可修改这条消息的时间。').first()).toBeVisible()
  await expect(talk.box).toHaveText('')
})

test('recalled words come back to where one writes; an answer to them goes without the quote', async ({
  stage,
  baseURL,
}) => {
  await beginGroup(baseURL ?? '', su, '重新编辑', [otto])
  const [zh, en] = [await stage.enter(su, { locale: 'zh-CN' }), await stage.enter(otto, { locale: 'en' })]
  const [hers, his] = [new Talk(zh.page), new Talk(en.page)]
  await hers.open('重新编辑')
  await his.open('重新编辑')
  await hers.send('开会时间是两点')
  await his.choose('开会时间是两点', 'Reply')
  await his.write('I will be there')
  await hers.choose('开会时间是两点', '撤回')
  await zh.page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
  await expect(en.page.getByText('The message you reply to was recalled.')).toBeVisible()
  await en.page.keyboard.press('Enter')
  await expect(hers.message('I will be there')).toBeVisible()
  await expect(en.page.getByRole('button', { name: 'Edit again' })).toHaveCount(0)
  await zh.page.reload()
  await hers.notice('你撤回了一条消息').getByRole('button', { name: '重新编辑' }).click()
  await expect(hers.box).toHaveText('开会时间是两点')
  await zh.page.keyboard.type('半')
  await zh.page.keyboard.press('Enter')
  await expect(his.message('开会时间是两点半')).toBeVisible()
})

test('what is refused while one is elsewhere is told in the list, and nothing is lost where one was removed', async ({
  stage,
  baseURL,
}) => {
  const group = await beginGroup(baseURL ?? '', otto, '不再属于', [su])
  await beginGroup(baseURL ?? '', otto, '还在这里', [su])
  const { page, context } = await stage.enter(su, { locale: 'zh-CN' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const talk = new Talk(page)
  await talk.open('不再属于')
  await context.setOffline(true)
  await talk.say('离线时写的一段话')
  await talk.write('还没写完')
  await talk.open('还在这里')
  const sending = '**/api/conversations/*/messages'
  await page.route(sending, route =>
    route.fulfill({
      status: 403,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'core.forbidden' }),
    }),
  )
  await context.setOffline(false)
  await expect(talk.row('不再属于')).toContainText('发送失败：离线时写的一段话')
  await page.unroute(sending)

  const owner = await signedIn(baseURL ?? '', otto)
  expect((await owner.delete(`/api/conversations/${group}/members/${su.id}`)).ok()).toBe(true)
  await owner.dispose()
  await expect(talk.row('不再属于')).toHaveCount(0)
  await page.getByRole('status').filter({ hasText: '写的内容没有发出' }).getByRole('button', { name: '显示' }).click()
  const left = page.getByRole('region', { name: '未发出' })
  await expect(left.getByRole('article')).toHaveText([/离线时写的一段话/, /还没写完/])
  await expectAccessible(page)
  await left.getByRole('button', { name: '复制文字' }).first().click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('离线时写的一段话')
  for (const _ of [1, 2]) await left.getByRole('button', { name: '删除' }).first().click()
  await expect(left).toHaveCount(0)
  await expect(page.getByText('写的内容没有发出')).toHaveCount(0)
})

test('signing out asks about what was not sent, with a choice, also of another tab', async ({ stage, baseURL }) => {
  await beginGroup(baseURL ?? '', otto, 'Leaving', [su])
  const { page, context } = await stage.enter(otto, { locale: 'en' })
  const talk = new Talk(page)
  await talk.open('Leaving')
  const second = await context.newPage()
  await second.goto('/messages')
  await page.bringToFront()
  await context.setOffline(true)
  await talk.write('half a sentence')
  await expect.poll(() => second.evaluate(countDrafts)).toBe(1)
  const leave = async () => {
    await second.getByRole('button', { name: `Account of ${otto.name}` }).click()
    await second.getByRole('menuitem', { name: 'Sign out' }).click()
  }
  await leave()
  const question = second.getByRole('alertdialog')
  await expect(question).toContainText('You have 1 draft')
  await question.getByRole('button', { name: 'Stay signed in' }).click()
  await expect(talk.box).toHaveText('half a sentence')

  await page.bringToFront()
  await talk.box.press('Enter')
  await expect(talk.message('half a sentence')).toBeVisible()
  await leave()
  await expect(question).toContainText('1 message has not been sent')
  await question.getByRole('button', { name: 'Delete and sign out' }).click()
  await expect(second.getByText('You are still signed in.').first()).toBeVisible()
  await context.setOffline(false)
  await expect(talk.message('half a sentence')).toHaveAttribute('data-message')
  await leave()
  await expect(second.locator('input[name=login]')).toBeVisible()
  await expect(page.locator('input[name=login]')).toBeVisible()
})

/** Runs in the page: how many drafts this browser has stored. */
async function countDrafts(): Promise<number> {
  const [found] = await indexedDB.databases()
  return await new Promise(resolve => {
    const opening = indexedDB.open(found?.name ?? '')
    opening.onsuccess = () => {
      const counting = opening.result.transaction('drafts').objectStore('drafts').count()
      counting.onsuccess = () => {
        opening.result.close()
        resolve(counting.result)
      }
    }
  })
}
