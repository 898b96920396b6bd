import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { namedTwice } from './emoji-data.ts'

const require = createRequire(import.meta.url)
const chinese = JSON.parse(readFileSync(require.resolve('emojibase-data/zh/data.json'), 'utf8'))

test('emoji are found in both languages, by what stands between colons, and as messengers call them', async () => {
  const emoji = await namedTwice(chinese)
  const tagsOf = (hexcode: string) => emoji.find(each => each.hexcode === hexcode)?.tags
  expect(tagsOf('1F680')).toEqual(expect.arrayContaining(['rocket', ':rocket', '发射']))
  expect(tagsOf('1F44D')).toEqual(expect.arrayContaining([':+1', 'thumbs up', '赞']))
  expect(tagsOf('1F64F')).toEqual(expect.arrayContaining(['抱拳', 'folded hands', '谢谢']))
})
