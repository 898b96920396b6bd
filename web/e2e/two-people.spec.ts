import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { type Colleague, hire, singapore, southChina } from './colleagues'
import { type Device, test } from './stage'
import { Talk } from './talk'

/** Two people in two branches, one in Chinese by day, one in English by night. */
let li: Colleague
let anna: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'pair.li': ['李清照', southChina],
    'pair.anna': ['Anna Berg', singapore],
  })
  li = people['pair.li']
  anna = people['pair.anna']
})

test('they find each other and talk: typing, reading, reactions, answers, edits, mentions, recalls', async ({
  stage,
}) => {
  const zh = await stage.enter(li, { locale: 'zh-CN', theme: 'light' })
  const en = await stage.enter(anna, { locale: 'en', theme: 'dark' })
  const [hers, his] = [new Talk(zh.page), new Talk(en.page)]

  await test.step('from the contacts to a conversation', async () => {
    await hers.goTo('通讯录')
    await zh.page.getByRole('textbox', { name: '搜索成员' }).fill('anna')
    await zh.page.getByRole('button', { name: 'Anna Berg', exact: true }).click()
    await zh.page.getByRole('complementary').getByRole('button', { name: '发消息' }).click()
    await expect(zh.page.getByRole('heading', { name: 'Anna Berg', level: 1 })).toBeVisible()
    await hers.say('早上好，新加坡的货到了吗？')
  })

  await test.step('it arrives by itself, unread until it is seen', async () => {
    await expect(his.row('李清照')).toContainText('早上好，新加坡的货到了吗？')
    await expect(his.row('李清照').getByText('1 unread')).toBeAttached()
    await expect(his.rail('Messages')).toContainText('1 unread')
    await expect(hers.message('早上好').getByText('未读')).toBeVisible()
    await his.open('李清照')
    await expect(hers.message('早上好').getByText('已读')).toBeVisible()
    await expect(his.row('李清照').getByText('1 unread')).toHaveCount(0)
    await expect(his.rail('Messages')).not.toContainText('unread')
  })

  await test.step('typing is seen while it lasts', async () => {
    await his.write('Yes, all ')
    await expect(zh.page.getByText('Anna Berg正在输入…')).toBeVisible()
    await en.page.keyboard.type('forty crates.')
    await en.page.keyboard.press('Enter')
    await expect(hers.message('Yes, all forty crates.')).toBeVisible()
    await expect(zh.page.getByText('Anna Berg正在输入…')).toBeHidden()
  })

  await test.step('a reaction, and the same taken back', async () => {
    await hers.message('forty crates').hover()
    await hers.message('forty crates').getByRole('button', { name: '表情回应' }).click()
    await zh.page.getByRole('dialog').getByRole('button', { name: '🎉' }).first().click()
    const seen = his.message('forty crates').getByRole('button', { name: /🎉 1/ })
    await expect(seen).toBeVisible()
    await seen.click()
    await expect(hers.message('forty crates').getByRole('button', { name: /🎉 2/ })).toBeVisible()
    await his.message('forty crates').getByRole('button', { name: /🎉 2/ }).click()
    await expect(hers.message('forty crates').getByRole('button', { name: /🎉 1/ })).toBeVisible()
  })

  await test.step('an answer with its quote, and an edit', async () => {
    await hers.choose('forty crates', '回复')
    await hers.say('太好了，我通知客户')
    await expect(his.message('太好了').getByRole('button', { name: 'Anna Berg: Yes, all forty crates.' })).toBeVisible()
    await hers.choose('太好了', '编辑')
    await zh.page.keyboard.press('End')
    await zh.page.keyboard.type('，谢谢')
    await zh.page.keyboard.press('Enter')
    await expect(his.message('太好了，我通知客户，谢谢')).toContainText('(edited)')
  })

  await test.step('a mention calls', async () => {
    await hers.goTo('通讯录')
    await his.box.click()
    await en.page.keyboard.type('@lqz')
    await expect(en.page.getByRole('option', { name: /李清照/ })).toBeVisible()
    await en.page.keyboard.press('Enter')
    await en.page.keyboard.type('please confirm')
    await en.page.keyboard.press('Enter')
    await hers.goTo('消息')
    await expect(hers.row('Anna Berg')).toContainText('[有人@我]')
    await hers.open('Anna Berg')
    await expect(hers.message('please confirm').getByRole('button', { name: '@李清照' })).toBeVisible()
  })

  await test.step('a recall leaves nothing but that it was', async () => {
    await his.choose('forty crates', 'Recall')
    await en.page.getByRole('alertdialog').getByRole('button', { name: 'Recall' }).click()
    await expect(hers.message('forty crates')).toHaveCount(0)
    await expect(hers.notice('Anna Berg撤回了一条消息')).toBeVisible()
    await expect(hers.message('太好了').getByText('该消息已撤回')).toBeVisible()
  })

  await expectAccessible(zh.page)
  await expectAccessible(en.page)
  await sameForBoth(hers, his)
})

test('a group: begun, joined, left, handed on; who is removed loses it at once', async ({ stage, baseURL }) => {
  const { 'pair.max': max } = await hire(baseURL ?? '', { 'pair.max': ['Max Stern', singapore] })
  const zh = await stage.enter(li, { locale: 'zh-CN' })
  const en = await stage.enter(anna, { locale: 'en' })
  const third = await stage.enter(max, { locale: 'en' })
  const [owner, member, other] = [new Talk(zh.page), new Talk(en.page), new Talk(third.page)]
  const title = '新加坡仓库搬迁'

  await test.step('begun with one, another is added', async () => {
    await zh.page.getByRole('button', { name: '新建', exact: true }).click()
    await zh.page.getByRole('menuitem', { name: '新建群组' }).click()
    const form = zh.page.getByRole('dialog')
    await form.getByRole('textbox', { name: '群名称' }).fill(title)
    await form.getByRole('combobox').fill('Anna')
    await form.getByRole('option', { name: /Anna Berg/ }).click()
    await expectAccessible(zh.page)
    await form.getByRole('button', { name: '创建' }).click()
    await expect(zh.page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    await owner.say('大家好')
    await member.open(title)
    await expect(member.message('大家好')).toBeVisible()
    await expect(other.row(title)).toHaveCount(0)
    await details(en).getByRole('button', { name: 'Add members' }).click()
    await en.page.getByRole('dialog').getByRole('combobox').fill('max')
    await en.page.getByRole('option', { name: /Max Stern/ }).click()
    await en.page.getByRole('dialog').getByRole('button', { name: /Add/ }).click()
    await other.open(title)
    await expect(other.message('大家好')).toBeVisible()
    await expect(owner.notice('Anna Berg邀请了Max Stern加入群组')).toBeVisible()
    await expect(details(zh)).toContainText('3 人')
  })

  await test.step('how many have read, and who', async () => {
    await owner.say('周五下午搬')
    await expect(owner.message('周五下午搬')).toContainText('全部已读')
    await owner.message('周五下午搬').getByRole('button', { name: '全部已读' }).click()
    const readers = zh.page.getByRole('dialog')
    await readers.getByRole('tab', { name: /^已读/ }).click()
    await expect(readers).toContainText('Max Stern')
    await zh.page.keyboard.press('Escape')
  })

  await test.step('removed: gone from the screen at once', async () => {
    await inMemberMenu(zh, 'Max Stern', '移出群组')
    await zh.page.getByRole('alertdialog').getByRole('button', { name: '移除' }).click()
    await expect(other.row(title)).toHaveCount(0)
    await expect(third.page.getByRole('log')).toHaveCount(0)
    await expect(third.page.getByText('This conversation does not exist, or you are not in it.')).toBeVisible()
    await expectAccessible(third.page)
  })

  await test.step('handed on, then left', async () => {
    await expect(details(zh).getByRole('button', { name: '退出群组' })).toBeDisabled()
    await inMemberMenu(zh, 'Anna Berg', '转让群组')
    await zh.page.getByRole('alertdialog').getByRole('button', { name: '转让' }).click()
    await expect(details(en)).toContainText('Owner')
    await details(zh).getByRole('button', { name: '退出群组' }).click()
    await zh.page.getByRole('alertdialog').getByRole('button', { name: '退出' }).click()
    await expect(owner.row(title)).toHaveCount(0)
    await expect(member.notice('李清照 left the group')).toBeVisible()
    await expect(details(en)).toContainText('1 people')
  })
})

function details({ page }: Device) {
  return page.getByRole('complementary')
}

async function inMemberMenu(device: Device, name: string, item: string): Promise<void> {
  const line = details(device).locator('[class*=member]').filter({ hasText: name }).last()
  await line.hover()
  await line.getByRole('button', { name: '更多' }).click()
  await device.page.getByRole('menuitem', { name: item }).click()
}

/** Both screens hold the same messages in the same order, whatever the language around them. */
async function sameForBoth(one: Talk, other: Talk): Promise<void> {
  expect(await one.ids()).toEqual(await other.ids())
}
