import { type APIRequestContext, expect, type Page } from '@playwright/test'

/** The company all tests of a run share, founded by the first that needs it. */
export const company = {
  company: '云川集团',
  name: '苏晚',
  login: 'suwan',
  password: 'harbour-lamp-7',
  locale: 'zh-CN',
} as const

/** What the server printed at its start: who founds a company must know it. */
export const setUpCode = process.env.BILIN_SETUP_CODE ?? ''

/** Founds the company unless it is there already. */
export async function foundCompany(request: APIRequestContext, baseURL: string): Promise<void> {
  const { needed } = await (await request.get('/api/setup')).json()
  if (!needed) return
  const data = { ...company, code: setUpCode }
  const answer = await request.post('/api/setup', { data, headers: { Origin: baseURL } })
  expect(answer.status()).toBe(201)
}

/** Signs in on the page as a person would, in English unless said otherwise, and waits for the app. */
export async function signIn(page: Page, login: string = company.login, password: string = company.password) {
  await page.goto('/sign-in')
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await expect(page.getByRole('navigation').first()).toBeVisible()
}
