import { type APIRequestContext, expect, type Page } from '@playwright/test'
import type { AnswerOf } from '@/core/api'
import { expectAccessible } from './accessible'
import { company } from './company'

/** The site that joins, and the unit that is at home there. */
export const shanghai = '上海'
export const shanghaiBranch = '上海分公司'

/** The administrator invites a branch on the page of the sites; gives the token that is shown once. */
export async function invite(page: Page, name: string): Promise<string> {
  await page.goto('/administration/sites')
  await page.getByRole('button', { name: '邀请分公司' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '站点名称' }).fill(name)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '生成令牌' }).click()
  const token = dialog.getByRole('textbox', { name: '令牌' })
  await expect(token).not.toBeEmpty()
  await expectAccessible(page)
  return await token.inputValue()
}

/** The first visitor of an empty server lets it join, looks at the progress, and ends at the sign-in. */
export async function join(page: Page, token: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('radio', { name: '加入为分公司' }).click()
  await expectAccessible(page)
  const box = page.getByRole('textbox', { name: '令牌' })
  await box.fill('not-a-token')
  await page.getByRole('textbox', { name: '启动码' }).fill(process.env.BILIN_BRANCH_SETUP_CODE ?? '')
  await page.getByRole('button', { name: '加入', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('此令牌无效')
  await box.fill(token)
  await page.getByRole('button', { name: '加入', exact: true }).click()
  await expect(page.getByRole('heading', { name: `正在加入：${shanghai}` })).toBeVisible()
  await page.reload()
  await expect(page).toHaveURL(/\/sign-in/, { timeout: 60_000 })
  await expect(page.getByRole('textbox', { name: '登录名' })).toBeVisible()
  await expect(page.getByText(company.company, { exact: true })).toBeVisible()
}

/** Makes a unit at home at a site, and waits until each server knows it. */
export async function settle(apis: APIRequestContext[], unitName: string, siteName: string): Promise<void> {
  const [first] = apis as [APIRequestContext]
  const { sites }: AnswerOf<'GET /sites'> = await (await first.get('/api/sites')).json()
  const { units }: AnswerOf<'GET /org/units'> = await (await first.get('/api/org/units')).json()
  const site = sites.find(({ name }) => name === siteName)?.number
  const unit = units.find(({ name }) => name === unitName)?.id
  const answer = await first.put(`/api/sites/homes/${unit}`, { data: { site } })
  expect(answer.status(), await answer.text()).toBe(200)
  for (const api of apis) {
    await expect
      .poll(async () => {
        const { homes }: AnswerOf<'GET /sites/homes'> = await (await api.get('/api/sites/homes')).json()
        return homes.find(home => home.unit === unit)?.site
      })
      .toBe(site)
  }
}

/** Cuts the line of a site to all others, as the rehearsal does. */
export async function cut(api: APIRequestContext, seconds: number): Promise<void> {
  const answer = await api.post('/api/sites/cut', { data: { seconds } })
  expect(answer.status(), await answer.text()).toBe(200)
}

export async function mend(api: APIRequestContext): Promise<void> {
  const answer = await api.delete('/api/sites/cut')
  expect(answer.status(), await answer.text()).toBe(200)
}

/** Waits until nobody has anything that the other has not. */
export async function level(api: APIRequestContext): Promise<void> {
  await expect
    .poll(
      async () => {
        const { sites, here }: AnswerOf<'GET /sites/status'> = await (await api.get('/api/sites/status')).json()
        const others = sites.filter(({ number, state }) => number !== here && state === 'joined')
        return others.every(site => site.reachable && site.behind_events + site.ahead_events + site.needs === 0)
      },
      { timeout: 30_000 },
    )
    .toBe(true)
}
