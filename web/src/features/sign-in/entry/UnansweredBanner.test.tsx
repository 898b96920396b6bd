import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { offlineCode, Problem } from '@/core/api'
import { UnansweredBanner } from './UnansweredBanner'

beforeEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

function show(failure: unknown, role: 'alert' | 'status'): string {
  render(
    <I18nProvider i18n={i18n}>
      <UnansweredBanner failure={failure} />
    </I18nProvider>,
  )
  return screen.getByRole(role).textContent ?? ''
}

test('a server that refuses the address is told apart from one that is away', () => {
  expect(show(new Problem({ status: 421, code: 'app.unknown_host' }), 'alert')).toMatch(/add it to http\.origins/)
})

test('a server that is away', () => {
  expect(show(new Problem({ code: offlineCode }), 'status')).toMatch(/cannot be reached/)
})
