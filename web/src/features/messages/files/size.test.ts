import { expect, test } from 'vitest'
import { sizeText } from './size'

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1_234_567, '1.23 MB'],
  [999_999, '1 MB'],
  [5_000_000_000, '5 GB'],
])('%d bytes are %s', (bytes, text) => expect(sizeText(bytes, 'en')).toBe(text))

test('in Chinese, too', () => expect(sizeText(1_500_000, 'zh-CN')).toBe('1.5 MB'))
