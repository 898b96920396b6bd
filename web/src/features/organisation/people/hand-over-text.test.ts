import { expect, test } from 'vitest'
import { handOverText } from './hand-over-text'

test('what is passed on says address, login and password in both languages', () => {
  const text = handOverText('https://bilin.example', '00778', 'k7mp-x2vd-93ha')
  for (const part of ['https://bilin.example', '00778', 'k7mp-x2vd-93ha']) expect(text.split(part)).toHaveLength(3)
  expect(text).toMatch(/登录名：00778\n初始密码：/)
  expect(text).toMatch(/Login: 00778\nFirst password: /)
})
