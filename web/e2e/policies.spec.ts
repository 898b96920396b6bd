import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { asAdministrator, hire, signedIn, singapore, southChina } from './colleagues'
import { company } from './company'
import { desktop, phone, test } from './stage'

const recall = '/administration/policies?open=messaging.recall_window_s'

test('a policy is set for a branch once its effect was seen, explained, and let go again', async ({
  stage,
  baseURL,
}) => {
  const { 'policy.lin': lin } = await hire(baseURL ?? '', { 'policy.lin': ['林策略', southChina] })
  const { page } = await stage.enter(company, { locale: 'zh-CN', viewport: desktop, at: recall })
  const panel = page.getByRole('complementary', { name: '消息可撤回' })
  await expect(panel.getByText('生效', { exact: true })).toBeVisible()
  await page.getByRole('tree').getByRole('treeitem', { name: southChina }).click()
  await expect(panel.getByRole('region', { name: southChina })).toBeVisible()
  await expectAccessible(page)

  await panel.getByRole('radio', { name: '本部门自定' }).click()
  await panel.getByRole('textbox', { name: '取值' }).fill('2')
  await panel.getByRole('combobox', { name: '时间单位' }).click()
  await page.getByRole('option', { name: '小时' }).click()
  await expect(panel.getByRole('button', { name: '保存' })).toBeDisabled()
  await expect(panel.getByText(/会改变 \d+ 人/)).toBeVisible()
  await panel.getByRole('textbox', { name: '原因' }).fill('客户要求')
  await expectAccessible(page)
  await panel.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('button', { name: /^消息可撤回.*2小时.*本部门自定/ })).toBeVisible()
  await expect(panel.getByText('客户要求').first()).toBeVisible()
  await expect(page.getByRole('treeitem', { name: southChina })).toContainText('1 项自定')

  const api = await signedIn(baseURL ?? '', lin)
  expect((await (await api.get('/api/me')).json()).policies['messaging.recall_window_s']).toBe(7_200)
  await api.dispose()

  await panel.getByRole('combobox', { name: '某人受什么约束' }).fill('林策略')
  await page.getByRole('option', { name: /林策略/ }).click()
  await expect(panel.getByText(`林策略：2小时，因为${southChina}这样规定。`)).toBeVisible()

  await panel.getByRole('radio', { name: '沿用上级' }).click()
  await panel.getByRole('button', { name: '恢复为继承' }).click()
  await expect(page.getByRole('button', { name: /^消息可撤回.*本部门自定/ })).toHaveCount(0)
})

test('who administers a branch is shown what is fixed above, by whom, and no other branch', async ({
  stage,
  baseURL,
}) => {
  const { 'policy.bea': bea } = await hire(baseURL ?? '', { 'policy.bea': ['Bea Fix', singapore] })
  const api = await asAdministrator(baseURL ?? '')
  const { units } = await (await api.get('/api/org/units')).json()
  const idOf = (name: string) => units.find((unit: { name: string }) => unit.name === name).id
  const given = await api.post('/api/grants', { data: { person: bea.id, role: 'admin', unit: idOf(singapore) } })
  expect([201, 409]).toContain(given.status())
  const path = `/api/policies/messaging.may_create_groups/units/${idOf(company.company)}`
  expect((await api.put(path, { data: { value: true, locked: true, reason: 'One rule for all' } })).status()).toBe(200)

  const { page } = await stage.enter(bea, { locale: 'en', viewport: phone, at: '/administration' })
  const menu = page.getByRole('navigation', { name: 'Administration' })
  await expect(menu.getByText(singapore)).toBeVisible()
  await expect(menu.getByRole('heading')).toContainText(['Administration', 'Organisation', 'Compliance'])
  await expect(menu.getByRole('link', { name: 'Sites' })).toHaveCount(0)
  await expectAccessible(page)
  await menu.getByRole('link', { name: 'Policies' }).click()
  const row = page.getByRole('button', { name: /^Making groups.*Fixed by/ })
  await expect(row).toContainText(company.company)
  await expectAccessible(page)
  await row.focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: /^Size of groups/ })).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Making groups' })
  await expect(panel.getByText('has fixed this value for all units below')).toBeVisible()
  await expect(panel.getByText('Reason: One rule for all')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)

  expect((await api.put(path, { data: { value: null } })).status()).toBe(200)
  await api.dispose()
})
