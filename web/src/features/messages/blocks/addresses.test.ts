import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Span } from '@/core/api'
import { addressesIn, isAddress, otherPlace } from './addresses'
import { isLinkTarget, linkTarget } from './link-target'
import { linked } from './linked'

/** What the server is held to as well. */
function vectors(name: string): Record<string, string[]> {
  return JSON.parse(readFileSync(resolve(import.meta.dirname, `../../../../../tests/vectors/${name}.json`), 'utf8'))
}

test('where a link may lead is decided as on the server', () => {
  const { taken = [], refused = [] } = vectors('links')
  expect(taken.filter(href => !isLinkTarget(href))).toEqual([])
  expect(refused.filter(isLinkTarget)).toEqual([])
  expect(taken.length * refused.length).toBeGreaterThan(100)
})

test.each([
  ['https://bank.cn', 'https://evil.cn/bank.cn', 'evil.cn'],
  ['登录 www.bank.cn', 'https://bank.cn.evil.cn', 'bank.cn.evil.cn'],
  ['hr@bank.cn', 'mailto:hr@evil.cn?subject=x', 'hr@evil.cn'],
  ['hr@bank.cn', 'https://bank.cn', 'bank.cn'],
  ['https://bank.cn/a', 'https://www.bank.cn/b', null],
  ['网上银行', 'https://evil.cn', null],
  ['bank.cn', 'https://bank.cn', null],
])('what %s hides of %s is told: %s', (text, href, place) => {
  expect(otherPlace(text, href)).toBe(place)
})

describe('an address in a text', () => {
  test.each([
    ['https://zh.wikipedia.org/wiki/Foo_(bar) 看', 'https://zh.wikipedia.org/wiki/Foo_(bar)'],
    ['（https://example.cn/a(b)）', 'https://example.cn/a(b)'],
    ['(https://example.cn/a)', 'https://example.cn/a'],
    ['[x](https://example.cn/a)', 'https://example.cn/a'],
    ['https://example.cn/a[1]{2}', 'https://example.cn/a[1]{2}'],
    ['「https://example.com/a」', 'https://example.com/a'],
    ['“https://example.com/a”', 'https://example.com/a'],
    ['‘https://example.com/a’', 'https://example.com/a'],
    ['"https://example.com/a", \'x\'', 'https://example.com/a'],
    ["'https://example.com/a'", 'https://example.com/a'],
    ['《https://example.com/a》', 'https://example.com/a'],
    ['【https://example.com/a】', 'https://example.com/a'],
    ['https://example.com/a。然后', 'https://example.com/a'],
    ['https://example.com/a，b', 'https://example.com/a'],
    ['https://example.com/a；b：c！d？e、f', 'https://example.com/a'],
    ['https://example.com/a…', 'https://example.com/a'],
    ['https://example.com/a——对', 'https://example.com/a'],
    ['https://example.com/a.', 'https://example.com/a'],
    ['https://example.com/a?!', 'https://example.com/a'],
    ['https://example.com/a?b=c,d;e.', 'https://example.com/a?b=c,d;e'],
    ['https://example.com/a...', 'https://example.com/a'],
    ['**重要 https://example.cn/a**', 'https://example.cn/a'],
    ['`https://example.cn/a`', 'https://example.cn/a'],
    ['<https://example.cn/a>', 'https://example.cn/a'],
    ['|https://example.cn/a|b', 'https://example.cn/a'],
    ['https://example.cn/a👍', 'https://example.cn/a'],
    ['见https://example.cn/a', 'https://example.cn/a'],
    ['https://example.cn看这里', 'https://example.cn'],
    ['https://example.cn/a看这里', 'https://example.cn/a'],
    ['https://zh.wikipedia.org/wiki/中文_(消歧义)', 'https://zh.wikipedia.org/wiki/中文_(消歧义)'],
    ['https://例子.测试/路径?词=值#段', 'https://例子.测试/路径?词=值#段'],
    ['https://例子.cn/a', 'https://例子.cn/a'],
    ['HTTPS://EXAMPLE.CN/A', 'HTTPS://EXAMPLE.CN/A'],
    ['http://localhost:8300/x', 'http://localhost:8300/x'],
    ['http://192.168.0.1:8080', 'http://192.168.0.1:8080'],
    ['http://[2001:db8::1]:8300/a', 'http://[2001:db8::1]:8300/a'],
    ['http://intranet/wiki', 'http://intranet/wiki'],
    ['https://evil.cn\\@good.cn', 'https://evil.cn'],
    ['https://example.cn:8443?a=b', 'https://example.cn:8443?a=b'],
    ['https://example.cn:端口', 'https://example.cn'],
    ['https://example.cn#top', 'https://example.cn#top'],
    ['https://my_host.example.cn/', 'https://my_host.example.cn/'],
    ['mailto:a@b.cn?subject=年度&body=x 看', 'mailto:a@b.cn?subject=年度&body=x'],
    [`https://sso.example/?x=${'y'.repeat(3000)}`, `https://sso.example/?x=${'y'.repeat(3000)}`],
  ])('%s', (text, address) => {
    const [found, ...others] = addressesIn(text)
    expect(found && text.slice(found.from, found.to)).toBe(address)
    expect(found?.href).toBe(address)
    expect(others).toEqual([])
  })

  test.each([
    ['www.example.cn', 'https://www.example.cn'],
    ['看WWW.Example.cn/a。', 'https://WWW.Example.cn/a'],
    ['www.例子.中国', 'https://www.例子.中国'],
    ['www.example.cn:8443', 'https://www.example.cn:8443'],
    ['www.example.cn:8080/a?b#c', 'https://www.example.cn:8080/a?b#c'],
    ['请联系zhang.san@example.com.cn谢谢', 'mailto:zhang.san@example.com.cn'],
    ['邮箱:a+b@example.cn,', 'mailto:a+b@example.cn'],
    ['<a_b@xn--fiqs8s.xn--fiqs8s>', 'mailto:a_b@xn--fiqs8s.xn--fiqs8s'],
  ])('%s leads to %s', (text, href) => {
    expect(addressesIn(text).map(address => address.href)).toEqual([href])
  })

  test.each([
    '网址以 https://... 开头',
    'https://',
    'https:// x',
    'https://。',
    'https://-',
    'http://.example',
    'xhttps://example.cn',
    'www.',
    'www.x',
    'awww.example.cn',
    'ftp://example.cn javascript:alert(1) file:///etc',
    'image@2x.png',
    'git@github.com:org/repo.git',
    'lodash@4.17.21',
    '@张三 a@b 5@3.14',
    'mailto:x',
    'http://user:pw@host.cn/x',
    'https://good.cn@evil.cn/x',
    'https://good.cn:80@evil.cn',
    'http://[::1',
    'example.cn',
  ])('none in %s', text => {
    expect(addressesIn(text)).toEqual([])
  })

  test('several in one text', () => {
    const text = '见 https://a.example/x?y=1。好, http://b.example). www.c.example,d@e.example'
    expect(addressesIn(text).map(({ from, to }) => text.slice(from, to))).toEqual([
      'https://a.example/x?y=1',
      'http://b.example',
      'www.c.example',
      'd@e.example',
    ])
  })

  test('of a text as long as one may be, without spaces, no part is looked at again and again', () => {
    for (const part of ['a.', 'a@', '(', 'https://a', 'www.a', 'a.b@c.d-', 'https://a.cn/((', '[{('])
      expect(addressesIn(part.repeat(20_000 / part.length)).length).toBeLessThan(20_000)
  })
})

test('under marks addresses are links, also where the marks change; code is never linked', () => {
  const spans: Span[] = [
    { type: 'text', text: '重要 https://exam', marks: ['bold'] },
    { type: 'text', text: 'ple.cn/a 看' },
    { type: 'text', text: 'https://example.cn', marks: ['code'] },
    { type: 'link', text: '', href: 'https://b.cn' },
  ]
  expect(linked(spans)).toEqual([
    { type: 'text', text: '重要 ', marks: ['bold'] },
    { type: 'link', text: 'https://exam', href: 'https://example.cn/a', marks: ['bold'] },
    { type: 'link', text: 'ple.cn/a', href: 'https://example.cn/a' },
    { type: 'text', text: ' 看' },
    { type: 'text', text: 'https://example.cn', marks: ['code'] },
    { type: 'link', text: '', href: 'https://b.cn' },
  ])
})

test('an address needs no link besides', () => {
  expect(isAddress('https://example.cn', 'https://example.cn/')).toBe(true)
  expect(isAddress('www.example.cn/a', 'https://www.example.cn/a')).toBe(true)
  expect(isAddress('https://example.cn', 'https://evil.example')).toBe(false)
  expect(isAddress('看 https://example.cn', 'https://example.cn')).toBe(false)
})

test('what can be encoded in an address is', () => {
  expect(linkTarget(' https://a.cn/a b\u00a0c ')).toBe('https://a.cn/a%20b%C2%A0c')
  expect(linkTarget('mailto:a@b.cn?subject=年度 计划')).toBe('mailto:a@b.cn?subject=年度%20计划')
  expect(linkTarget('https://...')).toBe('https://...')
  expect(linkTarget('https://')).toBeNull()
  expect(linkTarget(`https://x/${'y'.repeat(2048)}`)).toBeNull()
  expect(linkTarget('javascript:alert(1)')).toBeNull()
})
