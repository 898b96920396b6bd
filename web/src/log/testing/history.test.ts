import { expect, test } from 'vitest'
import { installedTypes } from '../installed.ts'
import { History } from './history.ts'
import { randomFrom } from './random.ts'

test('random histories hold every event type that is about a conversation', () => {
  const happened = new Set<string>()
  for (let seed = 0; seed < 10; seed++) {
    const history = new History(randomFrom(seed), 0)
    for (let i = 0; i < 100; i++) history.step()
    for (const { type } of history.server.log) happened.add(type)
  }
  const known = installedTypes().filter(type => type.startsWith('messaging.'))
  expect([...happened].sort()).toEqual(known.sort())
})
