import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const web = resolve(import.meta.dirname, '..')
const { dependencies } = JSON.parse(readFileSync(resolve(web, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}
const sources = readdirSync(resolve(web, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => /\.tsx?$/.test(file))
  .map(file => readFileSync(resolve(web, 'src', file), 'utf8'))
  .join('\n')

test.each(Object.keys(dependencies))('%s is used', name => {
  expect(sources).toMatch(new RegExp(`(from|import\\()\\s*'${name}(/|')`))
})

test.each(Object.entries(dependencies))('%s is pinned: %s', (_, version) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
})
