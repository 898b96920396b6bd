import { type Browser, expect, type Page, test } from '@playwright/test'
import { asAdministrator, hire, southChina } from './colleagues'
import { company } from './company'

const password = 'quiet-river-42'
const given = 'given-by-the-boss-7'

async function openSignIn(browser: Browser, locale: string): Promise<Page> {
  const page = await (await browser.newContext({ locale })).newPage()
  await page.goto('/sign-in')
  return page
}

async function signIn(page: Page, login: string, word = password): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(word)
  await page.locator('button[type=submit]').click()
}

/** Somebody new who has not signed in yet. */
async function add(baseURL: string, login: string, name: string): Promise<void> {
  const api = await asAdministrator(baseURL)
  const { units } = await (await api.get('/api/org/units')).json()
  const data = { name, login, password: given, unit: units[0].id }
  const answer = await api.post('/api/org/people', { data })
  expect([201, 409]).toContain(answer.status())
  await api.dispose()
}

test('a first sign-in shows the language of the browser, a password to choose, and then the app', async ({
  browser,
  baseURL,
}) => {
  await add(baseURL ?? '', 'emma.clarke', 'Emma Clarke')
  const page = await openSignIn(browser, 'en-GB')
  await signIn(page, 'emma.clarke', given)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Choose your own password')
  await page.locator('input[name=new]').fill(password)
  await page.locator('input[name=again]').fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.reload()
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.context().close()
})

test('the switch of the sign-in page counts until a person has chosen, then their choice', async ({
  browser,
  baseURL,
}) => {
  await hire(baseURL ?? '', { gudong: ['顾冬', southChina] })
  const page = await openSignIn(browser, 'zh-CN')
  await page.getByRole('radio', { name: 'English' }).click()
  await signIn(page, 'gudong')
  await expect(page.getByRole('link', { name: 'Contacts' }).first()).toBeVisible()
  await page.goto('/settings/appearance')
  await page.getByRole('radio', { name: '简体中文' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.context().close()
})

test('who signs out leaves neither address nor language to the next person', async ({ browser, baseURL }) => {
  await hire(baseURL ?? '', { gudong: ['顾冬', southChina], hexia: ['何夏', southChina] })
  const page = await openSignIn(browser, 'en-GB')
  await signIn(page, company.login, company.password) // who has chosen Chinese
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await page.goto('/contacts?unit=1')
  await page.getByRole('button', { name: /的账号|Account of/ }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await signIn(page, 'hexia')
  await expect(page).toHaveURL(/\/messages/)
  await page.context().close()
})

test('where a session ran out its own person comes back, another one does not', async ({ browser, baseURL }) => {
  await hire(baseURL ?? '', { gudong: ['顾冬', southChina], hexia: ['何夏', southChina] })
  for (const [login, lands] of [
    ['hexia', /\/messages/],
    ['gudong', /\/settings\/about$/],
  ] as const) {
    const page = await openSignIn(browser, 'zh-CN')
    await signIn(page, 'gudong')
    await expect(page.getByRole('navigation').first()).toBeVisible()
    await page.goto('about:blank') // it asks nothing more meanwhile
    await page.context().clearCookies()
    await page.goto('/settings/about')
    await expect(page).toHaveURL(/\/sign-in\?to=/)
    await signIn(page, login)
    await expect(page).toHaveURL(lands)
    await page.context().close()
  }
})
