import { expect, type Page } from '@playwright/test'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { phone, test } from './stage'
import { Talk } from './talk'
import { slowDown, withhold } from './typist'

const home = '面板常驻群'
let me: Colleague
let ravi: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'palette.gu': ['顾面板', southChina],
    'palette.ravi': ['Ravi Palettekar', singapore],
    'palette.farah': ['Farah Palettekar', singapore],
  })
  me = people['palette.gu']
  ravi = people['palette.ravi']
  await beginGroup(baseURL ?? '', me, '面板未读群', [ravi])
  await beginGroup(baseURL ?? '', me, home, [ravi, people['palette.farah']])
})

/** The conversation open, the cursor in its composer. */
async function writing(page: Page): Promise<Talk> {
  const talk = new Talk(page)
  await talk.open(home)
  await talk.box.click()
  await expect(talk.box).toBeFocused()
  return talk
}

async function expectRavi(page: Page, talk: Talk): Promise<void> {
  await expect(page.getByRole('heading', { name: ravi.name, level: 1 })).toBeVisible()
  await expect(talk.box).toHaveText('')
  await talk.open(home)
  await expect(talk.box).toHaveText('')
  await expect(page.getByRole('log').getByRole('article')).toHaveCount(0)
}

for (const delay of process.env.EVERY_KEY ? [0, 40, 80, 150] : [0, 80]) {
  test(`from the first Ctrl+K of a page on no letter goes astray, ${delay} ms apart`, async ({ stage }) => {
    const { page } = await stage.enter(me)
    const talk = await writing(page)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('ravi', { delay })
    await page.keyboard.press('Enter')
    await expectRavi(page, talk)

    await test.step('nor the second time', async () => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('ravi', { delay })
      await page.keyboard.press('Enter')
      await expectRavi(page, talk)
    })
  })
}

test('nor while the list is fetched over a slow line, by a slow machine', { tag: '@slow' }, async ({ stage }) => {
  const { page } = await stage.enter(me, { at: '/contacts' })
  await withhold(page, /SwitcherResults/, 3_000)
  await page.goto('/messages')
  const talk = await writing(page)
  await slowDown(page, 4)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ravi', { delay: 40 })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox')).toHaveValue('ravi')
  await expect(talk.box).toHaveText('')
  await slowDown(page, 1)
  await expectRavi(page, talk)
})

test('while it is fetched Escape closes, and the key opens anew and empty', async ({ stage }) => {
  const { page } = await stage.enter(me, { at: '/contacts' })
  await withhold(page, /SwitcherResults/, 2_000)
  await page.goto('/messages')
  const talk = await writing(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('fa')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(talk.box).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ravi')
  await expect(page.getByRole('combobox')).toHaveValue('ravi')
  await page.keyboard.press('Enter')
  await expectRavi(page, talk)
})

test('in a narrow window it opens over the conversation, too', async ({ stage }) => {
  const { page } = await stage.enter(me, { viewport: phone })
  const talk = await writing(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ravi', { delay: 40 })
  await expect(page.getByRole('combobox')).toBeVisible()
  await expect(page.getByRole('combobox')).toHaveValue('ravi')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: ravi.name, level: 1 })).toBeVisible()
  await expect(talk.box).toHaveText('')
})

test('the Enter that ends a composition is no choice, in the order of Safari', async ({ stage }) => {
  const { page } = await stage.enter(me)
  await writing(page)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('ravi')
  await expect(page.getByRole('option').first()).toContainText('Ravi')
  await page.getByRole('combobox').evaluate(box => {
    box.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
    box.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: 'ravi' }))
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))
  })
  await expect(page.getByRole('combobox')).toHaveValue('ravi')
  await expect(page.getByRole('heading', { name: home, level: 1 })).toBeAttached()
})
