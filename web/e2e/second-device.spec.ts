import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, hire, singapore, southChina } from './colleagues'
import { phone, test } from './stage'
import { Talk } from './talk'

const title = '两台设备'

test('what I read, choose and end on one device follows on the other at once', async ({ stage, baseURL }) => {
  const { 'twice.zhou': me, 'twice.eva': other } = await hire(baseURL ?? '', {
    'twice.zhou': ['周双机', southChina],
    'twice.eva': ['Eva Holm', singapore],
  })
  const id = await beginGroup(baseURL ?? '', other, title, [me])
  const sender = new Talk((await stage.enter(other, { locale: 'en', at: `/messages/${id}` })).page)
  const desk = await stage.enter(me, { locale: 'zh-CN', theme: 'light' })
  const pocket = await stage.enter(me, { viewport: phone })
  const [onDesk, onPhone] = [new Talk(desk.page), new Talk(pocket.page)]

  await test.step('unread counts are the same, and reading ends them everywhere', async () => {
    for (const text of ['one', 'two', 'three']) await sender.say(text)
    for (const talk of [onDesk, onPhone]) await expect(talk.row(title).getByText('3 条未读')).toBeAttached()
    await onPhone.open(title)
    await expect(onPhone.message('three')).toBeVisible()
    await expect(onDesk.row(title).getByText('条未读')).toHaveCount(0)
    await expect(onDesk.rail('消息')).not.toContainText('未读')
  })

  await test.step('what I send from one is on the other, and is not unread there', async () => {
    await onPhone.say('手机上写的')
    await expect(onDesk.row(title)).toContainText('手机上写的')
    await onDesk.open(title)
    await onDesk.say('电脑上写的')
    await expect(onPhone.message('电脑上写的')).toBeVisible()
    await expect.poll(() => onPhone.ids()).toEqual(await onDesk.ids())
  })

  await test.step('what I mark as unread waits on both, until I open it on one of them', async () => {
    const sign = (talk: Talk) => talk.row(title).getByRole('img', { name: '已标为未读' })
    await onDesk.row(title).click({ button: 'right' })
    await onDesk.page.getByRole('menuitem', { name: '标为未读' }).click()
    await expect(sign(onDesk)).toBeVisible()
    await onDesk.goTo('通讯录')
    await onPhone.page.getByRole('button', { name: '返回列表' }).click()
    await expect(sign(onPhone)).toBeVisible()
    await onPhone.page.getByRole('radio', { name: '未读' }).click()
    await expect(onPhone.row(title)).toBeVisible()
    await expectAccessible(onPhone.page)
    await onPhone.page.getByRole('radio', { name: '全部' }).click()
    await onPhone.open(title)
    await onDesk.goTo('消息')
    await expect(onDesk.row(title)).toBeVisible()
    await expect(sign(onDesk)).toHaveCount(0)
    await onDesk.open(title)
  })

  await test.step('what is only begun is there, too, and goes with what was begun', async () => {
    await onDesk.write('还没写完')
    await expect(onPhone.box).toHaveText('还没写完')
    await onDesk.page.keyboard.press('Control+a')
    await onDesk.page.keyboard.press('Delete')
    await expect(onPhone.box).toHaveText('')
  })

  await test.step('pins, language and theme follow', async () => {
    await onDesk.page.getByRole('complementary').getByRole('switch', { name: '置顶会话' }).click()
    await onDesk.page.goto('/settings/appearance')
    await onDesk.page.getByRole('radio', { name: '深色' }).click()
    await expect(onPhone.page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await onDesk.page.getByRole('radio', { name: 'English' }).click()
    await expect(onPhone.page.locator('html')).toHaveAttribute('lang', 'en')
    await onPhone.page.getByRole('button', { name: 'Back to the list' }).click()
    await onPhone.row(title).click({ button: 'right' })
    await expect(onPhone.page.getByRole('menuitem', { name: 'Unpin' })).toBeVisible()
    await onPhone.page.keyboard.press('Escape')
    await expectAccessible(onPhone.page)
  })

  await test.step('signing out the other device closes it at once, and leaves nothing of me there', async () => {
    await onDesk.page.goto('/settings/security')
    await onDesk.page.getByRole('button', { name: 'Sign out' }).first().click()
    const confirm = onDesk.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' })
    if (await confirm.isVisible()) await confirm.click()
    await expect(onPhone.page).toHaveURL(/\/sign-in/)
    await expect(onPhone.page.getByText(title)).toHaveCount(0)
    const answer = await pocket.context.request.get('/api/me')
    expect(answer.status()).toBe(401)
    await expectAccessible(onPhone.page)
    await expect(onDesk.page).toHaveURL(/\/settings\/security/)
  })
})
