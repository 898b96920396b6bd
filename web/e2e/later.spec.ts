import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, hire, singapore, southChina } from './colleagues'
import { shoot } from './sample/shoot'
import { type Device, phone, test } from './stage'
import { Talk } from './talk'

const first = '稍后处理甲组'
const second = '稍后处理乙组'

test('what I mark for later is listed on all my devices, for me alone, until it is done', async ({
  stage,
  baseURL,
}, testInfo) => {
  const origin = baseURL ?? ''
  const { 'later.gu': me, 'later.ivy': other } = await hire(origin, {
    'later.gu': ['顾稍后', southChina],
    'later.ivy': ['Ivy Ross', singapore],
  })
  for (const title of [first, second]) await beginGroup(origin, me, title, [other])
  const desk = await stage.enter(me, { locale: 'en', theme: 'light' })
  const pocket = await stage.enter(me, { locale: 'en', theme: 'dark', viewport: phone })
  const there = await stage.enter(other, { locale: 'zh-CN', theme: 'dark' })
  const [mine, theirs] = [new Talk(desk.page), new Talk(there.page)]

  await test.step('empty, it says how to begin', async () => {
    await show(desk, 'Later')
    await expect(desk.page.getByText('Nothing is left for later.')).toBeVisible()
    await expectAccessible(desk.page)
    await show(desk, 'All')
  })

  await test.step('from the menu and from the keyboard', async () => {
    await theirs.open(first)
    await theirs.send('预算表周四前给我')
    await theirs.open(second)
    await theirs.send('合同第七条请再看一遍')
    await mine.open(first)
    await mine.choose('预算表', 'Mark for later')
    await expect(mine.message('预算表').getByText('For later', { exact: true })).toBeVisible()
    await mine.open(second)
    await mine.message('合同第七条').focus()
    await desk.page.keyboard.press('s')
    await expect(mine.message('合同第七条')).toContainText('For later')
    await expect(theirs.message('合同第七条')).not.toContainText('稍后')
  })

  await test.step('on the other device, the newest first; from there to the message', async () => {
    await show(pocket, 'Later')
    await expect(lines(pocket)).toHaveCount(2)
    await expect(lines(pocket).first()).toContainText('合同第七条')
    await expect(lines(pocket).first()).toContainText(second)
    await expectAccessible(pocket.page)
    await shoot(pocket.page, testInfo, 'later-phone-dark')
    await lines(pocket).last().getByRole('button').first().tap()
    await expect(pocket.page.getByRole('heading', { name: first, level: 1 })).toBeVisible()
    await expect(new Talk(pocket.page).message('预算表')).toBeInViewport()
    await pocket.page.goBack()
    await expect(lines(pocket)).toHaveCount(2)
  })

  await test.step('done here is done there; another words, other words there, too', async () => {
    await show(desk, 'Later')
    await theirs.choose('合同第七条', '编辑')
    await there.page.keyboard.press('End')
    await there.page.keyboard.type('，谢谢')
    await there.page.keyboard.press('Enter')
    await expect(lines(desk).first()).toContainText('再看一遍，谢谢')
    await shoot(desk.page, testInfo, 'later-desktop')
    await expectAccessible(desk.page)
    await lines(desk).first().getByRole('button', { name: 'Done' }).click()
    await expect(lines(desk)).toHaveCount(1)
    await expect(lines(pocket)).toHaveCount(1)
    await expect(mine.message('合同第七条')).not.toContainText('For later')
    await desk.page.reload()
    await show(desk, 'Later')
    await expect(lines(desk)).toHaveCount(1)
  })

  await test.step('without network it waits, and is done when the line is back', async () => {
    await desk.context.setOffline(true)
    await mine.message('合同第七条').focus()
    await desk.page.keyboard.press('s')
    await expect(mine.message('合同第七条')).toContainText('Saved for later, waiting for the connection')
    await expect(lines(desk).first()).toContainText('Waiting for the connection')
    await lines(desk).last().getByRole('button', { name: 'Done' }).click()
    await expect(lines(desk)).toHaveCount(1)
    await shoot(desk.page, testInfo, 'later-waiting')
    await expect(lines(pocket).first()).toContainText('预算表')
    await desk.context.setOffline(false)
    await expect(lines(pocket)).toHaveCount(1)
    await expect(lines(pocket).first()).toContainText('合同第七条')
    await expect(mine.message('合同第七条')).not.toContainText('waits')
  })

  await test.step('of a conversation I am no longer in only the mark is left, and can be ticked off', async () => {
    const group = new URL(desk.page.url()).pathname.split('/').at(-1)
    const [headers, data] = [{ Origin: origin }, { person: other.id }]
    for (const [act, body] of [
      ['owner', data],
      ['leave', undefined],
    ] as const) {
      const answer = await desk.context.request.post(`/api/conversations/${group}/${act}`, { data: body, headers })
      expect(answer.ok(), await answer.text()).toBe(true)
    }
    await pocket.page.reload()
    await show(pocket, 'Later')
    await expect(lines(pocket)).toContainText('You are no longer in this conversation.')
    await lines(pocket).getByRole('button', { name: 'Done' }).tap()
    await expect(pocket.page.getByText('Nothing is left for later.')).toBeVisible()
  })
})

function lines({ page }: Device) {
  return page.getByRole('list', { name: 'Marked for later' }).getByRole('listitem')
}

async function show({ page }: Device, what: string): Promise<void> {
  await page.getByRole('radio', { name: what, exact: true }).click()
}
