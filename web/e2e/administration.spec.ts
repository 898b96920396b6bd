import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './accessible'
import { company, foundCompany, signIn } from './company'

/** One administrator's morning, in the order of the file: each test builds on the one before. */
test.describe.configure({ mode: 'serial' })

const people = [
  ['zhangwei', '张伟', '市场经理'],
  ['chensiyuan', '陈思远', '仓库负责人'],
  ['linyutong', '林雨桐', '总经理'],
  ['marcus', 'Marcus Tan', 'General Manager'],
]
const branch = `${company.company}/华东分公司`
const table = [
  '登录名,姓名,部门,类型,职务',
  `,,${branch},branch,`,
  ...people.map(([login, name, title]) => `${login},${name},${branch}/市场部,,${title}`),
].join('\n')

let page: Page

test.beforeAll(async ({ browser, request, baseURL }) => {
  await foundCompany(request, baseURL ?? '')
  page = await (await browser.newContext()).newPage()
  await signIn(page)
})

test.afterAll(() => page.close())

test('a table with bad rows is reported by line and changes nothing until it is confirmed', async () => {
  await page.goto('/administration/import')
  const bad = `${table}\nzhangwei,张三,${branch},,\nliushan,刘山,别的公司,,\n`
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(bad) })
  await expect(page.getByText('有 2 行无法导入')).toBeVisible()
  await expect(page.getByRole('row', { name: /^7 / })).toContainText('登录名“zhangwei”已出现在第 3 行')
  await expect(page.getByRole('row', { name: /^8 / })).toContainText('“别的公司”不是公司名称')
  await expectAccessible(page)

  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await expect(page.getByText('所有行都可以导入')).toBeVisible()
  await page.getByRole('button', { name: '开始导入' }).click()
  await expect(page.getByText('导入完成')).toBeVisible()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '保存密码' }).click()
  expect((await saving).suggestedFilename()).toBe('bilin-passwords.xlsx')
  await expectAccessible(page)
})

test('an import says what is to change, the old and the new, before it does', async () => {
  await page.goto('/administration/import')
  const again = [
    '登录名,姓名,部门,类型,职务',
    `,,${branch},分公司,`,
    `zhangwei,张伟,${branch}/市场部,,市场总监`,
    `chensiyuan,陈思渊,${branch}/市场部,,仓库负责人`,
    `marcus,Marcus Tan,${branch}/市场部,,General Manager`,
    `newcomer,何新来,${branch}/市场部,,专员`,
  ].join('\n')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(again) })
  const changes = page.getByRole('table', { name: '将发生的变化' })
  await expect(changes.getByRole('row')).toHaveCount(4)
  await expect(changes.getByRole('row', { name: /张伟/ })).toContainText('职务：市场经理 → 市场总监')
  await expect(changes.getByRole('row', { name: /chensiyuan/ })).toContainText('姓名：陈思远 → 陈思渊')
  await expect(changes.getByRole('row', { name: /何新来/ })).toContainText('新增')
  await expectAccessible(page)
  await page.getByRole('button', { name: '取消' }).click()
  await expect(changes).toBeHidden()
})

test('units are added, renamed, moved and removed', async () => {
  await page.goto('/administration/people')
  await page.getByRole('treeitem', { name: /华东分公司/ }).click()
  await page.getByRole('button', { name: '添加部门' }).click()
  await page.getByRole('textbox', { name: /部门名称/ }).fill('研发部')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /研发部/ })).toBeVisible()

  await inUnitMenu('重命名或修改')
  await page.getByRole('textbox', { name: /部门名称/ }).fill('研发中心')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /研发中心/ })).toBeVisible()

  await inUnitMenu('移动到其他位置')
  await page.getByRole('combobox', { name: '移动到' }).fill('yunchuan')
  await page.getByRole('option', { name: company.company }).click()
  await page.getByRole('button', { name: '移动', exact: true }).click()
  await expect(modal()).toBeHidden()
  await expect(page.getByText(`${company.company} · 0 人`)).toBeVisible()

  await inUnitMenu('移除')
  const remove = page.getByRole('button', { name: '移除' })
  await expect(remove).toBeDisabled()
  await expectAccessible(page)
  await modal().getByRole('textbox').fill('研发中心')
  await remove.click()
  await expect(page.getByRole('treeitem', { name: /研发中心/ })).toBeHidden()
})

test('a person is added, signs in, is deactivated and cannot any more', async ({ browser }) => {
  await page.goto('/administration/people')
  await page.getByRole('treeitem', { name: /华东分公司/ }).click()
  await page.getByRole('button', { name: '添加成员' }).click()
  const form = modal()
  await form.getByRole('textbox', { name: /姓名/ }).fill('王嘉怡')
  await form.getByRole('textbox', { name: /登录名/ }).fill('suwan')
  await form.getByRole('button', { name: '添加', exact: true }).click()
  await expect(form.getByText('该登录名已有人使用。')).toBeVisible()
  await form.getByRole('textbox', { name: /登录名/ }).fill('wangjiayi')
  await form.getByRole('button', { name: '添加', exact: true }).click()
  const password = await form.getByText(/^\w{4}-\w{4}-\w{4}$/).innerText()
  await form.getByRole('button', { name: '完成' }).click()

  const other = await (await browser.newContext({ locale: 'zh-CN' })).newPage()
  await other.goto('/sign-in')
  await other.locator('input[name=login]').fill('wangjiayi')
  await other.locator('input[name=password]').fill(password)
  await other.locator('button[type=submit]').click()
  await choosePassword(other, password)
  await expect(other.getByRole('link', { name: '管理' })).toBeHidden()

  await page.getByRole('button', { name: '王嘉怡的操作' }).click()
  await page.getByRole('menuitem', { name: '停用' }).click()
  await modal().getByRole('textbox').fill('王嘉怡')
  await page.getByRole('button', { name: '停用' }).click()
  await expect(page.getByRole('row', { name: /王嘉怡/ })).toBeHidden()
  await expect(other).toHaveURL(/\/sign-in/)
  await other.close()

  await page.getByText('显示已离职成员').click()
  await expect(page.getByRole('row', { name: /王嘉怡/ })).toContainText('已离职')
})

test('a role is given over a branch and revoked by typing the name', async () => {
  await page.goto('/administration/roles')
  await page.getByRole('button', { name: '授予角色' }).click()
  const form = modal()
  await form.getByRole('combobox', { name: /成员/ }).fill('lyt')
  await page.getByRole('option', { name: /林雨桐/ }).click()
  await form.getByRole('combobox', { name: /管理范围/ }).fill('hdfgs')
  await page.getByRole('option', { name: /^华东分公司/ }).click()
  await expectAccessible(page)
  await form.getByRole('button', { name: '授予', exact: true }).click()
  const row = page.getByRole('row', { name: /林雨桐/ })
  await expect(row).toContainText('人事管理员')
  await expect(row).toContainText('华东分公司')
  // As the unit itself sees it: what reaches it from above is there, said to be so, and not to be revoked here.
  await page.getByRole('combobox', { name: '管理范围' }).fill('hdfgs')
  await page.getByRole('option', { name: /^华东分公司/ }).click()
  const above = page.getByRole('row', { name: new RegExp(company.name) })
  await expect(above).toContainText(`继承自${company.company}`)
  await expect(above.getByRole('button')).toHaveCount(0)
  await expectAccessible(page)
  await row.getByRole('button', { name: '撤销' }).click()
  await modal().getByRole('textbox').fill('林雨桐')
  await modal().getByRole('button', { name: '撤销' }).click()
  await expect(row).toBeHidden()
})

test('everybody is found by pinyin and initials, in the contacts and by Ctrl+K', async () => {
  await page.goto('/contacts')
  await page
    .getByRole('searchbox')
    .or(page.getByRole('textbox', { name: '搜索成员' }))
    .fill('chensi')
  await page.getByRole('button', { name: '陈思远', exact: true }).click()
  await expect(page.getByRole('complementary', { name: '个人名片' })).toContainText('仓库负责人')
  await expectAccessible(page)
  await page.keyboard.press('Control+k')
  await modal().getByRole('combobox').fill('nobodyhasthisname')
  await expect(page.getByRole('option')).toHaveText([/^在消息里搜索“nobodyhasthisname”/])
  await expectAccessible(page)
  await modal().getByRole('combobox').fill('mt')
  await expect(page.getByRole('option').first()).toContainText('Marcus Tan')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/messages\/-?\d+/)
  await expect(page.getByRole('heading', { level: 1, name: 'Marcus Tan' })).toBeVisible()
})

/** The page that whoever signs in with a given password meets, whatever they asked for. */
async function choosePassword(other: Page, given: string): Promise<void> {
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('设置你自己的密码')
  await expectAccessible(other)
  await other.goto('/contacts')
  await expect(other).toHaveURL(/\/new-password\?to=/)
  await other.locator('input[name=old]').fill(given)
  for (const [weak, word] of [
    ['12345678', '最常见的密码'],
    ['wangjiayi2026', '别人都知道的名字'],
    ['rewqfdsazxcv', '连续的按键'],
    [given, '请换一个'],
  ]) {
    await other.locator('input[name=new]').fill(weak ?? '')
    await other.locator('input[name=again]').fill(weak ?? '')
    await other.getByRole('button', { name: '使用这个密码继续' }).click()
    await expect(other.getByText(word ?? '').first()).toBeVisible()
  }
  await other.locator('input[name=new]').fill('quiet-river-42')
  await other.locator('input[name=again]').fill('quiet-river-42')
  await other.keyboard.press('Enter')
  await expect(other).toHaveURL(/\/contacts$/)
}

async function inUnitMenu(item: string): Promise<void> {
  await page.getByRole('button', { name: '更多部门操作' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** The dialog that is open; toasts are dialogs as well, but do not hold the page. */
function modal() {
  return page.locator('[role=dialog][data-modal]')
}
