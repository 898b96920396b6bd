import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Block } from '@/core/api'
import { refusalOf } from './limits'

interface Vector {
  block: Block
  /** How long the texts are, how many items there are, how many such blocks. */
  repeat?: number
  items?: number
  times: number
  refused: string | null
}

const file = resolve(import.meta.dirname, '../../../../../tests/vectors/limits.json')
const vectors: Vector[] = JSON.parse(readFileSync(file, 'utf8'))

test.each(vectors)(
  'what is too much is decided as on the server: %j',
  ({ block, repeat = 1, items = 1, times, refused }) => {
    const large: Block = JSON.parse(JSON.stringify(block), (key, value) => {
      if (key === 'text') return value.repeat(repeat)
      return key === 'items' ? Array.from({ length: items }, () => value[0]) : value
    })
    expect(refusalOf({ blocks: Array.from({ length: times }, () => large) })?.kind ?? null).toBe(refused)
  },
)
