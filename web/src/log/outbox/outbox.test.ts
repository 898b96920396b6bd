import { expect, test } from 'vitest'
import { discard, send } from './outbox.ts'
import { outgoingOf, resetOutbox, setOutgoing } from './outbox-store.ts'

test('nothing looks as if it was sent when nobody is signed in', async () => {
  await expect(send('5', { blocks: [] })).rejects.toThrow('Nobody is signed in')
  expect(outgoingOf('5')).toEqual([])
})

test('nor given up', async () => {
  setOutgoing({ key: 'a', conversation: '5', content: { blocks: [] }, reply_to: null, at: 1, failed: null, sent: null })
  await expect(discard('a')).rejects.toThrow('Nobody is signed in')
  expect(outgoingOf('5')).toHaveLength(1)
  resetOutbox()
})
