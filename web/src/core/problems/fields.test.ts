import { expect, test } from 'vitest'
import { Problem } from '@/core/api'
import { fieldReasons } from './fields'

test('each field has its reason as a code with parameters', () => {
  const details = { reasons: { login: { code: 'too_long', most: 64 } }, fields: { login: 'at most 64 characters' } }
  expect(fieldReasons(new Problem({ code: 'core.invalid', details }))).toEqual({
    login: { code: 'too_long', most: 64 },
  })
})

test('what a site of an earlier release says in English only is shown as it is', () => {
  const details = { fields: { login: 'at most 64 characters' } }
  const problem = 'at most 64 characters'
  const reasons = fieldReasons(new Problem({ code: 'core.invalid', details }))
  expect(reasons).toEqual({ login: { code: 'not_as_described', problem } })
})
