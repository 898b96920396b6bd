import { expect, test } from 'vitest'
import { grouped } from './group-shortcuts'

const shortcut = (group: string, label: string, keys: string) => ({ group, label, keys, run: () => {} })

test('one line an action, with all its keys once, under its heading', () => {
  const list = [
    shortcut('Everywhere', 'Search', 'Ctrl+K'),
    shortcut('Messages', 'Reply', 'R'),
    shortcut('Everywhere', 'Keys', '?'),
    shortcut('Everywhere', 'Keys', 'Ctrl+/'),
    shortcut('Everywhere', 'Keys', '?'),
  ]
  expect(grouped(list)).toEqual([
    [
      'Everywhere',
      [
        ['Search', ['Ctrl+K']],
        ['Keys', ['?', 'Ctrl+/']],
      ],
    ],
    ['Messages', [['Reply', ['R']]]],
  ])
})
