import type { APIRequestContext, Locator, Page, TestInfo } from '@playwright/test'
import { expect } from '@playwright/test'
import type { AnswerOf } from '@/core/api'
import { expectAccessible } from './accessible'
import { level, mend, settle, shanghai, shanghaiBranch } from './branch'
import { asAdministrator } from './colleagues'
import { company } from './company'
import { shoot } from './sample/shoot'
import { phone, test } from './stage'

/** After sites.spec.ts, on its servers: what an administrator does with a branch until it is closed. */
test.describe.configure({ mode: 'serial', timeout: 120_000 })

const branch = process.env.BILIN_BRANCH_URL ?? ''
const foundingSite = 1
const renamed = '上海站'

let admin: APIRequestContext

test.beforeAll(async ({ baseURL }) => {
  admin = await asAdministrator(baseURL ?? '')
  await mend(admin)
  await settle([admin], shanghaiBranch, shanghai)
  await level(admin)
})

test('a unit gets its home and what may leave it', async ({ stage }, testInfo) => {
  const { page } = await stage.enter(company, { locale: 'zh-CN', at: '/administration/people' })
  const openHome = async () => {
    await page.getByRole('treeitem', { name: new RegExp(shanghaiBranch) }).click()
    await page.getByRole('button', { name: '更多部门操作' }).click()
    await page.getByRole('menuitem', { name: '所属站点和数据出站规则' }).click()
    return page.getByRole('dialog', { name: `${shanghaiBranch}的所属站点` })
  }
  const save = async (dialog: Locator, leaves: RegExp) => {
    await dialog.getByRole('combobox', { name: '哪些内容可以离开所属站点' }).click()
    await page.getByRole('option', { name: leaves }).click()
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(dialog).toHaveCount(0)
  }
  let dialog = await openHome()
  await expect(dialog.getByRole('combobox', { name: '所属站点' }).first()).toContainText(shanghai)
  await save(dialog, /^不离开$/)
  await expect(page.getByText(`所属站点：${shanghai}`)).toBeVisible()
  dialog = await openHome()
  await expect(dialog.getByRole('checkbox', { name: '会话' })).toBeChecked()
  await expectAccessible(page)
  await shoot(page, testInfo, 'home-and-policy')
  await save(dialog, /^与上级相同/)
})

test('a site is renamed, compared, and cut off for a rehearsal', async ({ stage }, testInfo) => {
  const { page } = await stage.enter(company, { locale: 'zh-CN', at: '/administration/sites' })
  await act(page, shanghai, '名称和地址')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '站点名称' }).fill(renamed)
  await dialog.getByRole('textbox', { name: '地址' }).fill(branch)
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(row(page, renamed)).toContainText(branch)
  await expect(row(page, renamed)).toContainText('已同步', { timeout: 20_000 })

  await act(page, renamed, '与本站点比较')
  await expect(dialog.getByText('两个站点的内容一致。')).toBeVisible({ timeout: 20_000 })
  await expect(dialog.getByText('会话与消息')).toBeVisible()
  await expectAccessible(page)
  await shoot(page, testInfo, 'compared')
  await dialog.getByRole('button', { name: '关闭' }).last().click()

  await page.getByRole('button', { name: '断线演练' }).click()
  await dialog.getByRole('button', { name: '断开连接' }).click()
  await expect(page.getByText(/^断线演练中，剩余/)).toBeVisible()
  await expect(row(page, renamed)).toContainText('无法连接', { timeout: 20_000 })
  await act(page, renamed, '与本站点比较')
  await expect(dialog.getByRole('alert')).toBeVisible({ timeout: 20_000 })
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await onPhone(page, testInfo, 'cut-sites-phone')
  await page.getByRole('button', { name: '立即恢复' }).click()
  await expect(row(page, renamed)).toContainText('已同步', { timeout: 30_000 })
})

test('access ends, a new token is made, and the site is closed', async ({ stage }, testInfo) => {
  const { page } = await stage.enter(company, { locale: 'zh-CN', at: '/administration/sites' })
  const there = await stage.enter(company, { locale: 'zh-CN', origin: branch, at: '/administration/sites' })
  await act(page, renamed, '撤销访问')
  await page.getByRole('alertdialog').getByRole('button', { name: '撤销访问' }).click()
  await expect(row(page, renamed)).toContainText('访问已撤销')
  await expect(there.page.getByRole('heading', { name: '登录' })).toBeVisible({ timeout: 30_000 })
  await onPhone(there.page, testInfo, 'revoked-branch-phone')

  await act(page, renamed, '重建站点')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '生成令牌' }).click()
  await expect(dialog.getByRole('textbox', { name: '令牌' })).toHaveValue(/^bilin-site-/)
  await onPhone(page, testInfo, 'token-phone')
  await dialog.getByRole('button', { name: '关闭' }).click()

  await act(page, renamed, '停用')
  await dialog.getByRole('textbox').fill(renamed)
  await dialog.getByRole('button', { name: '停用' }).click()
  await expect(row(page, renamed)).toContainText('已停用')
  await expect(page.getByRole('button', { name: `${renamed}的更多操作` })).toHaveCount(0)
  await expectAccessible(page)
  await shoot(page, testInfo, 'retired')
  expect(await homeOf(shanghaiBranch)).toBe(foundingSite)
})

async function homeOf(unitName: string): Promise<number | undefined> {
  const { units }: AnswerOf<'GET /org/units'> = await (await admin.get('/api/org/units')).json()
  const { homes }: AnswerOf<'GET /sites/homes'> = await (await admin.get('/api/sites/homes')).json()
  return homes.find(({ unit }) => unit === units.find(({ name }) => name === unitName)?.id)?.site
}

/** The line of a site in the table. */
function row(page: Page, site: string): Locator {
  return page.getByRole('row', { name: new RegExp(`^${site}`) })
}

/** Chooses something from the menu of a site. */
async function act(page: Page, site: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `${site}的更多操作` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** The same page on a small screen: nothing stands outside of it. */
async function onPhone(page: Page, testInfo: TestInfo, name: string): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize(phone)
  await expectAccessible(page)
  const outside = await page.getByRole('button').evaluateAll(
    (buttons, width) =>
      buttons
        .filter(button => button.checkVisibility())
        .map(button => ({ name: button.textContent, box: button.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.left < 0 || box.right > width))
        .map(({ name: words }) => words),
    phone.width,
  )
  expect(outside, 'buttons that are cut off').toEqual([])
  await shoot(page, testInfo, name)
  if (before) await page.setViewportSize(before)
}
