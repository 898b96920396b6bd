import { expect } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { shoot } from './sample/shoot'
import { phone, test } from './stage'
import { Talk } from './talk'

let su: Colleague
let ada: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'search.su': ['苏寻', southChina],
    'search.ada': ['Ada Seek', singapore],
  })
  su = people['search.su']
  ada = people['search.ada']
})

test('what was said is found as one types, by who may read it, and leads back to it', async ({
  stage,
  baseURL,
}, testInfo) => {
  await beginGroup(baseURL ?? '', su, '滨海冷链二期', [ada])
  const zh = await stage.enter(su, { locale: 'zh-CN', theme: 'light' })
  const en = await stage.enter(ada, { locale: 'en', theme: 'dark' })
  const [hers, his] = [new Talk(zh.page), new Talk(en.page)]
  await hers.open('滨海冷链二期')
  await his.open('滨海冷链二期')
  await hers.send('化霜周期调过吗？')
  await his.say('2 号库 南墙 冷凝水 又出现了，HT-2024-0192')
  await hers.say('我远程看一下控制器曲线')
  for (let line = 1; line <= 20; line++) await hers.say(`日报第${line}条`)

  const box = zh.page.getByRole('searchbox')
  const hit = zh.page.getByRole('button', { name: /^滨海冷链二期 · Ada Seek/ })

  await test.step('in this conversation, by Ctrl+F: marks, what was said around it, and the address is the search', async () => {
    await zh.page.keyboard.press('Control+f')
    await expect(zh.page.getByRole('button', { name: '去掉筛选：会话：滨海冷链二期' })).toBeVisible()
    await box.pressSequentially('２号库　冷凝')
    await expect(hit).toBeVisible({ timeout: 15_000 })
    await expect(hit.locator('mark')).toHaveText(['2 号库', '冷凝'])
    await box.fill('2 号库 冷凝 含:链接')
    await expect(zh.page.getByText('没有含', { exact: false })).toBeVisible()
    await zh.page.getByRole('button', { name: '去掉筛选：含：链接' }).click()
    await expect(box).toHaveValue('2 号库 冷凝')
    await expect(hit.locator('mark')).toHaveText(['2 号库', '冷凝'])
    await expect(zh.page.getByRole('region', { name: '前后文' })).toContainText('我远程看一下控制器曲线')
    await zh.page.reload()
    await expect(hit).toBeVisible()
    await expectAccessible(zh.page)
    await shoot(zh.page, testInfo, 'search-zh-light')
  })

  await test.step('a jump to the message in its conversation', async () => {
    await zh.page.getByRole('button', { name: '在会话中打开' }).click()
    await expect(hers.message('2 号库 南墙')).toBeInViewport()
  })

  await test.step('everywhere, by Ctrl+Shift+F; a filter from a menu; what was looked for last is offered', async () => {
    await en.page.keyboard.press('Control+Shift+F')
    const search = en.page.getByRole('searchbox')
    await search.pressSequentially('ht-2024')
    const found = en.page.getByRole('button', { name: /^滨海冷链二期 · Ada Seek/ })
    await expect(found).toBeVisible()
    await en.page.getByRole('button', { name: 'Sender', exact: true }).click()
    await en.page.getByRole('menuitem', { name: 'Ada Seek' }).click()
    await expect(en.page.getByRole('button', { name: 'Remove the filter Sender: Ada Seek' })).toBeVisible()
    await expect(found).toBeVisible()
    await search.press('Enter')
    await expectAccessible(en.page)
    await shoot(en.page, testInfo, 'search-en-dark')
    await search.fill('')
    await expect(en.page.getByRole('button', { name: /^ht-2024 from:@/ })).toBeVisible()
    await search.fill('from:')
    await expect(en.page.getByRole('alert')).toContainText('Say what “from:” is to be.')
  })

  await test.step('what is taken back is found no more', async () => {
    await en.page.goBack()
    await his.open('滨海冷链二期')
    await his.choose('2 号库 南墙', 'Recall')
    await en.page.getByRole('alertdialog').getByRole('button', { name: 'Recall' }).click()
    await zh.page.keyboard.press('Control+Shift+F')
    await box.fill('冷凝水')
    await expect(zh.page.getByText('没有含“冷凝水”的消息')).toBeVisible()
  })

  await test.step('from the palette, and on a phone', async () => {
    await zh.page.keyboard.press('Control+k')
    await zh.page.keyboard.type('控制器')
    await zh.page.getByRole('option', { name: '在消息里搜索“控制器”' }).click()
    await expect(zh.page.getByRole('button', { name: /控制器曲线/ })).toBeVisible()
    await zh.page.setViewportSize(phone)
    await expectAccessible(zh.page)
    await shoot(zh.page, testInfo, 'search-zh-phone')
    await zh.page.getByRole('button', { name: /控制器曲线/ }).click()
    await expect(hers.message('我远程看一下控制器曲线')).toBeInViewport()
  })
})
