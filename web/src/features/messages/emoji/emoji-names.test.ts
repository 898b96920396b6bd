import { expect, test } from 'vitest'
import { codeOf, findEmoji, type NamedEmoji } from './emoji-names'

const names: NamedEmoji[] = [
  { emoji: '😄', label: '微笑', tags: ['smile', ':smile', 'happy'], order: 2, version: 1 },
  { emoji: '🐱', label: '猫脸', tags: ['smile_cat', ':smile_cat', 'Cat'], order: 9, version: 1 },
  { emoji: '🙂', label: '呵呵', tags: ['slightly smiling face', ':slightly_smiling_face'], order: 1, version: 1 },
  { emoji: '🚀', label: '火箭', tags: ['rocket', ':rocket'], order: 5, version: 1 },
]

test('by what is written between colons before all else, whatever the order of the table', () => {
  expect(findEmoji(names, 'smile').map(({ emoji }) => emoji)).toEqual(['😄', '🐱'])
  expect(findEmoji(names, 'SMI').map(({ emoji }) => emoji)).toEqual(['😄', '🐱'])
})

test('by names in either language; nothing where none is called so', () => {
  expect(findEmoji(names, '火箭').map(codeOf)).toEqual([':rocket'])
  expect(findEmoji(names, 'cat').map(({ emoji }) => emoji)).toEqual(['🐱'])
  expect(findEmoji(names, 'xyzzy')).toEqual([])
})
