import { expect, test } from 'vitest'
import type { SiteReport } from '@/core/api'
import { layoutFor } from './places'
import { lineOf, standingOf } from './standing'

const site = (number: number, some: Partial<SiteReport> = {}) =>
  ({ number, state: 'joined', reachable: true, behind_s: 0, ahead_s: 0, alerts: [], ...some }) as unknown as SiteReport

test('a site is level, behind or away', () => {
  expect(standingOf(site(2), 1)).toBe('level')
  expect(standingOf(site(2, { ahead_s: 8 }), 1)).toBe('behind')
  expect(standingOf(site(2, { alerts: ['clock_off'] }), 1)).toBe('behind')
  expect(standingOf(site(2, { reachable: false, behind_s: 9 }), 1)).toBe('away')
  expect(standingOf(site(2, { state: 'invited', reachable: false }), 1)).toBe('invited')
  expect(standingOf(site(2), 2)).toBe('here')
})

test('from a branch its own line is that to headquarters', () => {
  const sites = [site(1, { reachable: false }), site(2), site(3)]
  expect(lineOf(sites[1] as SiteReport, sites, 2)).toBe('away')
  expect(lineOf(sites[2] as SiteReport, sites, 2)).toBe('level')
})

test('branches stand apart from each other, within the map', () => {
  for (const count of [1, 2, 5, 12]) {
    const places = layoutFor(count).branches
    expect(new Set(places.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`)).size).toBe(count)
    for (const { x, y } of places) expect(x > 10 && x < 90 && y > 10 && y < 90).toBe(true)
  }
})
