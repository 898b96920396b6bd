import { expect, test } from 'vitest'
import { rules } from '../log/rules.ts'
import { History, randomFrom } from './history.ts'

test('random histories hold every event type that is about a conversation', () => {
  const happened = new Set<string>()
  for (let seed = 0; seed < 10; seed++) {
    const history = new History(randomFrom(seed), 0)
    for (let i = 0; i < 100; i++) history.step()
    for (const { type } of history.server.log) happened.add(type)
  }
  const known = Object.keys(rules).filter(type => type.startsWith('messaging.'))
  expect([...happened].sort()).toEqual(known.sort())
})
