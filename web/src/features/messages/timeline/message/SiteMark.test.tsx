import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Message } from '@/core/api'
import { resetSites, showSites } from '@/core/sites'
import { PaneContext } from '../../pane/pane-context'
import { SiteMark } from './SiteMark'

vi.mock('@/log', async original => ({
  ...(await original<object>()),
  useConversation: () => ({ sites: [2, 3] }),
}))

const message = { id: String((100_000_000n << 22n) + (1n << 12n)) } as Message
const before = String((99_000_000n << 22n) + (1n << 12n))
const words = /^Not delivered to/

beforeEach(() => {
  vi.useFakeTimers()
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  render(
    <I18nProvider i18n={i18n}>
      <PaneContext value={{ conversation: '5' } as never}>
        <SiteMark message={message} />
      </PaneContext>
    </I18nProvider>,
  )
})

afterEach(() => {
  vi.useRealTimers()
  act(resetSites)
})

function lines(reachable: boolean, shanghai: string, shenzhen: string) {
  const line = { reachable, since_ms: reachable ? null : 1 }
  const sites = [
    { site: 2, name: 'Shanghai', delivered: shanghai, ...line },
    { site: 3, name: 'Shenzhen', delivered: shenzhen, ...line },
  ]
  act(() => showSites({ t: 'sites', here: 1, sites }))
}

test('is there while a site is cut off, and gone when the message is there', () => {
  lines(false, before, before)
  expect(screen.getByLabelText('Not delivered to Shanghai and Shenzhen yet')).toBeTruthy()
  lines(false, message.id, before)
  const mark = screen.getByLabelText('Not delivered to Shenzhen yet')
  expect(mark.dataset.hint).toBe('Not delivered to Shenzhen yet')
  lines(true, message.id, message.id)
  expect(screen.queryByLabelText(words)).toBeNull()
})

test('on a line that works it comes only when that takes long', () => {
  lines(true, before, message.id)
  act(() => vi.advanceTimersByTime(2_900))
  expect(screen.queryByLabelText(words)).toBeNull()
  act(() => vi.advanceTimersByTime(200))
  expect(screen.getByLabelText('Not delivered to Shanghai yet')).toBeTruthy()
})
