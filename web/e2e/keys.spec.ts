import { expect, type Locator, type Page } from '@playwright/test'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { type Device, test } from './stage'
import { Talk } from './talk'
import { compose, type Hand, slowDown, Typist, withhold } from './typist'

/** No key is lost: what a key opens has the keys from the same frame on. A few ways of writing by day, all of them with EVERY_KEY. */
const hands: [Hand, rate: number][] = process.env.EVERY_KEY
  ? [40, 80, 150].flatMap(delay =>
      [1, 4].flatMap(rate => [true, false].map((composes): [Hand, number] => [{ delay, composes }, rate])),
    )
  : [
      [{ delay: 40, composes: false }, 4],
      [{ delay: 80, composes: true }, 1],
    ]

/** After a failure the next tests run in a new process, and begin groups anew. */
const run = Date.now() % 100_000
const home = `按键常驻群 ${run}`
let me: Colleague
let zubin: Colleague
let quentin: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'held.gu': ['顾按键', southChina],
    'held.zubin': ['Zubin Heldkar', singapore],
    'held.quentin': ['Quentin Heldkar', singapore],
  })
  me = people['held.gu']
  zubin = people['held.zubin']
  quentin = people['held.quentin']
  await beginGroup(baseURL ?? '', me, home, [zubin, quentin])
})

/** A page just loaded, the cursor in the composer of a conversation. */
async function sitDown(device: Device, rate: number, title = home): Promise<Talk> {
  const talk = new Talk(device.page)
  await talk.open(title)
  await expect(talk.box).toBeFocused()
  await slowDown(device.page, rate)
  return talk
}

function heading(page: Page, name: string) {
  return page.getByRole('heading', { name, level: 1 })
}

for (const [hand, rate] of hands) {
  const tag = hand.composes ? ['@slow'] : []
  const how = `${hand.delay} ms a key${hand.composes ? ' composed' : ''}, processor 1/${rate}`

  test(`going on by Alt and an arrow, and writing at once, ${how}`, { tag }, async ({ stage, baseURL }) => {
    const [above, below] = [`上面 ${how}`, `下面 ${how}`]
    for (const title of [below, above]) await beginGroup(baseURL ?? '', me, title, [zubin])
    const device = await stage.enter(me)
    const { page } = device
    const talk = await sitDown(device, rate, above)
    const typist = new Typist(page, hand)
    const first = `隔壁见 ${hand.delay} ${rate} ${hand.composes}`
    await page.keyboard.press('Alt+ArrowDown')
    await typist.write(first)
    await page.keyboard.press('Enter')
    await typist.write('半句')
    await expect(heading(page, below)).toBeVisible()
    await expect(talk.message(first)).toHaveCount(1)
    await expect(talk.box).toHaveText('半句')
    await talk.open(above)
    await expect(talk.message(first)).toHaveCount(0)
    await expect(talk.box).toHaveText('')
  })

  test(`finding somebody and writing to them before the server has answered, ${how}`, { tag }, async ({ stage }) => {
    const device = await stage.enter(me)
    const { page } = device
    const talk = await sitDown(device, rate)
    const typist = new Typist(page, hand)
    await withhold(page, /\/api\/conversations$/, 1_500)
    const said = `你好 ${hand.delay} ${rate} ${hand.composes}`
    await page.keyboard.press('Control+k')
    await typist.write('quentin')
    await page.keyboard.press('Enter')
    await typist.write(said)
    await page.keyboard.press('Enter')
    await typist.write('还有')
    await expect(heading(page, quentin.name)).toBeVisible()
    await expect(talk.message(said)).toHaveCount(1)
    await expect(talk.box).toHaveText('还有')
    await talk.open(home)
    await expect(talk.box).toHaveText('')
    await expect(talk.message(said)).toHaveCount(0)
  })
}

/** What is opened by keys, and the field in it that is written into. */
const opened: [what: string, open: (page: Page) => Promise<void>, field: (page: Page) => Locator][] = [
  ['a new group', page => chooseNew(page, '新建群组'), page => page.getByRole('combobox', { name: '查找同事' })],
  ['a direct message', page => chooseNew(page, '发起单聊'), page => page.getByRole('combobox', { name: '查找同事' })],
  ['an emoji', page => page.getByRole('button', { name: '表情' }).click(), page => page.getByPlaceholder('搜索表情')],
]

async function chooseNew(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: '新建' }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: item }).focus()
  await page.keyboard.press('Enter')
}

for (const [what, open, field] of opened) {
  test(`what comes in the middle of a word that is composed waits for its end: ${what}`, async ({ stage }) => {
    const { page } = await stage.enter(me, { at: '/contacts', locale: 'zh-CN' })
    let letGo = () => {}
    const wanted = new Promise<void>(resolve => {
      letGo = resolve
    })
    await page.route(/GroupDialog|DirectDialog|DialogPopup|PopoverPopup|EmojiGrid/, async route => {
      await wanted
      await route.continue()
    })
    await page.goto('/messages')
    const talk = await sitDown({ page } as Device, 1)
    await open(page)
    const method = await compose(page)
    await method.show('q')
    await method.show('qu')
    letGo()
    await expect(field(page)).toBeVisible()
    await method.show('que')
    await method.putDown('quen')
    await expect(field(page)).toBeFocused()
    await expect(field(page)).toHaveValue('quen')
    await page.keyboard.type('tin')
    await expect(field(page)).toHaveValue('quentin')
    await page.keyboard.press('Escape')
    await expect(talk.box).toHaveText('')
  })
}

test('a group is finished by keys before it is known who is meant', async ({ stage }) => {
  const { page } = await stage.enter(me, { at: '/settings', locale: 'zh-CN' })
  let answer = () => {}
  const asked = new Promise<void>(resolve => {
    answer = resolve
  })
  await page.route('**/api/org/directory*', async route => {
    await asked
    await route.continue()
  })
  await page.goto('/messages')
  const talk = await sitDown({ page } as Device, 1)
  await chooseNew(page, '新建群组')
  await page.keyboard.type('quentin', { delay: 40 })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await page.keyboard.type('就我们俩', { delay: 40 })
  answer()
  await expect(heading(page, `${me.name}、${quentin.name}`)).toBeVisible()
  await expect(talk.box).toHaveText('就我们俩')
})

/** By day each of these once: what composes takes the same ways as above. */
for (const [hand, rate] of process.env.EVERY_KEY ? hands : hands.slice(0, 1)) {
  const how = `${hand.delay} ms a key${hand.composes ? ' composed' : ''}, processor 1/${rate}`

  test(`calling somebody before it is known who is there, ${how}`, { tag: '@slow' }, async ({ stage }) => {
    const device = await stage.enter(me, { at: '/contacts' })
    const { page } = device
    // First who is in it, then who these are.
    await withhold(page, /\/api\/(?:conversations\/\d+(?:\/members)?(?:\?|$)|org\/people\?)/, 1_500)
    await page.goto('/messages')
    const talk = await sitDown(device, rate)
    const typist = new Typist(page, hand)
    const said = `看看 ${hand.delay} ${rate} ${hand.composes}`
    await typist.write('@zub')
    await page.keyboard.press('Enter')
    await typist.write(said)
    await expect(talk.box).toHaveText(`@${zubin.name} ${said}`)
    await page.keyboard.press('Enter')
    await expect(talk.message(said)).toContainText(`@${zubin.name}`)
    await expect(talk.box).toHaveText('')
  })

  test(`a new group by keys, fetched over a slow line, ${how}`, { tag: '@slow' }, async ({ stage }) => {
    const device = await stage.enter(me, { at: '/contacts', locale: 'zh-CN' })
    const { page } = device
    await withhold(page, /GroupDialog|DialogPopup/, 1_500)
    await page.goto('/messages')
    await sitDown(device, rate)
    const typist = new Typist(page, hand)
    await chooseNew(page, '新建群组')
    await typist.write('quentin')
    await page.keyboard.press('Enter')
    await typist.write('zubin')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Enter')
    await typist.write('大家好')
    await page.keyboard.press('Enter')
    await typist.write('还有')
    await expect(heading(page, `${me.name}、${quentin.name}、${zubin.name}`)).toBeVisible()
    const talk = new Talk(page)
    await expect(talk.message('大家好')).toHaveCount(1)
    await expect(talk.box).toHaveText('还有')
    await talk.open(home)
    await expect(talk.box).toHaveText('')
  })

  test(`a message to somebody by the dialog for it, ${how}`, { tag: '@slow' }, async ({ stage }) => {
    const device = await stage.enter(me, { locale: 'zh-CN' })
    const { page } = device
    const talk = await sitDown(device, rate)
    const typist = new Typist(page, hand)
    const said = `直接说 ${hand.delay} ${rate} ${hand.composes}`
    await chooseNew(page, '发起单聊')
    await typist.write('zubin')
    await page.keyboard.press('Enter')
    await typist.write(said)
    await page.keyboard.press('Enter')
    await expect(heading(page, zubin.name)).toBeVisible()
    await expect(talk.message(said)).toHaveCount(1)
    await expect(talk.box).toHaveText('')
    await talk.open(home)
    await expect(talk.box).toHaveText('')
  })

  test(`an emoji for a message, fetched over a slow line, ${how}`, { tag: '@slow' }, async ({ stage }) => {
    const device = await stage.enter(me, { at: '/contacts', locale: 'zh-CN' })
    const { page } = device
    await withhold(page, /EmojiGrid|PopoverPopup/, 1_500)
    await page.goto('/messages')
    const talk = await sitDown(device, rate)
    const said = `表情 ${hand.delay} ${rate} ${hand.composes}`
    await talk.send(said)
    await page.getByRole('log').focus()
    await page.keyboard.press('ArrowUp')
    await expect(talk.message(said)).toBeFocused()
    await page.keyboard.press('e')
    await new Typist(page, hand).write('火箭')
    await expect(page.getByPlaceholder('搜索表情')).toHaveValue('火箭')
    await expect(page.getByPlaceholder('搜索表情')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(talk.box).toHaveText('')
  })

  test(`answering and changing by keys, ${how}`, async ({ stage }) => {
    const device = await stage.enter(me, { locale: 'zh-CN' })
    const { page } = device
    const talk = await sitDown(device, rate)
    const typist = new Typist(page, hand)
    const said = `原话 ${hand.delay} ${rate} ${hand.composes}`
    await talk.send(said)
    await page.getByRole('log').focus()
    await page.keyboard.press('ArrowUp')
    await expect(talk.message(said)).toBeFocused()
    await page.keyboard.press('r')
    await typist.write('好的')
    await page.keyboard.press('Enter')
    await expect(talk.message('好的').last()).toContainText(said)
    await expect(talk.message('好的').last()).toHaveAttribute('data-message')
    await page.keyboard.press('ArrowUp')
    await typist.write('吧')
    await page.keyboard.press('Enter')
    await expect(talk.message('好的吧').last()).toContainText('已编辑')
  })
}
