import { afterEach, expect, test, vi } from 'vitest'
import { type Cache, openCache } from './cache.ts'
import { makeDatabase } from './testing.ts'
import { wipeCachesOfOthers } from './wipe.ts'

/** What browsers hold of earlier releases: the names, the version that the library gave it, the tables. */
const names = ['bilin:1:1', 'bilin:1:2']
const version = 10
const draft = { conversation: '5', content: { blocks: [] }, reply_to: null, at: 1 }
const unsent = { key: 'a', conversation: '5', content: { blocks: [] }, reply_to: null, at: 2, failed: null, sent: null }
const tables = {
  log: { key: 'name', records: [{ name: 'log', run: '7', pos: 10 }] },
  rooms: { key: 'id', records: [{ id: '5' }] },
  people: { key: 'id' },
  drafts: { key: 'conversation', records: [draft] },
  outbox: { key: 'key', records: [unsent] },
}

let cache: Cache | null = null

async function open(): Promise<Cache> {
  cache = await openCache('1')
  if (!cache) throw new Error('no storage')
  return cache
}

const present = async () => (await indexedDB.databases()).map(({ name }) => name).sort()

afterEach(async () => {
  vi.restoreAllMocks()
  cache?.close()
  await wipeCachesOfOthers('nobody')
})

test.each(names)('drafts and unsent messages of %s are still there, its copy of the log is not taken', async name => {
  await makeDatabase(name, version, tables)
  const held = await open()
  expect([await held.all('drafts'), await held.all('outbox')]).toEqual([[draft], [unsent]])
  expect(await held.storedLog('3')).toBeUndefined()
  expect(await present()).toEqual(['bilin:1:2'])
})

test('what is here already is the newer, and is kept', async () => {
  const first = await open()
  await first.put('drafts', { ...draft, at: 9 })
  first.close()
  await makeDatabase('bilin:1:1', version, tables)
  const held = await open()
  expect([await held.all('drafts'), await held.all('outbox')]).toEqual([[{ ...draft, at: 9 }], [unsent]])
})

test('what could not be taken over waits where it is for the next visit', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  await makeDatabase('bilin:1:1', version, tables)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const first = await open()
  expect(await first.all('outbox')).toEqual([])
  expect(warn).toHaveBeenCalledOnce()
  put.mockRestore()
  first.close()
  expect(await present()).toEqual(names)
  expect(await (await open()).all('outbox')).toEqual([unsent])
  expect(await present()).toEqual(['bilin:1:2'])
})

test('tables that an earlier release had not are no hindrance', async () => {
  await makeDatabase('bilin:1:1', version, { outbox: tables.outbox })
  const held = await open()
  expect([await held.all('drafts'), await held.all('outbox')]).toEqual([[], [unsent]])
})
