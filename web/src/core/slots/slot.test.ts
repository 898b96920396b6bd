import { afterEach, expect, test } from 'vitest'
import { fillSlots, Slot } from './slot.ts'

afterEach(() => fillSlots([]))

test('a slot has what was put into it, in order, and the same array each time', () => {
  const bar = new Slot<string>()
  const menu = new Slot<number>()
  expect(bar.entries).toEqual([])
  fillSlots([bar.entry('b'), menu.entry(1), bar.entry('a')])
  expect(bar.entries).toEqual(['b', 'a'])
  expect(bar.entries).toBe(bar.entries)
  expect(menu.entries).toEqual([1])
})
