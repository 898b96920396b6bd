import { expect } from '@playwright/test'
import { hire, singapore, southChina } from './colleagues'
import { test } from './stage'
import { Talk } from './talk'

/** A direct conversation is there for the other with its first message, and not because somebody opened it. */
test('opening a chat leaves nothing anywhere; its first message brings it', async ({ stage, baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'first.lin': ['林先开', southChina],
    'first.marc': ['Marc First', singapore],
  })
  const lin = people['first.lin']
  const marc = people['first.marc']
  const [zh, en] = [await stage.enter(lin, { locale: 'zh-CN' }), await stage.enter(marc, { locale: 'en' })]
  const [hers, his] = [new Talk(zh.page), new Talk(en.page)]
  const open = async () => {
    await zh.page.goto(`/contacts?person=${marc.id}`)
    await zh.page.getByRole('complementary').getByRole('button', { name: '发消息' }).click()
    await expect(zh.page.getByRole('heading', { name: 'Marc First', level: 1 })).toBeVisible()
  }
  await open()
  const address = zh.page.url()
  await expect(his.row('林先开')).toHaveCount(0)
  await hers.goTo('通讯录')
  await hers.goTo('消息')
  await expect(hers.row('Marc First')).toHaveCount(0)
  await en.page.reload()
  await expect(his.row('林先开')).toHaveCount(0)

  await test.step('what one began to write stays, where nothing was said yet, over a reload', async () => {
    await zh.page.goto(address)
    await hers.write('你好')
    await hers.goTo('通讯录')
    await hers.goTo('消息')
    await expect(hers.row('Marc First')).toContainText('你好')
    await zh.page.waitForTimeout(1_000) // drafts are stored half a second after they were written
    await zh.page.reload()
    await expect(hers.row('Marc First')).toContainText('你好')
  })

  await hers.open('Marc First')
  await hers.box.click()
  await zh.page.keyboard.press('Enter')
  await expect(his.row('林先开')).toContainText('你好')
  await expect(his.rail('Messages')).toContainText('1 unread')
})
