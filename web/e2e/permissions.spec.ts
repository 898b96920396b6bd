import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { asAdministrator, beginGroup, hire, signedIn, singapore, southChina } from './colleagues'
import { company } from './company'
import { test } from './stage'

test('who has no rights sees no administration and gets nothing by its address', async ({ stage, baseURL }) => {
  const { 'right.none': nobody } = await hire(baseURL ?? '', { 'right.none': ['吴权限', southChina] })
  const { page, context } = await stage.enter(nobody, { locale: 'zh-CN' })
  await expect(page.getByRole('navigation').first().getByRole('link')).toHaveText([/消息/, /通讯录/])
  for (const section of ['', '/people', '/roles', '/import']) {
    await page.goto(`/administration${section}`)
    await expect(page.getByText('你没有可管理的内容')).toBeVisible()
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
  }
  await expectAccessible(page)
  const { units } = await (await context.request.get('/api/org/units')).json()
  const answer = await context.request.get(`/api/grants?unit=${units[0].id}`)
  expect(answer.status()).toBe(403)
})

test('who is not in a group cannot open it, nor learn that it is there', async ({ stage, baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'right.in': ['郑里面', southChina],
    'right.out': ['Olga Aust', singapore],
  })
  const secret = await beginGroup(baseURL ?? '', people['right.in'], '只有里面的人知道', [])
  const { page, context } = await stage.enter(people['right.out'], { locale: 'en', at: `/messages/${secret}` })
  await expect(page.getByText('This conversation does not exist, or you are not in it.')).toBeVisible()
  await expect(page.getByText('只有里面的人知道')).toHaveCount(0)
  await expectAccessible(page)
  for (const path of ['', '/messages']) {
    const hidden = await context.request.get(`/api/conversations/${secret}${path}`)
    const missing = await context.request.get(`/api/conversations/1${path}`)
    expect(hidden.status()).toBe(404)
    expect((await hidden.json()).code).toBe((await missing.json()).code)
  }
})

test('who administers one branch sees that branch, no other, and loses it with the role', async ({
  stage,
  baseURL,
}) => {
  const { 'right.branch': manager } = await hire(baseURL ?? '', { 'right.branch': ['Bea Roth', singapore] })
  const api = await asAdministrator(baseURL ?? '')
  const { units } = await (await api.get('/api/org/units')).json()
  const unit = units.find(({ name }: { name: string }) => name === singapore).id
  const given = await api.post('/api/grants', { data: { person: manager.id, role: 'org_admin', unit } })
  expect(given.status(), await given.text()).toBe(201)
  const { page } = await stage.enter(manager, { locale: 'en' })
  await page
    .getByRole('navigation')
    .first()
    .getByRole('link', { name: /^Admin/ })
    .click()
  const tree = page.getByRole('main').getByRole('tree')
  await expect(tree.getByRole('treeitem', { name: new RegExp(singapore) })).toBeVisible()
  await expect(tree.getByRole('treeitem', { name: new RegExp(`${southChina}|${company.company}`) })).toHaveCount(0)
  await expectAccessible(page)

  const other = units.find(({ name }: { name: string }) => name === southChina)?.id
  const asManager = await signedIn(baseURL ?? '', manager)
  const refused = await asManager.patch(`/api/org/units/${other}`, { data: { name: '改不了' } })
  expect(refused.status()).toBe(403)
  await asManager.dispose()

  const revoked = await api.delete(`/api/grants/${(await given.json()).id}`)
  expect(revoked.ok(), await revoked.text()).toBe(true)
  await expect(
    page
      .getByRole('navigation')
      .first()
      .getByRole('link', { name: /^Admin/ }),
  ).toHaveCount(0)
  await expect(page.getByText('You have nothing to administer')).toBeVisible()
  await api.dispose()
})
