import { expect, type Page } from '@playwright/test'
import { beginGroup, type Colleague, hire, singapore, southChina } from './colleagues'
import { test } from './stage'
import { Talk } from './talk'

let writer: Colleague
let reader: Colleague

test.beforeAll(async ({ baseURL }) => {
  const people = await hire(baseURL ?? '', {
    'upgrade.shi': ['施升级', southChina],
    'upgrade.lund': ['Ida Lund', singapore],
  })
  writer = people['upgrade.shi']
  reader = people['upgrade.lund']
})

/** The names that databases of earlier releases have. */
for (const release of ['1', '2']) {
  test(`what was unsent and half written outlives an upgrade of the client from ${release}`, {
    tag: release === '1' ? '@slow' : [],
  }, async ({ stage, baseURL }) => {
    const title = `升级演练 ${release}`
    await beginGroup(baseURL ?? '', writer, title, [reader])
    const here = await stage.enter(writer, { locale: 'zh-CN' })
    const mine = new Talk(here.page)
    await mine.open(title)
    await here.context.setOffline(true)
    await mine.say('升级之前写的')
    await mine.write('半句话')
    await expect.poll(() => stored(here.page)).toEqual({ drafts: 1, outbox: 1 })
    await here.page.close()
    await here.context.setOffline(false)

    const again = new Talk(await here.context.newPage())
    await again.page.goto('/api/me') // of the same origin, and without the client
    await again.page.evaluate(makeEarlier, release)
    await again.page.goto('/messages')
    await again.open(title)
    await expect(again.box).toHaveText('半句话')
    await expect.poll(() => again.texts()).toEqual(['升级之前写的'])
    await expect(again.message('升级之前写的')).not.toContainText('发送中')
    const names = () => again.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
    await expect.poll(names).toEqual([expect.stringMatching(/^bilin:\d+:2$/)])

    const theirs = new Talk((await stage.enter(reader, { locale: 'en' })).page)
    await theirs.open(title)
    await expect.poll(() => theirs.texts()).toEqual(['升级之前写的'])
  })
}

/** How many drafts and unsent messages the browser has stored. */
async function stored(page: Page): Promise<object> {
  return await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>(resolve => {
        request.onsuccess = () => resolve(request.result)
      })
    const [found] = await indexedDB.databases()
    const db = await done(indexedDB.open(found?.name ?? ''))
    const within = db.transaction(['drafts', 'outbox'])
    const [drafts, outbox] = [within.objectStore('drafts').count(), within.objectStore('outbox').count()]
    const counts = { drafts: await done(drafts), outbox: await done(outbox) }
    db.close()
    return counts
  })
}

/** Runs in the page: makes of what is stored what an earlier release left: under its name, its log without a shape. */
async function makeEarlier(release: string): Promise<void> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const [found] = await indexedDB.databases()
  const db = await done(indexedDB.open(found?.name ?? ''))
  const tables = [...db.objectStoreNames]
  const reading = db.transaction(tables)
  const all = await Promise.all(tables.map(table => done(reading.objectStore(table).getAll())))
  const keys = tables.map(table => reading.objectStore(table).keyPath)
  const name = db.name.replace(/\d+$/, release)
  const { version } = db
  db.close()
  await done(indexedDB.deleteDatabase(db.name))
  const making = indexedDB.open(name, version)
  making.onupgradeneeded = () => {
    for (const [index, table] of tables.entries()) {
      const store = making.result.createObjectStore(table, { keyPath: keys[index] ?? null })
      for (const record of all[index] ?? []) store.put(table === 'log' ? { ...record, shape: undefined } : record)
    }
  }
  ;(await done(making)).close()
}
