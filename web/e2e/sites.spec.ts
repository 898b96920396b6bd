import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type APIRequestContext, expect } from '@playwright/test'
import type { Conversation, MessagePage, Sync } from '@/core/api'
import { expectAccessible } from './accessible'
import { cut, invite, join, level, mend, settle, shanghai, shanghaiBranch } from './branch'
import { asAdministrator, beginGroup, type Colleague, hire, signedIn } from './colleagues'
import { company, foundCompany } from './company'
import { shoot } from './sample/shoot'
import { phone, test } from './stage'
import { Talk } from './talk'

/** Two servers: headquarters, and an empty one that becomes a branch. */
const branch = process.env.BILIN_BRANCH_URL ?? ''
const headquarters = '总部部门'
/** Another one each time this is tried. */
const title = `跨站点项目组 ${100_000 + (Date.now() % 900_000)}`

/** So much is said at the branch meanwhile that what comes late has its place out of sight. */
const linesSaid = 20

/** What came over a minute after it was written is marked as late. */
const lateMs = 62_000

test.describe.configure({ mode: 'serial', timeout: 240_000 })

let people: Record<'li.ming' | 'chen.jie' | 'wang.fang' | 'zhao.lei', Colleague>
let admin: APIRequestContext

// Whatever failed, the next try begins with a line.
test.afterEach(() => mend(admin))

test('a branch is invited, joins, and is at home', async ({ stage, baseURL, request }, testInfo) => {
  const origin = baseURL ?? ''
  await foundCompany(request, origin)
  admin = await asAdministrator(origin)
  people = await hire(origin, {
    'li.ming': ['李明', headquarters],
    'chen.jie': ['陈洁', headquarters],
    'wang.fang': ['王芳', shanghaiBranch],
    'zhao.lei': ['赵磊', shanghaiBranch],
  })
  const office = await stage.enter(company, { locale: 'zh-CN' })
  const { needed } = await (await request.get(`${branch}/api/setup`)).json()
  // A branch already, when this is tried again.
  if (needed) {
    const visitor = await stage.visit({ origin: branch, locale: 'zh-CN' })
    await join(visitor, await invite(office.page, shanghai))
  }
  const there = await signedIn(branch, people['wang.fang'])
  await settle([admin, there], shanghaiBranch, shanghai)
  await there.dispose()
  await level(admin)

  await office.page.goto('/administration/sites')
  await expect(office.page.getByRole('row', { name: /上海/ })).toContainText('已同步')
  await expectAccessible(office.page)
  await shoot(office.page, testInfo, 'sites-joined')
})

test('two people at two sites talk through a cut, and everything merges', async ({ stage, baseURL }, testInfo) => {
  const origin = baseURL ?? ''
  const { 'li.ming': li, 'chen.jie': chen, 'wang.fang': wang, 'zhao.lei': zhao } = people
  const group = await beginGroup(origin, li, title, [chen, wang, zhao])
  await level(admin)
  const zh = await stage.enter(li, { locale: 'zh-CN' })
  const en = await stage.enter(wang, { locale: 'en', origin: branch })
  const [his, hers] = [new Talk(zh.page), new Talk(en.page)]
  const chens = await signedIn(origin, chen)
  const zhaos = await signedIn(branch, zhao)

  await test.step('they talk', async () => {
    await his.open(title)
    await hers.open(title)
    await his.send('上海的同事好')
    await expect(hers.message('上海的同事好')).toBeVisible()
    await hers.send('Good morning from Shanghai')
    await expect(his.message('Good morning from Shanghai')).toBeVisible()
    await expect(his.page.getByRole('img', { name: /尚未送达/ })).toHaveCount(0)
  })

  await cut(admin, 600)
  let writtenAt = 0
  await test.step('the line is cut: both are told, calmly', async () => {
    await expect(zh.page.getByText('与上海的连接已断开')).toBeVisible({ timeout: 20_000 })
    await expect(en.page.getByText('The connection to headquarters is cut')).toBeVisible({ timeout: 20_000 })
    await expectAccessible(zh.page)
  })

  await test.step('each goes on with those of the own site, and sees what waits', async () => {
    await his.send('总部这边先定方案A')
    await hers.send('We continue with plan B here')
    await say(chens, group, '同意方案A')
    await say(zhaos, group, '上海同意B')
    for (let line = 1; line <= linesSaid; line++) await say(zhaos, group, `方案B第${line}条`)
    await his.choose('总部这边先定方案A', '置顶')
    await hers.choose('plan B', 'Pin')
    writtenAt = Date.now()
    await expect(his.message('同意方案A')).toBeVisible()
    await expect(hers.message('上海同意B')).toBeVisible()
    await expect(his.message('总部这边先定方案A').getByRole('img', { name: '尚未送达上海' })).toBeVisible()
    await expect(hers.message('plan B').getByRole('img', { name: /^Not delivered to .+ yet$/ })).toBeVisible()
    await expect(his.message('plan B')).toHaveCount(0)
    await expectAccessible(en.page)
    await shoot(zh.page, testInfo, 'cut-headquarters')
    await shoot(en.page, testInfo, 'cut-branch')
  })

  await test.step('nobody knows who is there', async () => {
    const details = zh.page.getByRole('complementary')
    await expect(details.getByRole('img', { name: '上海连接中断，状态未知' }).first()).toBeVisible()
  })

  await test.step('what was dismissed stays away', async () => {
    await en.page.getByRole('button', { name: 'Hide until the next cut' }).click()
    await en.page.reload()
    await expect(hers.message('plan B')).toBeVisible()
    await expect(en.page.getByText('The connection to headquarters is cut')).toHaveCount(0)
  })

  await en.page.waitForTimeout(Math.max(0, writtenAt + lateMs - Date.now()))
  await hers.send('One more thing')
  await mend(admin)
  await test.step('the line is back: everything merges, in one order', async () => {
    await expect(zh.page.getByText('连接已恢复，正在合并…')).toBeVisible({ timeout: 20_000 })
    await expect(his.message('One more thing')).toBeVisible({ timeout: 20_000 })
    await expect(zh.page.getByText(/^延迟送达：\d\d:\d\d$/).first()).toBeVisible()
    await expect(zh.page.getByRole('img', { name: /尚未送达/ })).toHaveCount(0)
    await expect(en.page.getByRole('img', { name: /^Not delivered/ })).toHaveCount(0)
    expect(await idsOf(chens, group)).toEqual(await idsOf(zhaos, group))
    for (const page of [zh.page, en.page]) {
      const bar = page.getByRole('region', { name: /置顶消息|Pinned messages/ })
      await expect(bar).toContainText('王芳') // pinned last
      await expect(bar).toContainText('1/2')
    }
    await shoot(zh.page, testInfo, 'merged-headquarters')
    await expectAccessible(zh.page)
  })

  await test.step('what came late above is not read unseen; the way there is shown', async () => {
    const way = en.page.getByRole('button', { name: '2 messages came late' })
    await expect(way).toBeVisible({ timeout: 20_000 })
    await expect(hers.row(title).getByText('2 unread')).toBeVisible()
    await shoot(en.page, testInfo, 'late-branch')
    await expectAccessible(en.page)
    await way.click()
    await expect(hers.message('总部这边先定方案A').getByText(/^Late: arrived \d\d:\d\d$/)).toBeVisible()
    await expect(hers.message('同意方案A')).toBeVisible()
    await expect(hers.row(title).getByText('unread')).toHaveCount(0)
    await expect(way).toHaveCount(0)
  })

  await test.step('unread: nothing for who saw it, what came late for who did not', async () => {
    await zh.page.getByRole('button', { name: /条延迟送达的消息/ }).click()
    await expect(his.message('plan B').getByText(/^延迟送达：\d\d:\d\d$/)).toBeVisible()
    await zh.page.waitForTimeout(1_000)
    await zh.page.getByRole('button', { name: /^(?:回到最新|\d+ 条新消息)/ }).click()
    await expect.poll(async () => await unreadOf(await signedIn(origin, li), group)).toBe(0)
    await expect.poll(async () => await unreadOf(await signedIn(branch, wang), group)).toBe(0)
    // He wrote after all that he had, and before what came from headquarters.
    expect(await unreadOf(zhaos, group)).toBeGreaterThan(0)
    const late = await stage.enter(zhao, { locale: 'zh-CN', origin: branch })
    const reader = new Talk(late.page)
    await reader.open(title)
    await expect(reader.message('同意方案A')).toBeVisible()
    await late.page.waitForTimeout(1_000)
    await late.page.getByRole('button', { name: /^(?:回到最新|\d+ 条新消息)/ }).click()
    await expect.poll(async () => await unreadOf(zhaos, group), { timeout: 15_000 }).toBe(0)
  })
  await level(admin)
})

test('a file of the other site comes when it is opened, and says where it is while the line is cut', async ({
  stage,
  baseURL,
}, testInfo) => {
  const origin = baseURL ?? ''
  const { 'li.ming': li, 'wang.fang': wang } = people
  const name = `跨站点文件 ${Date.now() % 900_000}`
  await beginGroup(origin, li, name, [wang])
  await level(admin)
  const near = await stage.enter(li, { locale: 'zh-CN' })
  const far = await stage.enter(wang, { locale: 'en', origin: branch, theme: 'dark', viewport: phone })
  const [his, hers] = [new Talk(near.page), new Talk(far.page)]
  await his.open(name)
  const data = randomBytes(3_000_000)
  await near.page.getByTestId('attach').setInputFiles([{ name: '图纸.dwg', mimeType: '', buffer: data }])
  await his.say('看图纸')
  await hers.open(name)
  const file = hers.message('看图纸').getByRole('button', { name: 'Download 图纸.dwg' })
  await expect(file).toBeVisible()
  await cut(admin, 600)
  await expect(far.page.getByText('The connection to headquarters is cut')).toBeVisible({ timeout: 20_000 })
  await file.click()
  await expect(hers.message('看图纸').getByText(/This file is at .+, which cannot be reached now/)).toBeVisible()
  await expectAccessible(far.page)
  await shoot(far.page, testInfo, 'file-elsewhere')
  const saving = far.page.waitForEvent('download', { timeout: 60_000 })
  await mend(admin)
  expect(await readFile(await (await saving).path())).toEqual(data)
  await expect(file).toBeVisible()
  await level(admin)
})

test('who signs in at another site than their own is led home', async ({ stage }, testInfo) => {
  const away = await stage.enter(company, { locale: 'zh-CN', origin: branch })
  await expect(away.page.getByText(`你的所属站点是${company.company}`)).toBeVisible()
  await expectAccessible(away.page)
  await shoot(away.page, testInfo, 'away-from-home')
  await away.page.getByRole('button', { name: '隐藏' }).click()
  await expect(away.page.getByText('你的所属站点')).toHaveCount(0)
})

async function say(api: APIRequestContext, conversation: string, text: string): Promise<void> {
  const data = { content: { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text }] }] } }
  const answer = await api.post(`/api/conversations/${conversation}/messages`, { data })
  expect(answer.status(), await answer.text()).toBe(201)
}

async function idsOf(api: APIRequestContext, conversation: string): Promise<string[]> {
  const answer = await api.get(`/api/conversations/${conversation}/messages?limit=100`)
  const { messages }: MessagePage = await answer.json()
  return messages.map(({ id }) => id)
}

async function unreadOf(api: APIRequestContext, id: string): Promise<number> {
  const { conversations }: Sync = await (await api.get('/api/sync')).json()
  const { last_seq, read_seq } = conversations.find(each => each.id === id) as Conversation
  return last_seq - read_seq
}
