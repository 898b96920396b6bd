import { afterEach, expect, test } from 'vitest'
import type { SiteLine } from '../socket/frames.ts'
import { resetSites, showMerging, showSites, sitesStore } from './sites-store.ts'

const shanghai: SiteLine = { site: 2, name: '上海', reachable: true, since_ms: null, delivered: '5' }
const show = (change: Partial<SiteLine>, now: number) =>
  showSites({ t: 'sites', here: 1, sites: [{ ...shanghai, ...change }] }, now)
const line = () => sitesStore.getState().lines[2]

afterEach(resetSites)

test('a site that was never away is not being merged', () => {
  show({}, 10)
  expect(sitesStore.getState().here).toBe(1)
  expect(line()).toMatchObject({ name: '上海', lostAt: null, mergedAt: null })
})

test('a cut begins when it is first seen, and ends with a merge', () => {
  show({}, 10)
  show({ reachable: false, since_ms: 9 }, 20)
  show({ reachable: false, since_ms: 9, delivered: '6' }, 30)
  expect(line()).toMatchObject({ lostAt: 20, mergedAt: null, delivered: '6' })
  show({}, 5_000)
  expect(line()).toMatchObject({ lostAt: null, mergedAt: 5_000 })
  showMerging(2, 5_010)
  expect(line()?.mergedAt).toBe(5_010)
})

test('a short cut is passed over in silence', () => {
  show({ reachable: false }, 20)
  show({}, 1_000)
  expect(line()?.mergedAt).toBeNull()
})

test('what comes late without a cut is not told of', () => {
  show({}, 10)
  showMerging(2, 50)
  showMerging(3, 50)
  expect(line()?.mergedAt).toBeNull()
  expect(sitesStore.getState().lines[3]).toBeUndefined()
})
