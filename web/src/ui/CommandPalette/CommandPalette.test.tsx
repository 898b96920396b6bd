import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { CommandPalette, PaletteList } from '@/ui'

const people = ['陈思远', 'Marcus Tan', 'Ravi Kumar']

interface ListState {
  /** The list is there. */
  loaded: boolean
  /** The text it is for; what stands in the box unless said otherwise. */
  answers?: string
  settled: boolean
}

interface BoxProps {
  list: ListState
  onChoose: (id: string, beside: boolean) => void
}

function Box({ list, onChoose }: BoxProps) {
  const [query, setQuery] = useState('')
  const { loaded, settled, answers = query } = list
  const found = people.filter(name => name.toLowerCase().includes(answers))
  return (
    <CommandPalette onClose={() => {}} label="Switcher" placeholder="Search" query={query} onQueryChange={setQuery}>
      {palette =>
        loaded && (
          <PaletteList
            palette={palette}
            groups={[{ id: 'people', title: 'People', items: found.map(name => ({ id: name, content: name })) }]}
            answers={answers}
            settled={settled}
            onChoose={(item, beside) => onChoose(item.id, beside)}
            empty="Nothing"
          />
        )
      }
    </CommandPalette>
  )
}

function open(list: ListState) {
  const onChoose = vi.fn()
  const { rerender } = render(<Box list={list} onChoose={onChoose} />)
  const input = screen.getByRole<HTMLInputElement>('combobox')
  const show = (next: ListState) => rerender(<Box list={next} onChoose={onChoose} />)
  const write = (value: string) => fireEvent.change(input, { target: { value } })
  const press = (key: string, more = {}) => fireEvent.keyDown(input, { key, ...more })
  return { input, onChoose, show, write, press }
}

test('the box is there and has the focus before anything else is', () => {
  const { input } = open({ loaded: false, settled: false })
  expect(document.activeElement).toBe(input)
})

test('arrows move and go round; Enter chooses', () => {
  const { input, onChoose, press } = open({ loaded: true, settled: true })
  const active = () => document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent
  expect(active()).toBe('陈思远')
  press('ArrowDown')
  expect(active()).toBe('Marcus Tan')
  press('Enter', { ctrlKey: true })
  expect(onChoose).toHaveBeenLastCalledWith('Marcus Tan', true)
  press('ArrowUp')
  press('ArrowUp')
  expect(active()).toBe('Ravi Kumar')
})

test('keys wait for the list that is still fetched', () => {
  const { onChoose, show, write, press } = open({ loaded: false, settled: false })
  write('a')
  press('ArrowDown')
  press('Enter')
  expect(onChoose).not.toHaveBeenCalled()
  show({ loaded: true, settled: true })
  expect(onChoose.mock.calls).toEqual([['Ravi Kumar', false]])
})

test('Enter waits for the list of the text that stands there, never taking that of an older one', () => {
  const { onChoose, show, write, press } = open({ loaded: true, settled: true, answers: '' })
  write('ravi')
  press('Enter')
  expect(onChoose).not.toHaveBeenCalled()
  show({ loaded: true, settled: false, answers: 'ravi' })
  expect(onChoose).not.toHaveBeenCalled()
  show({ loaded: true, settled: true, answers: 'ravi' })
  expect(onChoose.mock.calls).toEqual([['Ravi Kumar', false]])
})

test('who writes on after Enter is not taken at the word', () => {
  const { onChoose, show, write, press } = open({ loaded: true, settled: false })
  write('tan')
  press('Enter')
  write('tang')
  show({ loaded: true, settled: true })
  expect(onChoose).not.toHaveBeenCalled()
})

test.each([{ isComposing: true }, { keyCode: 229 }])('leaves Enter to an input method: %o', sign => {
  const { input, onChoose, press } = open({ loaded: true, settled: true })
  fireEvent.compositionStart(input)
  fireEvent.compositionEnd(input)
  press('Enter', sign)
  expect(onChoose).not.toHaveBeenCalled()
})
