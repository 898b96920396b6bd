import { expect, type Locator } from '@playwright/test'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { test } from './stage'
import { Talk } from './talk'

const small = '选人五人组'
const large = '选人六人组'
let me: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'choose.qian': ['钱选人', southChina],
    'choose.wei1': ['韦同名', southChina],
    'choose.wei2': ['韦同名', singapore],
    'choose.su': ['苏选择', southChina],
    'choose.qin': ['覃晓声', southChina],
    'choose.mo': ['Mo Chooser', singapore],
  })
  me = people['choose.qian']
  const others = [people['choose.wei1'], people['choose.wei2'], people['choose.su'], people['choose.qin']]
  await beginGroup(baseURL ?? '', me, small, others)
  await beginGroup(baseURL ?? '', me, large, [...others, people['choose.mo']])
})

test('a part of their name never calls all; calling all of six is asked for, of five not', async ({ stage }) => {
  const { page } = await stage.enter(me)
  const talk = new Talk(page)
  await talk.open(large)
  const options = page.getByRole('listbox', { name: '提及某人' }).getByRole('option')

  await talk.write('@su')
  await expect(options.first()).toContainText('苏选择')
  await page.keyboard.press('Enter')
  await page.keyboard.type('OA@')
  await page.keyboard.type('韦')
  await expect(options).toHaveCount(2)
  const lines = await options.allInnerTexts()
  expect(new Set(lines).size).toBe(2)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(talk.message('OA')).toBeVisible()
  await expect(page.getByText('通知 5 人？')).toBeHidden()

  await talk.write('@所有')
  await expect(options.first()).toContainText('所有人')
  await page.keyboard.press('Enter')
  await page.keyboard.type('开会')
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('通知 5 人？')
  await question.getByRole('button', { name: '取消' }).click()
  await expect(talk.message('开会')).toHaveCount(0)
  await expect(talk.box).toContainText('开会')
  await talk.box.click()
  await page.keyboard.press('Enter')
  await question.getByRole('button', { name: '发送' }).click()
  await expect(talk.message('开会')).toHaveAttribute('data-message')

  await talk.open(small)
  await talk.write('@all')
  await expect(options.first()).toContainText('所有人')
  await page.keyboard.press('Enter')
  await page.keyboard.type('散会')
  await page.keyboard.press('Enter')
  await expect(talk.message('散会')).toHaveAttribute('data-message')
})

test('a group of four by keys alone: no stranger comes in with one Enter more', async ({ stage }) => {
  const { page } = await stage.enter(me)
  await page.getByRole('button', { name: '新建' }).first().click()
  await page.getByRole('menuitem', { name: '新建群组' }).click()
  const dialog = page.getByRole('dialog')
  const box = dialog.getByRole('combobox')
  await expect(box).toBeFocused()
  await expect(dialog.locator('[data-active]')).toHaveCount(0)
  await expect(dialog.getByRole('option').first()).toBeVisible()

  for (const query of ['suxuanze', 'tanxiaosheng', 'chooser mo']) {
    await page.keyboard.type(query, { delay: 20 })
    await page.keyboard.press('Enter')
    await expect(box).toHaveValue('')
  }
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  const chosen = dialog.getByRole('list').getByRole('listitem')
  await expect(chosen).toHaveText([/苏选择$/, /覃晓声$/, /Mo Chooser$/])
  await expect(dialog).toContainText('4 人')

  await page.keyboard.type('wei')
  await endComposition(box)
  await expect(box).toHaveValue('wei')
  await expect(chosen).toHaveCount(3)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: /苏选择/, level: 1 })).toBeVisible()
  await expect(page.getByText('4 人').first()).toBeVisible()
})

test('two of one name are told apart wherever one is chosen; who is known by a login is found by it', async ({
  stage,
}) => {
  const { page } = await stage.enter(me)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('韦同名', { delay: 40 })
  const found = page.getByRole('option').filter({ hasText: '韦同名', hasNotText: '搜索' })
  await expect(found).toHaveCount(2)
  await expect(found.filter({ hasText: southChina })).toHaveCount(1)
  await expect(found.filter({ hasText: singapore })).toHaveCount(1)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('CHOOSE.WEI2')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '韦同名', level: 1 })).toBeVisible()
  await page.getByRole('textbox', { name: /韦同名/ }).click()
  await page.keyboard.type('你好', { delay: 40 })
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('choose.wei1', { delay: 40 })
  await page.keyboard.press('Enter')
  await page.keyboard.type('你也好', { delay: 40 })
  await page.keyboard.press('Enter')
  const row = page.locator('[data-conversation]').filter({ hasText: '韦同名' })
  await expect(row).toHaveCount(2)
  for (const unit of [southChina, singapore]) {
    await expect(row.filter({ hasText: `韦同名（${unit}）` })).toHaveCount(1)
  }
})

/** Safari ends the composition first, then reports the Enter that ended it. */
async function endComposition(box: Locator): Promise<void> {
  await box.evaluate(input => {
    input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
    input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: 'wei' }))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))
  })
}
