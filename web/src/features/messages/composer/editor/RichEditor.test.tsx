import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { createRef } from 'react'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Content } from '@/core/api'
import { fromPlainText } from '../plain-text'
import type { EditorHandle, EditorProps } from './handle'
import { PlainEditor } from './PlainEditor'
import { RichEditor } from './RichEditor'

beforeAll(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

const editors = [
  ['rich', RichEditor],
  ['plain', PlainEditor],
] as const

test.each(editors)('the %s editor begins with what was written and tells what is', (_, Editor) => {
  const { ref, onChange } = open(Editor, { initial: fromPlainText('draft\nof two lines') })
  expect(ref.current?.content().blocks).toHaveLength(2)
  act(() => ref.current?.replace(fromPlainText('new')))
  expect(onChange).toHaveBeenLastCalledWith(fromPlainText('new'))
  act(() => ref.current?.replace({ blocks: [] }))
  expect(ref.current?.content()).toEqual({ blocks: [] })
})

test('code written before the rich editor has come is code in it', () => {
  const code = fromPlainText('前\n```go\na *b\n```')
  const { onChange } = open(PlainEditor, { initial: code })
  const box = screen.getByRole('textbox') as HTMLTextAreaElement
  fireEvent.input(box, { target: { value: `${box.value}\n后` } })
  expect(onChange.mock.lastCall?.[0].blocks.slice(0, 2)).toEqual(code.blocks)
})

test.each(editors)('Enter in the %s editor sends, while composing it does not', (_, Editor) => {
  const { onIntention } = open(Editor, { initial: fromPlainText('hello') })
  const box = screen.getByRole('textbox', { name: 'Message Ops' })
  fireEvent.keyDown(box, { key: 'Enter', isComposing: true })
  fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 })
  expect(onIntention).not.toHaveBeenCalled()
  expect(fireEvent.keyDown(box, { key: 'Enter' })).toBe(false)
  expect(onIntention).toHaveBeenCalledExactlyOnceWith('send')
})

test('Shift+Enter begins a line in the rich editor', () => {
  const { ref, onIntention } = open(RichEditor, {})
  act(() => ref.current?.replace(fromPlainText('one')))
  fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter', shiftKey: true })
  act(() => ref.current?.insertText('two'))
  expect(onIntention).not.toHaveBeenCalled()
  expect(ref.current?.content().blocks).toHaveLength(2)
})

test('the placeholder is there only while nothing is written', () => {
  const { ref } = open(RichEditor, {})
  expect(screen.getByText('Say something')).toBeTruthy()
  act(() => ref.current?.insertText('a'))
  expect(screen.queryByText('Say something')).toBeNull()
})

function open(Editor: (props: EditorProps) => React.ReactNode, some: Partial<EditorProps>) {
  const ref = createRef<EditorHandle>()
  const onChange = vi.fn<(content: Content) => void>()
  const onIntention = vi.fn(() => true)
  render(
    <I18nProvider i18n={i18n}>
      <Editor
        ref={ref}
        initial={{ blocks: [] }}
        autoFocus={false}
        placeholder="Say something"
        label="Message Ops"
        sendKey="enter"
        candidates={{ person: () => [], emoji: () => [] }}
        onChange={onChange}
        onIntention={onIntention}
        onFormats={() => undefined}
        {...some}
      />
    </I18nProvider>,
  )
  return { ref, onChange, onIntention }
}
