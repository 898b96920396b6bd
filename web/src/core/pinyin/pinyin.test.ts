import { expect, test } from 'vitest'
import { pinyinOf } from './pinyin.ts'

test.each([
  ['华东区经营周会', 'hua dong qu jing ying zhou hui'],
  ['产品研发·消息中心', 'chan pin yan fa xiao xi zhong xin'],
  ['阿座吕女虐', 'a zuo lv nv nve'],
  ['Q3 深圳仓', 'q3 shen zhen cang'],
  ['IT服务台 2841', 'it fu wu tai 2841'],
  ['Singapore Branch', 'singapore branch'],
  ['', ''],
])('%s is read %s', (text, expected) => {
  expect(pinyinOf(text).join(' ')).toBe(expected)
})
