import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Cache, openCache } from './cache.ts'
import { cacheName } from './name.ts'
import { wipeCache, wipeCachesOfOthers } from './wipe.ts'

const open: Cache[] = []

async function cacheOf(person: string): Promise<Cache> {
  const cache = await openCache(person)
  if (!cache) throw new Error('no storage')
  open.push(cache)
  return cache
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
    expect(await one.saveLog({ name: 'log', pos: 10 }, { put: [{ id: '5', at: 10 }] }, {}, false)).toBe('gone')
    expect(await one.saveLog({ name: 'log', pos: 10 }, { put: [{ id: '5', at: 10 }] }, {}, true)).toBe('stored')
    expect(await other.saveLog({ name: 'log', pos: 9 }, { put: [{ id: '5', at: 9 }] }, {}, true)).toBe('behind')
    expect(await other.all('rooms')).toEqual([{ id: '5', at: 10 }])
    expect(await other.saveLog({ name: 'log', pos: 11 }, { remove: ['5'] }, {}, false)).toBe('stored')
    expect(await one.all('rooms')).toEqual([])
    expect(await one.get('log', 'log')).toEqual({ name: 'log', pos: 11 })
  })

  test('gives up the copy of the log when there is no more room, never drafts and unsent messages', async () => {
    const cache = await cacheOf('1')
    await cache.saveLog({ name: 'log', pos: 10 }, { put: [{ id: '5' }] }, {}, true)
    await cache.put('drafts', { conversation: '5', text: 'later' })
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await cache.put('outbox', { key: 'a' })
    put.mockRestore()
    expect(await cache.all('rooms')).toEqual([])
    expect(await cache.all('drafts')).toHaveLength(1)
    expect(await cache.all('outbox')).toEqual([{ key: 'a' }])
    expect(await cache.saveLog({ name: 'log', pos: 11 }, {}, {}, false)).toBe('gone')
  })

  test('is wiped wholly', async () => {
    const cache = await cacheOf('1')
    await cache.put('outbox', { key: 'a' })
    await wipeCache('1')
    expect(await databases()).toEqual([])
    await expect(cache.all('outbox')).rejects.toThrow()
  })

  test('of other people and of older versions is dropped, that of other programs is not', async () => {
    await cacheOf('1')
    await cacheOf('2')
    for (const name of ['bilin:1:0', 'other-program']) {
      await new Promise(resolve => {
        indexedDB.open(name).onsuccess = event => {
          ;((event.target as IDBOpenDBRequest).result as IDBDatabase).close()
          resolve(null)
        }
      })
    }
    await wipeCachesOfOthers('1')
    expect(await databases()).toEqual([cacheName('1'), 'other-program'])
    indexedDB.deleteDatabase('other-program')
  })
})
