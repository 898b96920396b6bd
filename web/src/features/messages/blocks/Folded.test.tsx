import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { Content } from '@/core/api'
import { Folded } from './Folded'
import { isLong, linesOf } from './long'

beforeEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

const paragraph = (text: string): Content => ({ blocks: [{ type: 'paragraph', spans: [{ type: 'text', text }] }] })
const minutes = paragraph(Array.from({ length: 60 }, (_, line) => `${line + 1}. agreed`).join('\n'))

test('lines are told by breaks and by what a bubble holds; code is scrolled in its frame', () => {
  expect(linesOf(minutes)).toBe(60)
  expect(linesOf(paragraph('字'.repeat(1_000)))).toBe(23)
  expect(linesOf(paragraph('word '.repeat(200)))).toBe(12)
  expect(isLong({ blocks: [{ type: 'code', language: '', text: 'x\n'.repeat(400) }] })).toBe(false)
  expect(isLong(paragraph('字'.repeat(9_900)))).toBe(true)
})

test('sixty lines are folded, unfolded by a press, and stay so when they come into sight again', async () => {
  const user = userEvent.setup()
  const row = () =>
    render(
      <I18nProvider i18n={i18n}>
        <Folded name="10" content={minutes} />
      </I18nProvider>,
    )
  const { unmount, container } = row()
  await user.click(screen.getByRole('button', { name: 'Show all (60 lines)', expanded: false }))
  expect(screen.getByRole('button', { name: 'Show less', expanded: true })).toBeTruthy()
  expect(container.querySelector('.folded')).toBeNull()
  unmount()
  row()
  await user.click(screen.getByRole('button', { name: 'Show less' }))
  expect(screen.getByRole('button', { name: 'Show all (60 lines)' })).toBeTruthy()
})

test('a short message has nothing to press', () => {
  render(
    <I18nProvider i18n={i18n}>
      <Folded name="11" content={paragraph('好')} />
    </I18nProvider>,
  )
  expect(screen.queryByRole('button')).toBeNull()
})
