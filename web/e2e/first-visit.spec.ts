import { expect, test } from '@playwright/test'
import { expectAccessible } from './accessible'
import { company, setUpCode } from './company'

test('the first visitor founds the company and lands in the app', async ({ page, request }) => {
  const { needed } = await (await request.get('/api/setup')).json()
  test.skip(!needed, 'this site has a company already')
  await page.addInitScript(() => localStorage.setItem('bilin.locale', 'en'))
  await page.goto('/contacts')
  await expect(page).toHaveURL(/\/set-up$/)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Create the company' }).click()
  await expect(page.getByText('Enter the name of your company.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Company name' })).toBeFocused()
  await expectAccessible(page)

  await page.getByRole('radio', { name: '简体中文' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('创建你的公司')
  await page.getByRole('textbox', { name: '启动码' }).fill('0000-0000-0000')
  await page.getByRole('textbox', { name: '公司名称' }).fill(company.company)
  await page.getByRole('textbox', { name: '你的姓名' }).fill(company.name)
  await page.getByRole('textbox', { name: '登录名' }).fill(company.login)
  await page.locator('input[name=password]').fill('12345678')
  await expect(page.getByText('容易被猜到')).toBeVisible()
  await page.locator('input[name=password]').fill(company.password)
  await page.getByRole('button', { name: '创建公司' }).click()
  await expect(page.getByRole('alert')).toContainText('启动码不对')
  await page.getByRole('textbox', { name: '启动码' }).fill(setUpCode.toLowerCase())
  await page.getByRole('button', { name: '创建公司' }).click()

  await expect(page.getByText(`欢迎你，${company.name}`)).toBeVisible()
  await expect(page.getByRole('link', { name: /批量导入成员/ })).toBeVisible()
  await expectAccessible(page)
  await page.goto('/set-up')
  await expect(page).toHaveURL(/\/messages$/)

  // Nobody is there to talk to: both places where one looks lead to where that changes.
  await page.getByRole('button', { name: '新建' }).first().click()
  await page.getByRole('menuitem', { name: '发起单聊' }).click()
  await expect(page.getByText('这里还没有其他同事。')).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('link', { name: '添加成员' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.goto('/contacts')
  await page.getByLabel('搜索成员').click()
  await page.keyboard.type('zhaoshui', { delay: 40 })
  await page.getByRole('link', { name: '添加成员' }).click()
  await expect(page).toHaveURL(/\/administration/)
})
