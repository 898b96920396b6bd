import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { createRef } from 'react'
import { beforeAll, expect, test } from 'vitest'
import type { Content } from '@/core/api'
import { Editor } from './Editor'
import type { EditorHandle } from './editor/handle'
import { fromPlainText } from './plain-text'

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

test('what is written before the rich editor has come is in it, and not while a word is being composed', async () => {
  const ref = createRef<EditorHandle>()
  let written: Content = { blocks: [] }
  render(
    <I18nProvider i18n={i18n}>
      <Editor
        ref={ref}
        initial={{ blocks: [] }}
        current={() => written}
        autoFocus={false}
        placeholder=""
        label="Message Ops"
        sendKey="enter"
        candidates={{ person: () => [], emoji: () => [] }}
        onChange={content => {
          written = content
        }}
        onIntention={() => true}
        onFormats={() => undefined}
      />
    </I18nProvider>,
  )
  const plain = screen.getByRole('textbox') as HTMLTextAreaElement
  expect(plain.tagName).toBe('TEXTAREA')
  plain.focus()
  fireEvent.compositionStart(plain)
  fireEvent.input(plain, { target: { value: '早来的字' } })
  await import('./editor/RichEditor')
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(screen.getByRole('textbox')).toBe(plain)

  fireEvent.compositionEnd(plain)
  await waitFor(() => expect(screen.getByRole('textbox').tagName).toBe('DIV'))
  expect(ref.current?.content()).toEqual(fromPlainText('早来的字'))
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox')))
})
