import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { type Device, phone, test } from './stage'
import { Talk } from './talk'
import { withhold } from './typist'

const title = '文字原样'
let writer: Colleague
let reader: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'text.fang': ['方正', southChina],
    'text.nora': ['Nora Klein', singapore],
  })
  writer = people['text.fang']
  reader = people['text.nora']
  await beginGroup(baseURL ?? '', writer, title, [reader])
})

/** Each as it is typed, line by line, and as it must be read. */
const worst = [
  'rm -f *.log *.tmp && echo __init__ # a_b_c',
  '0 2 * * * /usr/bin/backup --keep *.sql\n*/5 * * * * ~~ ok ~~',
  '2 * 3 * 4 = 24，手机 138****1234  两个空格\n\n  > 5000 元的订单\n> 5 天',
  '2026. 年度计划\n网址以 https://... 开头，`a`b`c`，(´･ω･`)',
  'char *p, *q; f(*a, **b) *_* 👩‍👩‍👧 𠮷野家',
]

test('what is typed arrives, is copied and pasted as it was typed', async ({ stage }) => {
  const { mine, theirs, here, there } = await enterBoth(stage)
  for (const text of worst) {
    await type(here.page, text)
    await here.page.keyboard.press('Enter')
    await expect.poll(() => lastText(there.page)).toBe(text)
    expect(
      await there.page.getByRole('log').locator('[data-content]').last().locator('em, s, strong, code').count(),
    ).toBe(0)
    await selectLast(there.page)
    await there.page.keyboard.press('ControlOrMeta+c')
    await theirs.box.click()
    await there.page.keyboard.press('ControlOrMeta+v')
    await there.page.keyboard.press('Enter')
    await expect(there.page.getByRole('log').getByRole('article').last()).toHaveAttribute('data-message')
    await expect.poll(() => lastText(here.page)).toBe(text)
    await expect(mine.box).toHaveText('')
  }
})

test('what an input method writes behind a sign shows what the sign was', async ({ stage }) => {
  const { mine, here, there } = await enterBoth(stage)
  const input = await here.context.newCDPSession(here.page)
  const compose = async (letters: string, chosen: string) => {
    for (let length = 1; length <= letters.length; length += 1) {
      const text = letters.slice(0, length)
      await input.send('Input.imeSetComposition', { text, selectionStart: length, selectionEnd: length })
    }
    await input.send('Input.insertText', { text: chosen })
  }
  for (const [sign, text] of [
    ['*', '*注意*事项*'],
    ['**', '重要的事**'],
  ] as const) {
    await mine.box.click()
    await here.page.keyboard.type(sign)
    await compose(sign === '*' ? 'zhuyi' : 'zhongyao', sign === '*' ? '注意' : '重要')
    await here.page.keyboard.type(sign)
    await compose(sign === '*' ? 'shixiang' : 'deshi', sign === '*' ? '事项' : '的事')
    await here.page.keyboard.type(sign)
    await here.page.keyboard.press('Enter')
    await expect.poll(() => lastText(there.page)).toBe(text)
    const said = there.page.getByRole('log').locator('[data-content]').last()
    await expect(said.locator('em')).toHaveCount(0)
    await expect(said.locator('strong')).toHaveText(sign === '*' ? [] : ['重要'])
  }
})

test('lists, code, formats and tables keep what they say on the way round', async ({ stage }) => {
  const { mine, theirs, here, there } = await enterBoth(stage)
  await type(
    here.page,
    '3. 同意第三点\n4. 同意第四点\n\n中间一段 **重要 https://example.cn/a_(b)** \n```sh\nrm *.a *.b\n```',
  )
  await here.page.keyboard.press('Enter')
  const said = there.page.getByRole('log').locator('[data-content]').last()
  await expect(said.locator('ol > li').first()).toHaveJSProperty('value', 3)
  await expect(said.locator('strong a')).toHaveAttribute('href', 'https://example.cn/a_(b)')
  await expect(said.locator('pre')).toHaveText('rm *.a *.b')
  await theirs.choose('中间一段', 'Copy text')
  await theirs.box.click()
  await there.page.keyboard.press('ControlOrMeta+v')
  await there.page.keyboard.press('Enter')
  const back = here.page.getByRole('log').locator('[data-content]').last()
  await expect(back.locator('ol > li').last()).toHaveJSProperty('value', 4)
  await expect(back.locator('strong a')).toHaveText('https://example.cn/a_(b)')
  await expect(back.locator('pre')).toHaveText('rm *.a *.b')

  const table =
    '<table style="width:96pt"><tr><td style="color:red">姓名</td><td>工号</td></tr><tr><td>张三</td><td></td></tr><tr><td></td><td>7</td></tr></table>'
  await putOnClipboard(here.page, table, '')
  await mine.box.click()
  await here.page.keyboard.press('ControlOrMeta+v')
  await here.page.keyboard.press('Enter')
  await expect.poll(() => lastText(there.page)).toBe('姓名\t工号\n张三\t\n\t7')
})

test('a message that was refused is taken back, also after a reload', async ({ stage }) => {
  const { mine, theirs, here } = await enterBoth(stage)
  const sending = '**/api/conversations/*/messages'
  const body = { code: 'core.invalid', title: 'x', status: 400, details: { fields: { content: 'is odd' } } }
  await here.page.route(sending, route =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 400, contentType: 'application/problem+json', body: JSON.stringify(body) })
      : route.continue(),
  )
  await mine.say('第一次没有发出去')
  await expect(mine.message('第一次没有发出去')).toContainText('服务器不接受这段内容')
  await here.page.reload()
  await expect(mine.message('第一次没有发出去')).toContainText('服务器不接受这段内容')
  await here.page.unroute(sending)
  await mine.box.click()
  await here.page.keyboard.type('已经写了一些')
  await expectAccessible(here.page)
  await mine.message('第一次没有发出去').getByRole('button', { name: '编辑' }).click()
  await expect(mine.message('第一次没有发出去')).toHaveCount(0)
  await expect(mine.box.locator('p')).toHaveText(['已经写了一些', '第一次没有发出去'])
  await here.page.keyboard.press('Enter')
  await expect(theirs.message('第一次没有发出去')).toBeVisible()
})

test('a colon and a name give an emoji, in either language, and a time stays one', async ({ stage }) => {
  const { here } = await enterBoth(stage)
  const { page } = here
  const talk = new Talk(page)
  const names = page.getByRole('listbox', { name: '表情' })
  await withhold(page, /emoji-.*data\.json/, 1_500)
  await talk.box.click()
  // Enter before the names have come: they are waited for.
  await page.keyboard.type('出发 :rocket', { delay: 40 })
  await page.keyboard.press('Enter')
  await page.keyboard.type('走', { delay: 40 })
  await expect(talk.box).toHaveText('出发 🚀走')
  await page.keyboard.type(' :笑哭')
  await expect(names.getByRole('option').first()).toContainText('😂')
  await page.keyboard.press('Tab')
  await page.keyboard.type(' :smi')
  await expect(names.getByRole('option').nth(1)).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(names).toBeHidden()
  await page.keyboard.type('le 12:30')
  await page.keyboard.press('Enter')
  await expect.poll(() => lastText(page)).toBe('出发 🚀走 😂 :smile 12:30')
})

test('with fingers Enter breaks the line and the button sends', async ({ stage }) => {
  const { page } = await stage.enter(writer, { locale: 'zh-CN', viewport: phone })
  const talk = new Talk(page)
  await talk.open(title)
  await talk.box.tap()
  await page.keyboard.type('第一行')
  await page.keyboard.press('Enter')
  await page.keyboard.type('第二行')
  await expect(talk.box.locator('p')).toHaveText(['第一行', '第二行'])
  await page.getByRole('button', { name: '发送' }).tap()
  await expect.poll(() => lastText(page)).toBe('第一行\n第二行')
})

async function enterBoth(stage: { enter: (who: Colleague, options: { locale: 'zh-CN' | 'en' }) => Promise<Device> }) {
  const here = await stage.enter(writer, { locale: 'zh-CN' })
  const there = await stage.enter(reader, { locale: 'en' })
  for (const { context } of [here, there]) await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  await mine.open(title)
  await theirs.open(title)
  await Promise.all([mine, theirs].map(talk => expect(talk.box).toBeVisible()))
  return { here, there, mine, theirs }
}

/** Real keys; a line break is Shift+Enter. */
async function type(page: Page, text: string): Promise<void> {
  await page.locator('[contenteditable=true]').click()
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) await page.keyboard.press('Shift+Enter')
    await page.keyboard.type(line)
  }
}

/** What the last message says, as it is shown. */
async function lastText(page: Page): Promise<string> {
  const said = page.getByRole('log').locator('[data-content]').last()
  const blocks = await said.evaluate(element =>
    [...element.children].map(child => (child.textContent ?? '').replace(/\n$/, '')),
  )
  return blocks.join('\n')
}

async function selectLast(page: Page): Promise<void> {
  await page
    .getByRole('log')
    .locator('[data-content]')
    .last()
    .evaluate(element => element.ownerDocument.getSelection()?.selectAllChildren(element))
}

async function putOnClipboard(page: Page, html: string, text: string): Promise<void> {
  await page.evaluate(
    async ([html, text]) => {
      const blob = (type: string, data = '') => ({ [type]: new Blob([data], { type }) })
      await navigator.clipboard.write([new ClipboardItem({ ...blob('text/html', html), ...blob('text/plain', text) })])
    },
    [html, text],
  )
}
