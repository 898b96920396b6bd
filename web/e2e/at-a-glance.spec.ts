import { expect } from '@playwright/test'
import { type Colleague, hire, singapore, southChina } from './colleagues'
import { test } from './stage'
import { Talk } from './talk'

/** Small things that are seen, or read out, many times a day. */
let me: Colleague
let su: Colleague
let others: Colleague[]

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'glance.marcus': ['Marcus Glance', singapore],
    'glance.su': ['苏一瞥', southChina],
    'glance.tan': ['Tan Glance', singapore],
    'glance.lin': ['林一瞥', southChina],
    'glance.wu': ['吴一瞥', southChina],
  })
  me = people['glance.marcus']
  su = people['glance.su']
  others = [su, people['glance.tan'], people['glance.lin'], people['glance.wu']]
})

test('who reads English can say Chinese names, and finds what belongs to somebody beside the click', async ({
  stage,
}) => {
  const { page } = await stage.enter(me, { locale: 'en' })
  const talk = new Talk(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('suyipie', { delay: 40 })
  await expect(page.getByRole('option').first()).toContainText('Su Yipie')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: su.name, level: 1 })).toBeVisible()
  await talk.write('hello *leaning*')
  await page.keyboard.press('Enter')
  await expect(talk.message('hello leaning')).toHaveAttribute('data-message')
  await expect(talk.row(su.name)).toContainText('Su Yipie')

  await test.step('what was said names its speaker, and its time in full; there is one title', async () => {
    const said = talk.message('hello')
    await expect(said).toHaveAccessibleName(/^Marcus Glance \d\d:\d\d$/)
    const time = said.locator('time').first()
    await expect(time).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT.*Z$/)
    await expect(time).toHaveAttribute('title', /20\d\d.*\d\d:\d\d:\d\d/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expect(said.locator('em')).toHaveCSS('font-style', 'italic')
    await expect(said.locator('em')).toHaveCSS('text-emphasis-style', 'none')
  })

  await test.step('code without a language begins at its top; one place begins what is new', async () => {
    await talk.box.click()
    await page.keyboard.type('```')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('x = 1')
    await page.keyboard.press('Enter')
    const code = page.getByRole('log').locator('pre', { hasText: 'x = 1' })
    await expect(code).toBeVisible()
    const above = (element: Element) => {
      const [line, frame] = [element.querySelector('code'), element.parentElement].map(
        each => each?.getBoundingClientRect().y,
      )
      return (line ?? 0) - (frame ?? 0)
    }
    expect(await code.evaluate(above)).toBeLessThan(16) // in one look: the list may be moving
    await expect(page.getByRole('button', { name: 'New', exact: true })).toHaveCount(1)
  })

  await test.step('details say that they are open, and offer no message to whom one writes to already', async () => {
    const button = page
      .getByRole('main')
      .getByRole('button', { name: /^(?:Show|Hide) details$/ })
      .first()
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click()
    await expect(button).toHaveAttribute('aria-expanded', 'true')
    await expect(button).not.toHaveAttribute('aria-pressed')
    await expect(page.getByRole('complementary').getByRole('heading', { name: su.name })).toBeVisible()
    await expect(page.getByRole('complementary').getByRole('button', { name: 'Message', exact: true })).toHaveCount(0)
  })

  await test.step('the card of a person opens beside the click', async () => {
    const face = talk.message('hello').getByRole('button', { name: 'Marcus Glance' })
    await face.click()
    const card = page.getByRole('dialog', { name: 'Person card' })
    await expect(card).toBeVisible()
    const [at, from] = [await card.boundingBox(), await face.boundingBox()]
    expect(Math.abs((at?.x ?? 9_999) - ((from?.x ?? 0) + (from?.width ?? 0)))).toBeLessThan(40)
    await page.keyboard.press('Escape')
  })

  await test.step('what was hidden comes back by one press', async () => {
    await talk.goTo('Contacts')
    await talk.goTo('Messages')
    await talk.row(su.name).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Hide until the next message' }).click()
    await expect(talk.row(su.name)).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(talk.row(su.name)).toBeVisible()
  })
})

test('a group without a name says how many it is called after', async ({ stage }) => {
  const { page } = await stage.enter(me, { locale: 'zh-CN' })
  await page.getByRole('button', { name: '新建' }).first().click()
  await page.getByRole('menuitem', { name: '新建群组' }).click()
  for (const { login } of others) {
    await page.keyboard.type(login, { delay: 40 })
    await page.keyboard.press('Enter')
  }
  await expect(page.getByRole('list', { name: '已选' }).getByRole('listitem')).toHaveCount(4)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('等 5 人')
  const row = page.locator('[data-conversation]').first()
  await expect(row.locator('[title*="等 5 人"]')).toBeVisible()
})

test('pages of settings have names that fit their line', async ({ stage }) => {
  const { page } = await stage.enter(me, { locale: 'en', at: '/settings' })
  const links = page.getByRole('main').getByRole('navigation').getByRole('link')
  await expect(links.nth(3)).toBeVisible()
  const heights = await links.evaluateAll(all => all.map(link => link.getBoundingClientRect().height))
  expect(Math.max(...heights)).toBe(Math.min(...heights))
})
