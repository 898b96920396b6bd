import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { test } from './stage'
import { Talk } from './talk'

const titles = ['键盘一号群', '键盘二号群', '键盘三号群']
let me: Colleague
let other: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'keys.ouyang': ['欧阳键', southChina],
    'keys.sun': ['孙思邈', singapore],
  })
  me = people['keys.ouyang']
  other = people['keys.sun']
  for (const title of titles) await beginGroup(baseURL ?? '', me, title, [other])
})

test('finding people and groups by Ctrl+K, going from conversation to conversation by Alt and arrows', async ({
  stage,
}) => {
  const { page } = await stage.enter(me, { locale: 'zh-CN' })
  const heading = (name: string) => page.getByRole('heading', { name, level: 1 })
  await expect(page.locator('[data-conversation]')).toHaveCount(3)

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('jpehq')
  await expect(page.getByRole('option').first()).toContainText('键盘二号群')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(heading('键盘二号群')).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('ssm')
  await expect(page.getByRole('option').first()).toContainText('孙思邈')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('combobox')).toBeHidden()
  await expect(heading('键盘二号群')).toBeVisible()

  await test.step('what is not found there may be in messages: one Enter more', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('签收', { delay: 40 })
    await expect(page.getByRole('option')).toHaveText([/^在消息里搜索“签收”/])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('@签收', { delay: 40 })
    await expect(page.getByText('没有找到“@签收”')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('who hides a conversation by mistake has it back', async () => {
    const row = page.locator('[data-conversation]').filter({ hasText: '键盘三号群' })
    await row.click({ button: 'right' })
    await page.getByRole('menuitem', { name: '隐藏' }).click()
    await expect(row).toHaveCount(0)
    await page.getByRole('button', { name: '撤销' }).click()
    await expect(row).toHaveCount(1)
  })

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('sunsimiao')
  await expect(page.getByRole('option').first()).toContainText('孙思邈')
  await page.keyboard.press('Enter')
  await expect(heading('孙思邈')).toBeVisible()

  const shown = await page.locator('[data-conversation]').allInnerTexts()
  const place = (title: string) => shown.findIndex(text => text.includes(title))
  await page.locator('[data-conversation]').filter({ hasText: '键盘二号群' }).click()
  const at = place('键盘二号群')
  const below = titles.find(title => place(title) === at + 1)
  const step = below ? 1 : -1
  const neighbour = titles.find(title => place(title) === at + step) ?? ''
  await page.keyboard.press(step > 0 ? 'Alt+ArrowDown' : 'Alt+ArrowUp')
  await expect(heading(neighbour)).toBeVisible()
  await page.keyboard.press(step > 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown')
  await expect(heading('键盘二号群')).toBeVisible()
})

test('writing by keys: Enter, Shift+Enter, the last message again by ↑, Escape, and an input method', async ({
  stage,
}) => {
  const { page } = await stage.enter(me, { locale: 'zh-CN' })
  const talk = new Talk(page)
  await talk.open('键盘一号群')
  const article = page.getByRole('log').getByRole('article')

  await test.step('Shift+Enter begins a line, Enter sends', async () => {
    await talk.write('第一行')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('第二行')
    await expect(article).toHaveCount(0)
    await page.keyboard.press('Enter')
    await expect(article).toHaveCount(1)
    await expect(article).toContainText('第一行')
    await expect(article).toContainText('第二行')
    await expect(talk.box).toHaveText('')
  })

  await test.step('↑ edits the last one; Escape leaves it as it was', async () => {
    await talk.send('写错了')
    await page.keyboard.press('ArrowUp')
    await expect(talk.box).toHaveText('写错了')
    await page.keyboard.press('Escape')
    await expect(talk.box).toHaveText('')
    await page.keyboard.press('ArrowUp')
    await expect(talk.box).toHaveText('写错了')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('写对了')
    await page.keyboard.press('Enter')
    await expect(talk.message('写对了')).toContainText('（已编辑）')
    await expect(article).toHaveCount(2)
  })

  await test.step('while an input method composes, Enter belongs to it', async () => {
    await compose(page, 'ni hao')
    await expect(article).toHaveCount(2)
    await commit(page, '你好')
    await expect(talk.box).toHaveText('你好')
    await expect(article).toHaveCount(2)
    await page.keyboard.press('Enter')
    await expect(talk.message('你好')).toHaveAttribute('data-message')
    await expect(article).toHaveCount(3)
  })

  await test.step('from message to message by arrows, R answers', async () => {
    await page.getByRole('log').focus()
    await page.keyboard.press('ArrowUp')
    await expect(talk.message('你好')).toBeFocused()
    await page.keyboard.press('r')
    await expect(page.getByText('回复欧阳键')).toBeVisible()
    await expect(talk.box).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByText('回复欧阳键')).toBeHidden()
  })

  await test.step('the palette does the same with the message that has the focus', async () => {
    await page.getByRole('log').focus()
    await page.keyboard.press('ArrowUp')
    await expect(talk.message('你好')).toBeFocused()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('reply')
    await expect(page.getByRole('option', { name: '消息：回复' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByText('回复欧阳键')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('回复欧阳键')).toBeHidden()
  })
  await expectAccessible(page)
})

/** Begins to compose as an input method does, and presses Enter in the middle, as Chromium reports it (key code 229). */
async function compose(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await page.evaluate(() => {
    const init = { key: 'Enter', code: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init))
  })
  await session.detach()
}

/** The input method puts down what was chosen. */
async function commit(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Input.insertText', { text })
  await session.detach()
}
