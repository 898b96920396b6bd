import { expect, test } from 'vitest'
import { slices as inNode } from '../../tools/slices.ts'
import { eventVersions } from '../core/api/generated.ts'
import { slices } from './slices.ts'

test('every event type that a client may be sent has a rule', () => {
  const ruled = slices.flatMap(({ rules }) => Object.keys(rules))
  expect(Object.keys(eventVersions).filter(type => !ruled.includes(type))).toEqual([])
})

test('plain Node finds the same', () => {
  expect(inNode.map(({ name }) => name).sort()).toEqual(slices.map(({ name }) => name).sort())
})
