import { afterEach, expect, test, vi } from 'vitest'
import { type Cache, openCache, wipeCache } from '@/core/cache'
import { unkeptStore } from '@/log'
import { meOf } from '@/log/testing/people'
import { allAttached, attach, attachedOf, attachments, detach, takeAttached } from './attached'

const me = meOf('1')

async function visit(): Promise<Cache> {
  const cache = (await openCache('1')) as Cache
  await attachments.start?.(me, cache)
  return cache
}

function leave(cache: Cache): void {
  attachments.stop?.()
  cache.close()
}

const stored = async (cache: Cache) =>
  (await cache.all<{ files: { name: string }[] }>('attached')).flatMap(x => x.files)

afterEach(async () => {
  attachments.stop?.()
  await wipeCache('1')
})

test('what was chosen is there after a reload, until it is sent or taken out', async () => {
  const first = await visit()
  await attach('5', [new File(['abc'], '报告.txt', { type: 'text/plain' }), new File(['d'], 'b.txt')])
  await vi.waitFor(async () => expect(await stored(first)).toHaveLength(2))
  leave(first)
  expect(attachedOf('5')).toEqual([])

  const second = await visit()
  const [report, other] = attachedOf('5')
  expect(report).toMatchObject({ name: '报告.txt', size: 3, type: 'text/plain', place: null })
  expect(await allAttached()).toEqual(['5'])
  detach('5', other?.key ?? '')
  await vi.waitFor(async () => expect(await stored(second)).toHaveLength(1))
  expect(takeAttached('5')).toHaveLength(1)
  await vi.waitFor(async () => expect(await stored(second)).toEqual([]))
  expect(await allAttached()).toEqual([])
  leave(second)
})

test('what could not be stored is said to live as long as the page', async () => {
  await attachments.start?.(me, null)
  await attach('5', [new File(['abc'], 'a.txt')])
  expect([...unkeptStore.getState().names]).toEqual(['files 5'])
  takeAttached('5')
  expect([...unkeptStore.getState().names]).toEqual([])
})
