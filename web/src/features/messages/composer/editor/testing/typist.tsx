import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { Editor } from '@tiptap/core'
import { createRef } from 'react'
import type { Content } from '@/core/api'
import { contentText, isFile } from '../../../blocks/text'
import type { EditorHandle } from '../handle'
import { RichEditor } from '../RichEditor'

/** Somebody who writes in the real editor, key by key. */
export class Typist {
  readonly box: HTMLElement
  readonly editor: Editor
  /** What they wanted beyond writing: "send". */
  readonly wanted: string[] = []
  private readonly handle = createRef<EditorHandle>()

  constructor(initial: Content = { blocks: [] }) {
    cleanup()
    i18n.loadAndActivate({ locale: 'en', messages: {} })
    render(
      <I18nProvider i18n={i18n}>
        <RichEditor
          ref={this.handle}
          initial={initial}
          autoFocus={false}
          placeholder=""
          label="Message"
          sendKey="enter"
          candidates={{ person: () => [], emoji: () => [] }}
          onChange={() => undefined}
          onIntention={intention => this.wanted.push(intention) > 0}
          onFormats={() => undefined}
        />
      </I18nProvider>,
    )
    this.box = screen.getByRole('textbox')
    this.editor = (this.box as unknown as { editor: Editor }).editor
    act(() => void this.editor.commands.focus('end'))
  }

  /** Types characters; a line break is Shift+Enter. */
  type(text: string): this {
    for (const char of text)
      if (char === '\n') this.press('Enter', { shiftKey: true })
      else this.insert(char)
    return this
  }

  /** Text that comes at once, as from an input method, a dictation or a panel of emoji. */
  insert(text: string): this {
    const { view } = this.editor
    act(() => {
      const { from, to } = view.state.selection
      const plain = () => view.state.tr.insertText(text, from, to)
      if (!view.someProp('handleTextInput', handle => handle(view, from, to, text, plain))) view.dispatch(plain())
    })
    return this
  }

  press(key: string, more: KeyboardEventInit = {}): this {
    fireEvent.keyDown(this.box, { key, code: key, ...more })
    return this
  }

  undo(): this {
    return this.press('z', { ctrlKey: true, keyCode: 90 })
  }

  paste(data: Record<string, string>, files: File[] = []): this {
    fireEvent.paste(this.box, { clipboardData: transferOf(data, files) })
    return this
  }

  /** What Ctrl+C puts on the clipboard. */
  copy(): Record<string, string> {
    const data: Record<string, string> = {}
    fireEvent.copy(this.box, { clipboardData: transferOf(data) })
    return data
  }

  select(from: number, to: number): this {
    act(() => void this.editor.commands.setTextSelection({ from, to }))
    return this
  }

  selectAll(): this {
    act(() => void this.editor.commands.selectAll())
    return this
  }

  get content(): Content {
    return this.handle.current?.content() ?? { blocks: [] }
  }

  get text(): string {
    return contentText(this.content, { everyone: 'all' })
  }

  /** Which formats and kinds of blocks there are. */
  get formats(): string[] {
    const found = this.content.blocks.flatMap(block => {
      if (block.type === 'code') return ['code block']
      if (isFile(block)) return [block.type]
      const spans = block.type === 'list' ? block.items.flat() : block.spans
      const kind = block.type === 'paragraph' ? [] : [block.type]
      return [...kind, ...spans.flatMap(span => ('marks' in span ? (span.marks ?? []) : []))]
    })
    return [...new Set(found)]
  }
}

function transferOf(data: Record<string, string>, files: File[] = []) {
  return {
    files,
    items: [],
    types: Object.keys(data),
    getData: (type: string) => data[type] ?? '',
    setData: (type: string, value: string) => {
      data[type] = value
    },
    clearData: () => undefined,
  }
}
