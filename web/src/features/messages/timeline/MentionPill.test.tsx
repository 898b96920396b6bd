import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { conversation, message } from '@/log/testing/examples'
import { PaneContext } from '../pane/pane-context'
import { MentionPill } from './MentionPill'

beforeEach(() => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  vi.useFakeTimers()
})

afterEach(() => vi.useRealTimers())

test('it leads from one mention to the next, and goes with what is read', () => {
  const messages = [
    message({ id: '10', seq: 6 }),
    message({ id: '11', seq: 7, mentions: ['1'] }),
    message({ id: '12', seq: 8 }),
    message({ id: '13', seq: 9, mentions_all: true }),
  ]
  const gone: string[] = []
  const pill = (read_seq: number) => (
    <I18nProvider i18n={i18n}>
      <PaneContext value={{ me: '1' } as never}>
        <MentionPill
          conversation={conversation({ read_seq, last_seq: 9, mention_seq: 9 })}
          messages={messages}
          jumpTo={id => gone.push(id)}
        />
      </PaneContext>
    </I18nProvider>
  )
  const { rerender } = render(pill(5))
  expect(screen.queryByRole('button')).toBeNull()
  act(() => void vi.advanceTimersByTime(2_000))
  fireEvent.click(screen.getByRole('button', { name: '2 mentions of you' }))
  fireEvent.click(screen.getByRole('button', { name: '1 mention of you' }))
  expect(gone).toEqual(['11', '13'])
  expect(screen.queryByRole('button')).toBeNull()
  rerender(pill(9))
  expect(screen.queryByRole('button')).toBeNull()
})
