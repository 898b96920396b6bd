import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { shoot } from './sample/shoot'
import { type Device, phone, test } from './stage'
import { Talk } from './talk'

let me: Colleague
let other: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'draft.lin': ['林草稿', southChina],
    'draft.joe': ['Joe Marsh', singapore],
  })
  me = people['draft.lin']
  other = people['draft.joe']
})

test('what I begin on one device I go on with on the other, and what is sent is a draft nowhere', async ({
  stage,
  baseURL,
}, testInfo) => {
  const title = '接力写作'
  await beginGroup(baseURL ?? '', me, title, [other])
  const desk = await stage.enter(me, { locale: 'zh-CN', theme: 'light' })
  const pocket = await stage.enter(me, { viewport: phone })
  const there = await stage.enter(other, { locale: 'en', theme: 'dark' })
  const [onDesk, onPhone, theirs] = [new Talk(desk.page), new Talk(pocket.page), new Talk(there.page)]
  await onDesk.open(title)
  await onDesk.send('第一句')
  await theirs.open(title)

  await test.step('the list of the other device says so, and its composer has it', async () => {
    await onDesk.write('明天的会')
    await expect(onPhone.row(title)).toContainText('草稿：明天的会')
    await shoot(pocket.page, testInfo, 'drafts-list-phone')
    await expectAccessible(pocket.page)
    await onPhone.open(title)
    await expect(onPhone.box).toHaveText('明天的会')
    await expect(theirs.box).toHaveText('')
    await onDesk.page.keyboard.type('议') // where the cursor was: nothing was put in the place of what stands there
    await expect(onPhone.box).toHaveText('明天的会议')
  })

  await test.step('with what it answers', async () => {
    await theirs.send('Which room?')
    await onDesk.choose('Which room?', '回复')
    await onDesk.page.keyboard.type('改在三楼')
    await expect(onPhone.box).toHaveText('明天的会议改在三楼')
    await expect(pocket.page.getByText('回复Joe Marsh')).toBeVisible()
  })

  await test.step('written on from there, and after a reload', async () => {
    await onPhone.box.tap()
    await pocket.page.keyboard.press('End')
    await pocket.page.keyboard.type('，九点')
    await expect(onDesk.box).toHaveText('明天的会议改在三楼，九点')
    await desk.page.reload()
    await expect(onDesk.box).toHaveText('明天的会议改在三楼，九点')
  })

  await test.step('sent from one, gone from both', async () => {
    await pocket.page.getByRole('button', { name: '发送', exact: true }).tap()
    await expect(theirs.message('九点')).toBeVisible()
    await expect(onDesk.box).toHaveText('')
    await expect(onPhone.box).toHaveText('')
    await desk.page.reload()
    await expect(onDesk.message('九点')).toBeVisible()
    await expect(onDesk.box).toHaveText('')
    await desk.page.waitForTimeout(2_500)
    await expect(onDesk.box).toHaveText('')
  })
})

test('two texts written apart are both there until I say which; without network nothing is lost', async ({
  stage,
  baseURL,
}, testInfo) => {
  const title = '两地写作'
  await beginGroup(baseURL ?? '', me, title, [other])
  const desk = await stage.enter(me, { locale: 'zh-CN', theme: 'dark' })
  const pocket = await stage.enter(me, { viewport: phone })
  const [onDesk, onPhone] = [new Talk(desk.page), new Talk(pocket.page)]
  await onDesk.open(title)
  await onDesk.send('第一句')
  await onPhone.open(title)
  await desk.context.setOffline(true)
  await onDesk.write('电脑上写的一段')
  await onPhone.write('手机上写的另一段')
  await pocket.page.waitForTimeout(3_000)
  await desk.context.setOffline(false)

  await test.step('nothing is overwritten on either', async () => {
    await expect(otherText(desk)).toContainText('手机上写的另一段')
    await expect(onDesk.box).toHaveText('电脑上写的一段')
    await expect(onPhone.box).toHaveText('手机上写的另一段')
    await shoot(desk.page, testInfo, 'drafts-two-dark')
    await expectAccessible(desk.page)
    await desk.page.reload()
    await expect(otherText(desk)).toContainText('手机上写的另一段')
    await expect(onDesk.box).toHaveText('电脑上写的一段')
  })

  await test.step('put together, it is one on both', async () => {
    await desk.page.getByRole('button', { name: '加到我的内容中' }).click()
    await expect(otherText(desk)).toHaveCount(0)
    await expect(onDesk.box).toContainText('电脑上写的一段')
    await expect(onDesk.box).toContainText('手机上写的另一段')
    await expect(onPhone.box).toContainText('电脑上写的一段')
    await onPhone.page.getByRole('button', { name: '返回列表' }).tap()
    await expect(onPhone.row(title)).toContainText('草稿：电脑上写的一段')
  })

  await test.step('a message sent in between leaves the words of the other device', async () => {
    await desk.page.keyboard.press('Control+a')
    await desk.page.keyboard.press('Delete')
    await expect(onPhone.row(title)).not.toContainText('草稿')
    await onPhone.open(title)
    await pocket.context.setOffline(true)
    await onPhone.write('地铁上写的')
    await onDesk.write('办公室写的')
    await desk.page.waitForTimeout(3_000)
    await pocket.context.setOffline(false)
    await expect(otherText(pocket)).toContainText('办公室写的')
    await shoot(pocket.page, testInfo, 'drafts-two-phone')
    await expectAccessible(pocket.page)
    await pocket.page.getByRole('button', { name: '发送', exact: true }).tap()
    await expect(onDesk.message('地铁上写的')).toBeVisible()
    await expect(onPhone.box).toHaveText('办公室写的')
    await expect(onDesk.box).toHaveText('办公室写的')
  })
})

test('what I wrote where I am no longer stays in this browser until I give it up', async ({ stage, baseURL }) => {
  const title = '退群以后'
  const origin = baseURL ?? ''
  const group = await beginGroup(origin, other, title, [me])
  const { page } = await stage.enter(me, { locale: 'en' })
  const boss = await stage.enter(other, { locale: 'en' })
  const talk = new Talk(page)
  await talk.open(title)
  await talk.write('half a thought')
  await expect(talk.box).toHaveText('half a thought')
  await page.waitForTimeout(3_000)
  const headers = { Origin: origin }
  const path = `/api/conversations/${group}/members/${me.id}`
  expect((await boss.context.request.delete(path, { headers })).ok()).toBe(true)
  await expect(page.getByText('What you wrote there was not sent:')).toBeVisible()
  await expect(page.getByText('half a thought')).toBeVisible()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('half a thought')).toHaveCount(0)
})

function otherText({ page }: Device) {
  return page.getByRole('region', { name: /在其他设备上写的内容|Written on another device/ })
}
