import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { phone, test } from './stage'
import { Talk } from './talk'

let near: Colleague
let far: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'files.tang': ['唐文件', southChina],
    'files.nina': ['Nina Falk', singapore],
  })
  near = people['files.tang']
  far = people['files.nina']
})

/** Chooses files as a person does. */
async function choose(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await page.getByTestId('attach').setInputFiles(files)
}

async function look(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: `${folder}/files-${name}.png` })
}

/** Puts a file where one writes, or drops it on the conversation. */
async function bring(page: Page, how: 'paste' | 'drop', name: string): Promise<void> {
  await page.locator(how === 'paste' ? '[contenteditable=true]' : '[role=log]').evaluate(
    (target, [kind, called]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['brought'], called, { type: 'text/plain' }))
      const init = { bubbles: true, cancelable: true }
      const event =
        kind === 'paste'
          ? new ClipboardEvent('paste', { ...init, clipboardData: transfer })
          : new DragEvent('drop', { ...init, dataTransfer: transfer })
      target.dispatchEvent(event)
    },
    [how, name] as const,
  )
}

test('pictures and files are sent, shown, opened and saved', async ({ stage, baseURL }) => {
  const title = '图片和文件'
  await beginGroup(baseURL ?? '', near, title, [far])
  const here = await stage.enter(near, { locale: 'zh-CN', theme: 'light' })
  const there = await stage.enter(far, { locale: 'en', theme: 'dark', viewport: phone })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  await mine.open(title)
  await theirs.open(title)
  const picture = await here.page.screenshot({ clip: { x: 0, y: 0, width: 640, height: 400 } })
  const words = Buffer.from('十月合计 42\n')

  await test.step('chosen, pasted and dropped they wait beside what is written', async () => {
    await choose(
      here.page,
      { name: '屏幕.png', mimeType: 'image/png', buffer: picture },
      { name: '十月报表.txt', mimeType: 'text/plain', buffer: words },
    )
    await bring(here.page, 'paste', 'pasted.txt')
    await bring(here.page, 'drop', 'dropped.txt')
    const tray = here.page.getByRole('list', { name: '要发送的文件' })
    await expect(tray.getByRole('listitem')).toHaveCount(4)
    await tray.getByRole('button', { name: '移除pasted.txt' }).click()
    await tray.getByRole('button', { name: '移除dropped.txt' }).click()
    await expect(tray.getByRole('listitem')).toHaveCount(2)
    await here.page.reload()
    await expect(tray.getByRole('listitem')).toHaveCount(2)
    await look(here.page, 'tray')
    await expectAccessible(here.page)
    await mine.say('请看附件')
    await expect(tray).toHaveCount(0)
  })

  await test.step('the other sees the picture, and saves the file under its name', async () => {
    const shown = theirs.message('请看附件').getByRole('button', { name: 'Show 屏幕.png' })
    await expect.poll(() => shown.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(640)
    await look(there.page, 'phone-dark')
    await expectAccessible(there.page)
    const saving = there.page.waitForEvent('download')
    await theirs.message('请看附件').getByRole('button', { name: 'Download 十月报表.txt' }).click()
    const saved = await saving
    expect(saved.suggestedFilename()).toBe('十月报表.txt')
    expect(await readFile(await saved.path())).toEqual(words)
  })

  await test.step('a picture is looked at large', async () => {
    await mine.message('请看附件').getByRole('button', { name: '查看屏幕.png' }).click()
    const viewer = here.page.getByRole('dialog', { name: '屏幕.png' })
    await expect(viewer.getByRole('img', { name: '屏幕.png' })).toBeVisible()
    await look(here.page, 'viewer')
    await expectAccessible(here.page)
    await here.page.keyboard.press('Escape')
    await expect(viewer).toBeHidden()
    await look(here.page, 'desktop-light')
  })

  await test.step('recalled, it opens no more', async () => {
    await mine.choose('请看附件', '撤回')
    await here.page.getByRole('alertdialog').getByRole('button', { name: '撤回' }).click()
    await expect(theirs.message('请看附件')).toHaveCount(0)
  })
})

test('several pictures stand beside each other, and keys go through them', async ({ stage, baseURL }) => {
  const title = '相册'
  await beginGroup(baseURL ?? '', near, title, [far])
  const here = await stage.enter(near, { locale: 'zh-CN', theme: 'light' })
  const there = await stage.enter(far, { locale: 'en', theme: 'dark', viewport: phone })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  await mine.open(title)
  await theirs.open(title)
  const clips = [0, 200, 400, 600].map(x => ({ x, y: 0, width: 500, height: 300 + x / 4 }))
  const shots = await Promise.all(clips.map(clip => here.page.screenshot({ clip })))
  const files = shots.map((buffer, at) => ({ name: `第${at + 1}张.png`, mimeType: 'image/png', buffer }))
  // It begins as a picture does, and is none.
  const none = { name: '坏图.heic', mimeType: 'image/heic', buffer: Buffer.from('....ftypheic') }
  await choose(here.page, ...files, none)
  await mine.say('四张图')
  const shown = theirs.message('四张图').getByRole('button', { name: /^Show 第/ })
  await expect(shown).toHaveCount(4)
  const width = (img: HTMLImageElement) => img.naturalWidth
  await expect.poll(() => shown.nth(3).locator('img').evaluate(width)).toBe(500)
  await look(there.page, 'album-phone-dark')
  await look(here.page, 'album-light')
  await shown.nth(1).click()
  const viewer = there.page.getByRole('dialog')
  await expect(viewer.getByText('2 of 4')).toBeVisible()
  await there.page.keyboard.press('ArrowRight')
  await expect(viewer.getByRole('img', { name: '第3张.png' })).toBeVisible()
  await expect(viewer.getByText('3 of 4')).toBeVisible()
  await look(there.page, 'viewer-phone-dark')
  await expectAccessible(there.page)
  await there.page.keyboard.press('ArrowRight')
  await expect(viewer.getByRole('button', { name: 'Next picture' })).toBeDisabled()
  await there.page.keyboard.press('ArrowLeft')
  await expect(viewer.getByText('3 of 4')).toBeVisible()
  await there.page.keyboard.press('Escape')
  await expect(viewer).toBeHidden()
})

test('a line that is cut in the middle costs nothing: words go on, the file goes on where it was', async ({
  stage,
  baseURL,
}) => {
  const title = '断线续传'
  await beginGroup(baseURL ?? '', near, title, [far])
  const here = await stage.enter(near, { locale: 'zh-CN', theme: 'dark' })
  const there = await stage.enter(far, { locale: 'en' })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  await mine.open(title)
  await theirs.open(title)
  const data = randomBytes(6_000_000)
  const offsets: number[] = []
  let isCut = false
  await here.page.route('**/api/files/uploads/*', async route => {
    const offset = route.request().headers()['upload-offset']
    if (offset !== undefined) offsets.push(Number(offset))
    if (isCut || offsets.length === 4) {
      isCut = true
      await here.context.setOffline(true)
      await route.abort('connectionreset')
    } else await route.continue()
  })

  await choose(here.page, { name: '视频.mp4', mimeType: 'video/mp4', buffer: data })
  await mine.write('会议录像')
  await here.page.keyboard.press('Enter')
  await expect(mine.message('会议录像').getByText('等待网络恢复后自动继续')).toBeVisible()
  await look(here.page, 'waits-dark')
  await expectAccessible(here.page)
  await mine.say('断线时写的')
  const before = offsets.at(-1) ?? 0
  expect(before).toBeGreaterThan(0)

  isCut = false
  offsets.push(-1, -1, -1, -1)
  await here.context.setOffline(false)
  await expect(theirs.message('断线时写的')).toBeVisible()
  const file = theirs.message('会议录像').getByRole('button', { name: 'Download 视频.mp4' })
  await expect(file).toBeVisible({ timeout: 30_000 })
  expect(offsets.slice(offsets.lastIndexOf(-1) + 1)[0]).toBeGreaterThanOrEqual(before)
  const saving = there.page.waitForEvent('download')
  await file.click()
  const saved = await readFile(await (await saving).path())
  expect(createHash('sha256').update(saved).digest('hex')).toBe(createHash('sha256').update(data).digest('hex'))
})

test('paused it waits, and a reload loses nothing', async ({ stage, baseURL }) => {
  const title = '暂停与刷新'
  await beginGroup(baseURL ?? '', near, title, [far])
  const here = await stage.enter(near, { locale: 'zh-CN' })
  const there = await stage.enter(far, { locale: 'en' })
  const [mine, theirs] = [new Talk(here.page), new Talk(there.page)]
  await mine.open(title)
  await theirs.open(title)
  let sent = 0
  await here.page.route('**/api/files/uploads/*', async route => {
    if (route.request().method() === 'PATCH') sent += 1
    if (sent < 3) await route.continue()
  })
  await choose(here.page, { name: '数据.bin', mimeType: '', buffer: randomBytes(3_000_000) })
  await mine.write('大文件')
  await here.page.keyboard.press('Enter')
  await mine.message('大文件').getByRole('button', { name: '暂停' }).click()
  await expect(mine.message('大文件').getByText('已暂停')).toBeVisible()
  await expect(theirs.message('大文件')).toHaveCount(0)
  await here.page.unroute('**/api/files/uploads/*')
  await here.page.reload()
  await expect(theirs.message('大文件').getByRole('button', { name: 'Download 数据.bin' })).toBeVisible()
  await expect(mine.message('大文件').getByRole('button', { name: '下载数据.bin' })).toBeVisible()
})
