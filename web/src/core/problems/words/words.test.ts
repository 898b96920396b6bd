import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { words } from '.'

const src = resolve(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(join(src, file), 'utf8')

/** The codes that the server may answer with. */
const codes = read('core/api/generated.ts')
  .split('export interface ErrorDetails {')[1]
  ?.split('\n}')[0]
  ?.matchAll(/^ {2}'([a-z_.]+)':/gm)

test('every code that a person can meet has words: here, or with the feature that is answered with it', () => {
  const all = [...(codes ?? [])].map(([, code]) => code ?? '')
  expect(all.length).toBeGreaterThan(80)
  const features = globSync('features/**/*.{ts,tsx}', { cwd: src }).map(read).join('\n')
  const without = all.filter(code => !(code in words) && !features.includes(`'${code}': msg`))
  expect(without).toEqual([])
})
