import { expect, test } from 'vitest'
import type { Line } from '@/core/sites'
import { undelivered } from './undelivered'

/** The id of the nth message of a site in the minute `at`. */
const id = (site: number, at: number, nth = 0) =>
  String((BigInt(at * 60_000) << 22n) + (BigInt(site) << 12n) + BigInt(nth))
const unix = (at: number) => Date.UTC(2025, 0, 1) + at * 60_000

function line(site: number, some: Partial<Line> = {}): Line {
  return {
    site,
    name: `${site}`,
    reachable: true,
    since_ms: null,
    delivered: null,
    lostAt: null,
    mergedAt: null,
    ...some,
  }
}

const lines = { 2: line(2, { delivered: id(1, 10, 5) }), 3: line(3, { delivered: id(1, 20) }) }
const numbers = (message: string, here: number | null = 1, sites = [2, 3], known: Record<number, Line> = lines) =>
  undelivered(message, here, sites, known).map(({ site }) => site)

test('a message is marked until each site of the conversation has it', () => {
  expect(numbers(id(1, 30))).toEqual([2, 3])
  expect(numbers(id(1, 15))).toEqual([2])
  expect(numbers(id(1, 10, 5))).toEqual([])
  expect(numbers(id(1, 10, 6))).toEqual([2])
})

test('other sites, and those that nobody in the conversation is at home at, do not matter', () => {
  expect(numbers(id(1, 30), 1, [])).toEqual([])
  expect(numbers(id(1, 30), 1, [7])).toEqual([])
})

test('what I wrote at another site is not for this one to tell', () => {
  expect(numbers(id(4, 30))).toEqual([])
  expect(numbers(id(1, 30), null)).toEqual([])
})

test('a site of which nothing is known counts from the cut on', () => {
  const cut = { 2: line(2, { reachable: false, since_ms: unix(20) }) }
  expect(numbers(id(1, 25), 1, [2], cut)).toEqual([2])
  expect(numbers(id(1, 15), 1, [2], cut)).toEqual([])
  expect(numbers(id(1, 25), 1, [2], { 2: line(2) })).toEqual([])
})
