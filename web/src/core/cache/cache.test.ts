import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Cache, type LogRecord, openCache } from './cache.ts'
import { cacheName } from './name.ts'
import { makeDatabase } from './testing.ts'
import { wipeCache, wipeCachesOfOthers } from './wipe.ts'

const open: Cache[] = []

async function cacheOf(person: string): Promise<Cache> {
  const cache = await openCache(person)
  if (!cache) throw new Error('no storage')
  open.push(cache)
  return cache
}

function at(pos: number, run = '7', shape = 'a'): LogRecord {
  return { name: 'log', shape, run, pos }
}

async function databases(): Promise<string[]> {
  return (await indexedDB.databases()).flatMap(({ name }) => (name ? [name] : [])).sort()
}

afterEach(async () => {
  for (const cache of open.splice(0)) cache.close()
  await wipeCachesOfOthers('nobody')
})

describe('the cache', () => {
  test('keeps what was put, for each person apart', async () => {
    const mine = await cacheOf('1')
    await mine.put('drafts', { conversation: '5', text: 'later' })
    mine.close()
    expect(await (await cacheOf('1')).all('drafts')).toEqual([{ conversation: '5', text: 'later' }])
    expect(await (await cacheOf('2')).all('drafts')).toEqual([])
  })

  test('stores the log all or nothing, and never over a later one of another tab', async () => {
    const one = await cacheOf('1')
    const other = await cacheOf('1')
    expect(await one.saveLog(at(10), { put: [{ id: '5', at: 10 }] }, {}, at(9))).toBe('gone')
    expect(await one.saveLog(at(10), { put: [{ id: '5', at: 10 }] }, {}, null)).toBe('stored')
    expect(await other.saveLog(at(9), { put: [{ id: '5', at: 9 }] }, {}, null)).toBe('behind')
    expect(await other.all('rooms')).toEqual([{ id: '5', at: 10 }])
    expect(await other.saveLog(at(11), { remove: ['5'] }, {}, at(9))).toBe('stored')
    expect(await one.all('rooms')).toEqual([])
    expect(await one.get('log', 'log')).toEqual(at(11))
  })

  test('adds changes only to what they follow on: another tab may stand in a log that was lost', async () => {
    const one = await cacheOf('1')
    const other = await cacheOf('1')
    await one.saveLog(at(10, '7'), { put: [{ id: '5', at: 10 }] }, {}, null)
    expect(await one.saveLog(at(12, '8'), { put: [{ id: '6', at: 12 }] }, {}, at(10, '7'))).toBe('stored')
    expect(await other.saveLog(at(14, '7'), { put: [{ id: '5', at: 14 }] }, {}, at(11, '7'))).toBe('gone')
    expect(await other.saveLog(at(14, '7'), { put: [{ id: '5', at: 14 }] }, {}, null)).toBe('stored')
    expect(await one.saveLog(at(13, '8'), { put: [{ id: '6', at: 13 }] }, {}, at(12, '8'))).toBe('gone')
    expect(await one.saveLog(at(13, '8'), { put: [{ id: '6', at: 13 }] }, {}, null)).toBe('stored')
    expect(await one.all('rooms')).toEqual([{ id: '6', at: 13 }])
    expect(await one.saveLog(at(15, '8'), { put: [{ id: '6', at: 15 }] }, {}, at(14, '8'))).toBe('gone')
  })

  test('takes what has another shape for nothing: tabs of two releases mix nothing', async () => {
    const older = await cacheOf('1')
    const newer = await cacheOf('1')
    await older.put('outbox', { key: 'a' })
    await older.saveLog(at(10), { put: [{ id: '5' }] }, {}, null)
    expect([await newer.storedLog('b'), await newer.storedLog('a')]).toEqual([undefined, at(10)])
    expect(await newer.saveLog(at(11, '7', 'b'), { put: [{ id: '6' }] }, {}, at(10))).toBe('gone')
    expect(await newer.saveLog(at(9, '7', 'b'), { put: [{ id: '6' }] }, {}, null)).toBe('stored')
    expect(await older.saveLog(at(11), { put: [{ id: '5' }] }, {}, at(10))).toBe('gone')
    expect(await newer.all('rooms')).toEqual([{ id: '6' }])
    expect(await newer.all('outbox')).toEqual([{ key: 'a' }])
  })

  test('takes up what the release before stored in its tables, and has those that came since', async () => {
    const drafts = { key: 'conversation', records: [{ conversation: '5', text: 'later' }] }
    const outbox = { key: 'key', records: [{ key: 'a' }] }
    const tables = { log: { key: 'name' }, rooms: { key: 'id' }, people: { key: 'id' }, drafts, outbox }
    await makeDatabase(cacheName('1'), 10, tables)
    const cache = await cacheOf('1')
    expect([await cache.all('drafts'), await cache.all('outbox')]).toEqual([drafts.records, outbox.records])
    await cache.put('flags', { name: 'pin 5' })
    expect(await cache.all('flags')).toEqual([{ name: 'pin 5' }])
  })

  test('gives up the copy of the log when there is no more room, never drafts and unsent messages', async () => {
    const cache = await cacheOf('1')
    await cache.saveLog(at(10), { put: [{ id: '5' }] }, {}, null)
    await cache.put('drafts', { conversation: '5', text: 'later' })
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await cache.put('outbox', { key: 'a' })
    put.mockRestore()
    expect(await cache.all('rooms')).toEqual([])
    expect(await cache.all('drafts')).toHaveLength(1)
    expect(await cache.all('outbox')).toEqual([{ key: 'a' }])
    expect(await cache.saveLog(at(11), {}, {}, at(10))).toBe('gone')
  })

  test('is wiped wholly', async () => {
    const cache = await cacheOf('1')
    await cache.put('outbox', { key: 'a' })
    await wipeCache('1')
    expect(await databases()).toEqual([])
    await expect(cache.all('outbox')).rejects.toThrow()
  })

  test('of other people is dropped, whatever release made it; that of other programs and my own are not', async () => {
    await cacheOf('1')
    await cacheOf('2')
    for (const name of ['bilin:1:1', 'bilin:2:1', 'other-program']) await makeDatabase(name, 10, {})
    await wipeCachesOfOthers('1')
    expect(await databases()).toEqual(['bilin:1:1', cacheName('1'), 'other-program'])
    indexedDB.deleteDatabase('other-program')
  })
})
