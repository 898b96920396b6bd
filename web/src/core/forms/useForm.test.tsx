import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test, vi } from 'vitest'
import { Problem } from '@/core/api'
import { useForm } from './useForm'

i18n.loadAndActivate({ locale: 'en', messages: {} })
const wrapper = ({ children }: { children: ReactNode }) => <I18nProvider i18n={i18n}>{children}</I18nProvider>

const initial = { name: '', login: '' }
const check = (values: typeof initial) => (values.name ? {} : { name: 'missing' })

test('what is checked here is not sent', async () => {
  const send = vi.fn()
  const { result } = renderHook(() => useForm({ initial, check, send }), { wrapper })
  await act(() => result.current.submit())
  expect(result.current.errors.name).toBe('missing')
  expect(send).not.toHaveBeenCalled()
  act(() => result.current.set('name', 'Ann'))
  expect(result.current.errors.name).toBeUndefined()
  await act(() => result.current.submit())
  expect(send).toHaveBeenCalledOnce()
})

test('fields the server refuses are worded at the field; other problems stand above the form', async () => {
  const send = vi
    .fn()
    .mockRejectedValueOnce(
      new Problem({
        status: 422,
        code: 'core.invalid',
        details: { reasons: { login: { code: 'too_long', most: 64 } } },
      }),
    )
    .mockRejectedValueOnce(new Problem({ status: 403, code: 'core.forbidden' }))
  const { result } = renderHook(() => useForm({ initial: { name: 'Ann', login: 'a' }, check, send }), { wrapper })
  await act(() => result.current.submit())
  expect(result.current.errors).toEqual({ login: 'At most 64 characters.' })
  expect(result.current.problem).toBeNull()
  await act(() => result.current.submit())
  expect(result.current.problem).toMatchObject({ code: 'core.forbidden' })
})

test('the same values are sent again with the same key after no answer, with another after a refusal', async () => {
  const keys: string[] = []
  const answers = [new Problem({ status: 0 }), new Problem({ status: 409 }), null, null]
  const send = async (_: object, key: string) => {
    keys.push(key)
    const answer = answers[keys.length - 1]
    if (answer) throw answer
  }
  const { result } = renderHook(() => useForm({ initial: { name: 'Ann', login: 'a' }, check, send }), { wrapper })
  for (let i = 0; i < 4; i += 1) await act(() => result.current.submit())
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[1])
  expect(keys[3]).not.toBe(keys[2])
})
