import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Problem } from '@/core/api'
import { resetSites, showSites } from '@/core/sites'
import { useProblemText } from './useProblemText'

beforeEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))
afterEach(resetSites)

const refusal = (site: number) => new Problem({ status: 503, code: 'sites.unreachable', details: { site } })

function textOf(problem: unknown): string {
  return renderHook(() => useProblemText(), { wrapper: I18n }).result.current(problem)
}

function I18n({ children }: { children: React.ReactNode }) {
  return <I18nProvider i18n={i18n}>{children}</I18nProvider>
}

test('a change that needs another site says which', () => {
  const line = { name: 'Shanghai', reachable: false, since_ms: 1, delivered: null }
  showSites({ t: 'sites', here: 1, sites: [{ site: 2, ...line }] })
  expect(textOf(refusal(2))).toMatch(/with a connection to Shanghai\./)
  expect(textOf(refusal(1))).toMatch(/with a connection to headquarters\./)
  expect(textOf(refusal(9))).toMatch(/with a connection to #9\./)
})

test('what nobody has words for is shown as the server says it', () => {
  expect(textOf(new Problem({ code: 'new.thing', title: 'So it is' }))).toBe('So it is')
  expect(textOf(new Error('x'))).toBe('Something went wrong. Try again.')
})
