import { expect } from '@playwright/test'
import { beginGroup, type Colleague, hire, signedIn, singapore, southChina } from './colleagues'
import { desktop, phone, test } from './stage'
import { Talk } from './talk'

/** After a failure a test begins a group of its own. */
const run = Date.now() % 100_000
let reader: Colleague
let writer: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'honest.reader': ['诚实读者', southChina],
    'honest.writer': ['Honest Writer', singapore],
  })
  reader = people['honest.reader']
  writer = people['honest.writer']
})

/** So many messages in a group, and how far the reader has told the server they read. */
async function written(baseURL: string, title: string, count: number) {
  const group = await beginGroup(baseURL, writer, title, [reader])
  const api = await signedIn(baseURL, writer)
  for (let index = 1; index <= count; index++) {
    const content = { blocks: [{ type: 'paragraph', spans: [{ type: 'text', text: `${title} 第 ${index} 条` }] }] }
    const answer = await api.post(`/api/conversations/${group}/messages`, { data: { content } })
    expect(answer.status(), await answer.text()).toBe(201)
  }
  await api.dispose()
  const mine = await signedIn(baseURL, reader)
  return async (): Promise<number> => {
    const { conversation } = await (await mine.get(`/api/conversations/${group}`)).json()
    return conversation.read_seq
  }
}

const sizes = [
  ['desktop', desktop],
  ['phone', phone],
] as const

for (const [size, viewport] of process.env.EVERY_LOOK ? sizes : sizes.slice(0, 1))
  test(`what a jump to the newest leaves out is not read until it is on the screen, ${size}`, async ({
    stage,
    baseURL,
  }, info) => {
    const title = `诚实 ${size} ${run}`
    const read = await written(baseURL ?? '', title, 90)
    const { page } = await stage.enter(reader, { locale: 'zh-CN', viewport })
    const talk = new Talk(page)
    await talk.open(title)
    await expect(talk.message(`${title} 第 1 条`)).toBeVisible()
    await expect.poll(read).toBeGreaterThan(3)
    const before = await read()

    await page.getByRole('button', { name: /^\d+ 条新消息/ }).click()
    await expect(talk.message(`${title} 第 90 条`)).toBeVisible()
    const unseen = page.getByRole('button', { name: /上方/ })
    await expect(unseen).toBeVisible()
    expect(await read()).toBeLessThanOrEqual(before + 2)
    await page.screenshot({ path: info.outputPath(`unseen-${size}.png`) })

    await test.step('the way to it reads it', async () => {
      await unseen.click()
      await expect(talk.message(`${title} 第 ${before + 1} 条`)).toBeVisible()
      await page.getByRole('log').hover()
      for (let turn = 0; turn < 90 && (await read()) < 90; turn++) {
        await page.mouse.wheel(0, 300)
        await page.waitForTimeout(60)
      }
      await expect.poll(read).toBe(90)
      await expect(unseen).toHaveCount(0)
    })
  })

test('what was read just before a reload is read after it: the line is not above it', async ({ stage, baseURL }) => {
  const title = `诚实重载 ${run}`
  const read = await written(baseURL ?? '', title, 12)
  const { page } = await stage.enter(reader, { locale: 'zh-CN' })
  const talk = new Talk(page)
  // The last mark is told a moment later: the page is gone by then.
  await talk.open(title)
  await expect(talk.message(`${title} 第 12 条`)).toBeVisible()
  await page.waitForTimeout(700)
  await talk.say('回一句')
  await page.reload()
  await expect(talk.message('回一句')).toBeVisible()
  await expect(page.getByText('新消息', { exact: true })).toHaveCount(0)
  await expect.poll(read).toBeGreaterThanOrEqual(12)
})
