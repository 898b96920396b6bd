import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { test } from '../stage'
import { Talk } from '../talk'

/** Where the test of the machines (tests/slow/machines) and we write for each other. */
const folder = process.env.BILIN_CHAT ?? ''
const patience = { timeout: 230_000 }

test('somebody chats while machines are lost', async ({ stage }) => {
  test.setTimeout(1_200_000)
  const account = { login: 'person0', password: 'correct horse battery staple' }
  const talk = new Talk((await stage.enter(account, { locale: 'zh-CN' })).page)
  await talk.open('三台机器')
  await talk.page.evaluate(() => Object.assign(window, { isSameVisit: true }))
  for (let count = 0; !existsSync(join(folder, 'hush')); count += 1) {
    const text = `第 ${count} 句`
    await talk.write(text)
    await talk.page.keyboard.press('Enter')
    await expect(talk.message(text)).toHaveAttribute('data-message', /./, patience)
    appendFileSync(join(folder, 'said'), `${text}\n`)
  }
  writeFileSync(join(folder, 'hushed'), '')
  await expect.poll(() => existsSync(join(folder, 'truth')), patience).toBe(true)
  const truth: string[] = JSON.parse(readFileSync(join(folder, 'truth'), 'utf8'))
  const shown = async () => {
    const rows = await talk.page.getByRole('log').locator('article[data-message]').all()
    return await Promise.all(rows.map(row => row.getAttribute('data-message')))
  }
  await expect.poll(async () => (await shown()).slice(-20), patience).toEqual(truth.slice(-20))
  const ids = await shown()
  expect(ids).toEqual(truth.slice(-ids.length))
  expect(await talk.page.evaluate(() => 'isSameVisit' in window)).toBe(true)
})
